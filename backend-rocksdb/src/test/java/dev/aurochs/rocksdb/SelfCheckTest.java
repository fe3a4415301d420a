package dev.aurochs.rocksdb;

import static dev.aurochs.rocksdb.Jobs.MAIL;
import static dev.aurochs.rocksdb.Jobs.NOW;
import static dev.aurochs.rocksdb.Jobs.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.engine.EngineBackend;
import dev.aurochs.engine.EngineProfile;
import dev.aurochs.engine.store.Family;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.BackendCorruptException;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.spi.Flaw;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.Traits.AckLevel;
import dev.aurochs.rocksdb.bytes.BandCodec;
import dev.aurochs.rocksdb.bytes.BandKey;
import dev.aurochs.rocksdb.bytes.BandRow;
import dev.aurochs.rocksdb.bytes.BodyKey;
import dev.aurochs.rocksdb.bytes.Keyspace;
import dev.aurochs.rocksdb.bytes.StateCodec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.FlushOptions;

/** The self-check names what does not fit, repairs what can be, and then finds nothing more. */
class SelfCheckTest {
    private static final BandKey WAITING = new BandKey(MAIL, JobState.WAITING, "", 0);

    @TempDir
    Path folder;

    private RocksDbStore store;
    private QueueBackend backend;

    @BeforeEach
    void open() {
        store = RocksDbStore.open(new RocksDbSettings(folder, Durability.ALWAYS));
        backend =
                new EngineBackend(store, new EngineProfile("rocksdb", "rocksdb:x", AckLevel.DISK, Set.of(), List.of()));
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private void reopen() {
        close();
        open();
    }

    private List<String> check(boolean repair) {
        List<String> said = new ArrayList<>();
        backend.selfCheck().orElseThrow().check(repair, NOW, flaw -> said.add(worded(flaw)));
        return said;
    }

    private static String worded(Flaw flaw) {
        String job = flaw.job().map(id -> ":" + id).orElse("");
        return flaw.cure() + " " + flaw.queue().map(Object::toString).orElse("") + job + " " + flaw.problem();
    }

    /** Changes what lies in the database, as a fault would, and opens it anew. */
    private void change(Consumer<Changes> fault) {
        Changes changes = new Changes();
        fault.accept(changes);
        store.database().write(changes);
        reopen();
    }

    private void damage(byte[] key) {
        change(changes -> changes.put(key, new byte[] {1, 99, 7}));
    }

    private StateRow state(String id) {
        byte[] row = store.database().get(Keyspace.state(ref(id)));
        return StateCodec.decode(ref(id), row);
    }

    private List<String> waiting() {
        return backend.list(MAIL, JobState.WAITING, PageRequest.first(9)).items().stream()
                .map(JobRecord::id)
                .map(Object::toString)
                .toList();
    }

    private long count(JobState state) {
        return backend.counts(MAIL).of(state).orElseThrow();
    }

    @Test
    void a_sound_store_has_no_flaws() {
        Flows.add(backend, "p", "a", "b");
        assertThat(check(false)).isEmpty();
        assertThat(check(true)).isEmpty();
    }

    @Test
    void wrong_counts_are_counted_again() {
        Flows.add(backend, "p", "a", "b");
        BandRow two = new BandRow(7, Jobs.waitingPlace("a", 0, -99));
        change(changes -> changes.put(Keyspace.band(WAITING), BandCodec.encode(two)));
        assertThat(check(false)).containsExactly("REPAIR mail counts 7 waiting jobs, but has 2");
        assertThat(check(true)).containsExactly("REPAIRED mail counts 7 waiting jobs, but has 2");
        assertThat(count(JobState.WAITING)).isEqualTo(2);
        reopen();
        assertThat(check(false)).isEmpty();
        assertThat(waiting()).containsExactly("a", "b");
    }

    @Test
    void a_line_that_was_forgotten_is_found_again() {
        Flows.add(backend, "p", "a", "b");
        change(changes -> changes.delete(changes.bands, WAITING));
        assertThat(waiting()).isEmpty();
        assertThat(check(true)).containsExactly("REPAIRED mail counts 0 waiting jobs, but has 2");
        assertThat(waiting()).containsExactly("a", "b");
    }

    @Test
    void a_job_without_place_gets_it_back_and_a_second_place_is_taken_away() {
        Flows.add(backend, "p", "a", "b");
        Place place = Place.of(state("a"));
        change(changes -> {
            changes.put(place, PlaceChange.LEFT);
            changes.put(Jobs.waitingPlace("b", 3, 77), PlaceChange.TAKEN);
        });
        assertThat(check(true))
                .containsExactlyInAnyOrder(
                        "REPAIRED mail has lost the order of its waiting jobs",
                        "REPAIRED mail:a is waiting, but stands in no line",
                        "REPAIRED mail:b has a second place among the waiting jobs");
        reopen();
        assertThat(check(false)).isEmpty();
        assertThat(waiting()).containsExactly("a", "b");
        assertThat(count(JobState.WAITING)).isEqualTo(2);
    }

    @Test
    void a_job_that_cannot_be_read_is_named_and_put_aside_and_its_parent_released() {
        Flows.add(backend, "p", "a", "b");
        damage(Keyspace.state(ref("a")));
        assertThat(check(false)).singleElement().asString().startsWith("REPAIR mail:a its state cannot be read: ");
        assertThat(check(true))
                .hasSize(2)
                .anySatisfy(said -> assertThat(said)
                        .startsWith("NONE mail:a its state cannot be read: ")
                        .endsWith("; what is left of it was put aside"))
                .contains("REPAIRED mail:p waits for children that are not there: [mail:a]");
        damage(Keyspace.body(new BodyKey(ref("b"), 0)));
        assertThat(check(true)).hasSize(3).anyMatch(said -> said.startsWith("NONE mail:b its body cannot be read"));
        assertThat(check(false)).hasSize(2).allMatch(said -> said.matches("NONE mail:[ab] was put aside: its .*"));
        assertThat(waiting()).containsExactly("p");
    }

    @Test
    void failed_runs_that_cannot_be_read_do_not_cost_the_job() {
        Flows.add(backend, "p", "a", "b");
        damage(Keyspace.failures(ref("a")));
        assertThat(check(true)).containsExactly("REPAIRED mail:a its failed runs cannot be read");
        assertThat(waiting()).containsExactly("a", "b");
        assertThat(check(false)).containsExactly("NONE mail:a was put aside: its failed runs cannot be read");
    }

    @Test
    void a_parent_counts_its_children_again() {
        Flows.add(backend, "p", "a", "b");
        StateRow parent = state("p");
        change(changes -> changes.put(changes.states, parent.job(), parent.with(new Family(2, 0, 1)), 1));
        assertThat(check(false))
                .containsExactly("REPAIR mail:p counts 2 children (0 pending, 1 failed),"
                        + " but has 2 children (2 pending, 0 failed)");
        assertThat(check(true)).hasSize(1);
        assertThat(state("p").family()).isEqualTo(new Family(2, 2, 0));
        assertThat(check(false)).isEmpty();
    }

    @Test
    void a_file_with_a_flipped_bit_is_named() throws Exception {
        Flows.add(backend, "p", "a", "b");
        try (FlushOptions options = new FlushOptions()) {
            store.database().rocks().flush(options);
        }
        close();
        Path file = flipABit();
        assertThatThrownBy(() -> {
                    open();
                    check(false);
                })
                .isInstanceOf(BackendCorruptException.class)
                .hasMessageContaining(file.getFileName().toString())
                .hasMessageContaining("restore the folder from a backup");
    }

    private Path flipABit() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.filter(it -> it.toString().endsWith(".sst"))
                    .findFirst()
                    .orElseThrow();
            try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                bytes.seek(40);
                int was = bytes.read();
                bytes.seek(40);
                bytes.write(was ^ 1);
            }
            return file;
        }
    }
}
