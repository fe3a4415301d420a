package dev.aurochs.rocksdb;

import static dev.aurochs.rocksdb.Jobs.MAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.PlaceScan;
import dev.aurochs.engine.store.Rows;
import dev.aurochs.queue.job.JobState;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rocksdb.PerfLevel;

/** What has gone from the front is never met again: counted in rows seen and tombstones skipped, not in time. */
@Tag("once")
class HeadCostTest {
    private static final int GONE = 1_000_000;
    private static final int STEP = 20_000;

    @TempDir
    Path folder;

    private RocksDbStore store;

    @BeforeEach
    void open() {
        store = RocksDbStore.open(new RocksDbSettings(folder, Durability.OS));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void step(Consumer<Rows> step) {
        store.write(rows -> {
            step.accept(rows);
            return true;
        });
    }

    @Test
    void a_claim_costs_the_same_after_a_million_claims() {
        for (int from = 0; from < GONE; from += STEP) add(JobState.WAITING, 0, from, STEP);
        add(JobState.WAITING, 0, GONE, 10_000);
        long rows = store.database().scanned();
        for (int taken = 0; taken < GONE; taken += STEP) take(JobState.WAITING, STEP);
        assertThat(store.database().scanned() - rows)
                .as("each place is looked up about once")
                .isLessThan(GONE + GONE / 100);
        assertThat(tombstonesSkippedBy(() -> take(JobState.WAITING, 2_000))).isZero();
        store.close();
        open();
        assertThat(tombstonesSkippedBy(() -> take(JobState.WAITING, 2_000)))
                .as("nor after reopening")
                .isZero();
        assertThat(tombstonesSkippedBy(() ->
                        step(scan -> assertThat(scan.places(PlaceScan.from(MAIL, JobState.WAITING, null, 100)))
                                .hasSize(100))))
                .as("nor by a list")
                .isZero();
    }

    @Test
    void an_urgent_job_in_between_does_not_bring_back_what_has_gone() {
        for (int from = 0; from < 100_000; from += STEP) add(JobState.WAITING, 5, from, STEP);
        take(JobState.WAITING, 50_000);
        long skipped = tombstonesSkippedBy(() -> {
            for (int i = 0; i < 2_000; i++) {
                add(JobState.WAITING, 0, 200_000 + i, 1);
                take(JobState.WAITING, 2);
            }
        });
        assertThat(skipped).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = JobState.class,
            names = {"DELAYED", "ACTIVE", "COMPLETED", "FAILED"})
    void other_states_lose_their_front_as_cheaply(JobState state) {
        for (int from = 0; from < 100_000; from += STEP) {
            add(state, from / STEP, from, STEP);
            take(state, STEP - 1_000);
        }
        assertThat(tombstonesSkippedBy(() -> take(state, 4_000))).isZero();
    }

    @Test
    void sweeping_page_by_page_from_the_beginning_meets_each_place_once() {
        for (int from = 0; from < 100_000; from += STEP) add(JobState.COMPLETED, 1, from, STEP);
        long skipped = tombstonesSkippedBy(() -> {
            for (int page = 0; page < 50; page++)
                step(rows -> rows.places(PlaceScan.from(MAIL, JobState.COMPLETED, null, 2_000))
                        .forEach(rows::removePlace));
        });
        assertThat(skipped).isLessThan(100_000L);
        assertThat(store.<Long>read(rows -> rows.count(MAIL, JobState.COMPLETED)))
                .isZero();
    }

    private void add(JobState state, int rank, int from, int count) {
        step(rows -> {
            for (int i = from; i < from + count; i++) rows.putPlace(Place.of(Jobs.row("j" + i, state, rank, i)));
        });
    }

    private void take(JobState state, int count) {
        step(rows -> {
            for (int i = 0; i < count; i++) {
                Place first = rows.first(MAIL, state);
                if (first == null) throw new AssertionError("no place left after " + i);
                rows.removePlace(first);
            }
        });
    }

    /** Deleted keys that iterators of this thread had to step over. */
    private long tombstonesSkippedBy(Runnable work) {
        var rocks = store.database().rocks();
        rocks.setPerfLevel(PerfLevel.ENABLE_COUNT);
        var counters = rocks.getPerfContext();
        counters.reset();
        work.run();
        long skipped = counters.getInternalDeleteSkippedCount();
        rocks.setPerfLevel(PerfLevel.DISABLE);
        return skipped;
    }
}
