package dev.aurochs.rocksdb.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.engine.store.Place;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys compare as what they stand for, and the table in the docs shows them as they are. */
class KeyspaceTest {
    private final Randoms random = new Randoms(1);

    @Test
    void places_and_their_keys_have_the_same_order() {
        for (int i = 0; i < 20_000; i++) {
            Place one = random.place();
            Place other = i % 3 == 0 ? oneApart(one) : random.place();
            int bytes = Arrays.compareUnsigned(Keyspace.place(one), Keyspace.place(other));
            assertThat(Integer.signum(bytes))
                    .as("%s and %s", one, other)
                    .isEqualTo(Integer.signum(one.compareTo(other)));
            assertThat(Keyspace.place(Keyspace.place(one))).isEqualTo(one);
        }
    }

    private Place oneApart(Place place) {
        return new Place(place.queue(), place.state(), place.lane(), place.rank(), place.seq() ^ 1, place.id());
    }

    @Test
    void ids_beyond_the_basic_plane_are_ordered_by_their_bytes() {
        Place emoji = new Place(QueueName.of("a"), JobState.WAITING, "", 0, 0, JobId.of("😀"));
        Place last = new Place(QueueName.of("a"), JobState.WAITING, "", 0, 0, JobId.of("\uFFFD"));
        assertThat(Arrays.compareUnsigned(Keyspace.place(emoji), Keyspace.place(last)))
                .isPositive();
        assertThat(BandKey.INSIDE.compare(emoji, last)).isPositive();
    }

    @Test
    void the_places_of_a_band_lie_in_its_range_and_no_others() {
        List<Place> places = Stream.generate(random::place)
                .limit(3_000)
                .filter(place -> place.state() != JobState.WAITING || Math.abs(place.rank()) < Integer.MAX_VALUE)
                .toList();
        for (Place one : places.subList(0, 60)) {
            KeyRange range = Keyspace.places(BandKey.of(one));
            for (Place other : places)
                assertThat(range.contains(Keyspace.place(other)))
                        .isEqualTo(BandKey.of(other).equals(BandKey.of(one)));
        }
    }

    @Test
    void keys_are_read_back() {
        for (int i = 0; i < 500; i++) {
            BandKey band = BandKey.of(random.place());
            assertThat(Keyspace.band(Keyspace.band(band))).isEqualTo(band);
            JobRef child = random.job();
            assertThat(Keyspace.child(Keyspace.child(random.job(), child))).isEqualTo(child);
            SessionId session = new SessionId(random.text());
            assertThat(Keyspace.session(Keyspace.session(session))).isEqualTo(session);
            String schedule = random.text();
            assertThat(Keyspace.schedule(Keyspace.schedule(random.queue(), schedule)))
                    .isEqualTo(schedule);
            long seq = random.number();
            assertThat(Keyspace.eventSeq(Keyspace.events(random.queue(), seq))).isEqualTo(seq);
            QueueName queue = random.queue();
            String text = random.text();
            byte[] deduplication = Keyspace.deduplication(queue, text);
            assertThat(Keyspace.deduplicationQueue(deduplication)).isEqualTo(queue);
            assertThat(Keyspace.deduplicationId(deduplication)).isEqualTo(text);
            BodyKey body = new BodyKey(random.job(), random.small());
            assertThat(Keyspace.body(Keyspace.body(body))).isEqualTo(body);
            assertThat(Keyspace.job(Keyspace.body(body))).isEqualTo(body.job());
            byte[] key = Keyspace.state(random.job());
            assertThat(Keyspace.original(Keyspace.damaged(key))).isEqualTo(key);
        }
    }

    @Test
    void the_table_in_the_docs_is_the_keyspace() throws IOException {
        Map<String, String> shown = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/backends/rocksdb.md"))) {
            String[] cells = line.split("\\s*\\|\\s*");
            if (cells.length == 7 && cells[2].matches("[0-9a-f]{2}"))
                shown.put(cells[1].replace("`", ""), cells[2] + " " + cells[3] + " " + cells[6].replaceAll("[` ]", ""));
        }
        Map<String, String> real = new LinkedHashMap<>();
        examples().forEach((table, key) -> {
            assertThat(Table.of(key)).isEqualTo(table);
            String code = HexFormat.of().toHexDigits((byte) table.code());
            String hex = HexFormat.of().formatHex(key);
            real.put(
                    table.name().toLowerCase(Locale.ROOT),
                    code + " " + table.store().family() + " " + hex);
        });
        assertThat(shown).isEqualTo(real);
        assertThat(real).hasSameSizeAs(Table.values());
    }

    /** One key of each table: job {@code 7} of queue {@code q}. */
    private static Map<Table, byte[]> examples() {
        JobRef job = JobRef.of("q", "7");
        Place place = new Place(job.queue(), JobState.WAITING, "", 5, 1, job.id());
        Map<Table, byte[]> keys = new LinkedHashMap<>();
        keys.put(Table.META, Keyspace.meta("owner-epoch"));
        keys.put(Table.STATES, Keyspace.state(job));
        keys.put(Table.CHILDREN, Keyspace.child(job, JobRef.of("q", "8")));
        keys.put(Table.QUEUES, Keyspace.queue(job.queue()));
        keys.put(Table.SESSIONS, Keyspace.session(new SessionId("s")));
        keys.put(Table.BANDS, Keyspace.band(BandKey.of(place)));
        keys.put(Table.SCHEDULES, Keyspace.schedule(job.queue(), "daily"));
        keys.put(Table.DEDUPLICATIONS, Keyspace.deduplication(job.queue(), "d"));
        keys.put(Table.DAMAGED, Keyspace.damaged(Keyspace.state(job)));
        keys.put(Table.BODIES, Keyspace.body(new BodyKey(job, 5)));
        keys.put(Table.FAILURES, Keyspace.failures(job));
        keys.put(Table.LOG, Keyspace.log(job, 0));
        keys.put(Table.EVENTS, Keyspace.events(job.queue(), 1));
        keys.put(Table.PLACES, Keyspace.place(place));
        return keys;
    }
}
