package dev.aurochs.rocksdb;

import static dev.aurochs.rocksdb.Jobs.MAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.PlaceScan;
import dev.aurochs.engine.store.RowReads;
import dev.aurochs.engine.store.Rows;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random walks over places: the store answers as one sorted set would, through failed steps and reopening. */
@Tag("once")
class ModelTest {
    private static final List<JobState> STATES = List.of(JobState.WAITING, JobState.DELAYED, JobState.COMPLETED);

    private static final class GaveUp extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    Path folder;

    private Random random = new Random();
    private NavigableSet<Place> model = new TreeSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void the_store_agrees_with_a_sorted_set(long seed) {
        random = new Random(seed);
        RocksDbStore store = open();
        for (int i = 0; i < 100; i++) {
            NavigableSet<Place> before = new TreeSet<>(model);
            try {
                RocksDbStore current = store;
                current.write(rows -> {
                    walk(rows);
                    if (random.nextInt(4) == 0) throw new GaveUp();
                    return true;
                });
            } catch (GaveUp expected) {
                model = before;
            }
            if (random.nextInt(20) == 0) {
                store.close();
                store = open();
            }
            store.read(rows -> {
                compare(rows);
                return true;
            });
        }
        store.close();
    }

    private RocksDbStore open() {
        return RocksDbStore.open(new RocksDbSettings(folder, Durability.OS));
    }

    private void walk(Rows rows) {
        for (int moves = random.nextInt(4); moves >= 0; moves--) {
            switch (random.nextInt(6)) {
                case 0 -> addMany(rows, random.nextInt(1_500));
                case 1 -> addMany(rows, 1 + random.nextInt(3));
                case 2 -> takeFromFront(rows, random.nextInt(1_200));
                case 3 -> takeFromFront(rows, 1);
                case 4 -> takeAnywhere(rows, random.nextInt(200));
                default -> compare(rows);
            }
        }
        compare(rows);
    }

    private void addMany(Rows rows, int count) {
        JobState state = STATES.get(random.nextInt(STATES.size()));
        for (int i = 0; i < count; i++) {
            long rank = random.nextInt(10) == 0 ? random.nextInt(4) : 1;
            long seq = random.nextInt(50) == 0 ? -random.nextInt(1_000_000) : random.nextInt(1_000_000);
            Place place = new Place(MAIL, state, "", rank, seq, JobId.of("j" + seq));
            if (model.add(place)) rows.putPlace(place);
        }
    }

    private void takeFromFront(Rows rows, int count) {
        JobState state = STATES.get(random.nextInt(STATES.size()));
        for (int i = 0; i < count; i++) {
            Place first = rows.first(MAIL, state);
            assertThat(first).isEqualTo(firstOf(state));
            if (first == null) return;
            rows.removePlace(first);
            model.remove(first);
        }
    }

    private void takeAnywhere(Rows rows, int count) {
        List<Place> places = new ArrayList<>(model);
        Collections.shuffle(places, random);
        for (Place place : places.subList(0, Math.min(count, places.size()))) {
            rows.removePlace(place);
            model.remove(place);
        }
    }

    private void compare(RowReads rows) {
        JobState state = STATES.get(random.nextInt(STATES.size()));
        if (rows instanceof Rows step) assertThat(step.first(MAIL, state)).isEqualTo(firstOf(state));
        assertThat(rows.count(MAIL, state)).isEqualTo(of(state).count());
        assertThat(rows.countPrioritized(MAIL))
                .isEqualTo(
                        of(JobState.WAITING).filter(place -> place.rank() > 0).count());
        boolean backwards = random.nextBoolean();
        Place after = random.nextBoolean() || model.isEmpty()
                ? null
                : of(state).skip(random.nextInt(model.size())).findFirst().orElse(null);
        PlaceScan scan = new PlaceScan(MAIL, state, backwards, after, random.nextInt(900), random.nextInt(900));
        NavigableSet<Place> ordered = backwards ? model.descendingSet() : model;
        List<Place> expected = ordered.stream()
                .filter(place -> place.state() == state)
                .filter(place -> after == null || (backwards ? place.compareTo(after) < 0 : place.compareTo(after) > 0))
                .skip(scan.skip())
                .limit(scan.max())
                .toList();
        assertThat(rows.places(scan)).isEqualTo(expected);
    }

    private @Nullable Place firstOf(JobState state) {
        return of(state).findFirst().orElse(null);
    }

    private Stream<Place> of(JobState state) {
        return model.stream().filter(place -> place.state() == state);
    }
}
