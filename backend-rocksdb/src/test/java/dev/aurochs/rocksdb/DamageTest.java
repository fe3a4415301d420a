package dev.aurochs.rocksdb;

import static dev.aurochs.rocksdb.Jobs.MAIL;
import static dev.aurochs.rocksdb.Jobs.NOW;
import static dev.aurochs.rocksdb.Jobs.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.engine.store.DamagedRowException;
import dev.aurochs.engine.store.EventRow;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.RowReads;
import dev.aurochs.engine.store.Rows;
import dev.aurochs.engine.store.SessionRow;
import dev.aurochs.queue.job.BackendCorruptException;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.SessionId;
import dev.aurochs.rocksdb.bytes.BandKey;
import dev.aurochs.rocksdb.bytes.BodyKey;
import dev.aurochs.rocksdb.bytes.DamagedRow;
import dev.aurochs.rocksdb.bytes.Keyspace;
import dev.aurochs.rocksdb.bytes.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One row that cannot be read is named, can be put aside, and stops nothing else. */
class DamageTest {
    private static final byte[] GARBAGE = {1, 99, 7};

    @TempDir
    Path folder;

    private RocksDbStore store;

    @BeforeEach
    void open() {
        store = RocksDbStore.open(new RocksDbSettings(folder, Durability.ALWAYS));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void step(Consumer<Rows> step) {
        store.write(rows -> {
                    step.accept(rows);
                    return true;
                })
                .safe()
                .toCompletableFuture()
                .join();
    }

    /** Overwrites a row with bytes that nobody wrote, as it lies in the database. */
    private void damage(byte[] key) {
        Changes changes = new Changes();
        changes.put(key, GARBAGE);
        store.database().write(changes);
        store.memory().running.clear();
    }

    @Test
    void a_damaged_row_names_its_job_and_is_put_aside_whole() {
        step(rows -> {
            Jobs.add(rows, "bad", 1);
            Jobs.add(rows, "good", 2);
            rows.putFailures(ref("bad"), List.of(Failure.of("before", NOW)));
            rows.putLog(ref("bad"), 0, "line");
        });
        damage(Keyspace.state(ref("bad")));
        assertThatThrownBy(() -> store.read(rows -> rows.state(ref("bad"))))
                .isInstanceOfSatisfying(
                        DamagedRowException.class,
                        damaged -> assertThat(damaged.job()).isEqualTo(ref("bad")))
                .hasMessageContaining("the row 'state' of job mail:bad cannot be read");
        step(rows -> {
            Place first = rows.first(MAIL, JobState.WAITING);
            assertThat(first).isEqualTo(Jobs.waitingPlace("bad", 0, 1));
            rows.quarantine(Jobs.waitingPlace("bad", 0, 1), "unreadable");
            assertThat(rows.first(MAIL, JobState.WAITING)).isEqualTo(Jobs.waitingPlace("good", 0, 2));
            assertThat(rows.count(MAIL, JobState.WAITING)).isEqualTo(1);
        });
        close();
        open();
        store.read(rows -> {
            assertThat(rows.state(ref("bad"))).isNull();
            assertThat(rows.body(ref("bad"))).isNull();
            assertThat(rows.log(ref("bad"), 0, 9)).isEmpty();
            assertThat(rows.count(MAIL, JobState.WAITING)).isEqualTo(1);
            return true;
        });
        List<DamagedRow> aside = new ArrayList<>();
        store.database()
                .scan(
                        Keyspace.all(Table.DAMAGED),
                        false,
                        (key, row) -> aside.add(DamagedRow.decode(Keyspace.original(key), row)));
        assertThat(aside)
                .extracting(row -> Table.of(row.key()))
                .containsExactlyInAnyOrder(Table.STATES, Table.BODIES, Table.FAILURES, Table.LOG);
        assertThat(aside).allMatch(row -> row.problem().equals("unreadable"));
        assertThat(aside.get(0).bytes()).isEqualTo(GARBAGE);
    }

    @Test
    void a_body_is_found_by_the_priority_it_was_added_with_also_when_its_state_is_lost() {
        step(rows -> {
            for (int i = 0; i < 20; i++) Jobs.addPrioritized(rows, "j" + i, i % 5 * 1_000, i);
            rows.putState(rows.state(ref("j8"))
                    .with(Jobs.row("j8", JobState.WAITING, 7, 8).status()));
            rows.removePlace(Jobs.waitingPlace("j8", 3_000, 8));
            rows.putPlace(Jobs.waitingPlace("j8", 7, 8));
        });
        close();
        open();
        store.read(rows -> {
            for (int i = 0; i < 20; i++) {
                JobBody body = rows.body(ref("j" + i));
                assertThat(body.ref()).isEqualTo(ref("j" + i));
                assertThat(body.options().priority()).isEqualTo(i % 5 * 1_000);
            }
            return true;
        });
        damage(Keyspace.state(ref("j8")));
        step(rows -> rows.quarantine(Jobs.waitingPlace("j8", 7, 8), "unreadable"));
        step(rows -> rows.deleteJob(rows.state(ref("j9"))));
        close();
        open();
        List<JobRef> bodies = new ArrayList<>();
        store.database().scan(Keyspace.all(Table.BODIES), false, (key, row) -> bodies.add(Keyspace.job(key)));
        assertThat(bodies).hasSize(18).doesNotContain(ref("j8"), ref("j9"));
    }

    @Test
    void every_kind_of_row_of_a_job_is_refused_in_the_same_way() {
        step(rows -> {
            Jobs.add(rows, "a", 1);
            rows.putFailures(ref("a"), List.of(Failure.of("before", NOW)));
            rows.putLog(ref("a"), 0, "line");
            rows.putChild(ref("a"), new Child(ref("b"), Child.Status.PENDING, null, null));
        });
        damage(Keyspace.body(new BodyKey(ref("a"), 0)));
        damage(Keyspace.failures(ref("a")));
        damage(Keyspace.log(ref("a"), 0));
        damage(Keyspace.child(ref("a"), ref("b")));
        List<Consumer<RowReads>> looks = List.of(
                rows -> rows.body(ref("a")),
                rows -> rows.failures(ref("a")),
                rows -> rows.log(ref("a"), 0, 9),
                rows -> rows.child(ref("a"), ref("b")),
                rows -> rows.children(ref("a"), null, 9));
        for (Consumer<RowReads> look : looks)
            assertThatThrownBy(() -> store.read(rows -> {
                        look.accept(rows);
                        return true;
                    }))
                    .isInstanceOfSatisfying(
                            DamagedRowException.class,
                            damaged -> assertThat(damaged.job()).isEqualTo(ref("a")));
    }

    @Test
    void a_damaged_event_shows_as_one_and_the_next_follow() {
        step(rows -> {
            for (long seq = 1; seq <= 3; seq++)
                rows.putEvents(MAIL, new EventRow(seq, List.of(new QueueEvent.Drained(MAIL, NOW))));
        });
        damage(Keyspace.events(MAIL, 2));
        store.read(rows -> {
            assertThat(rows.events(MAIL, 0, 9))
                    .extracting(row -> row.events().get(0).label())
                    .containsExactly("drained", "unknown", "drained");
            return true;
        });
    }

    @Test
    void a_damaged_band_is_counted_again_and_a_damaged_session_is_in_nobodys_way() {
        step(rows -> {
            for (int i = 0; i < 9; i++) rows.putPlace(Jobs.waitingPlace("j" + i, i % 2, i));
            rows.putSession(new SessionRow(new SessionId("s"), NOW, 1));
            rows.putSession(new SessionRow(new SessionId("t"), NOW, 1));
        });
        damage(Keyspace.band(BandKey.of(Jobs.waitingPlace("j1", 1, 1))));
        damage(Keyspace.session(new SessionId("s")));
        close();
        open();
        step(rows -> {
            assertThat(rows.count(MAIL, JobState.WAITING)).isEqualTo(9);
            assertThat(rows.countPrioritized(MAIL)).isEqualTo(4);
            assertThat(rows.first(MAIL, JobState.WAITING)).isEqualTo(Jobs.waitingPlace("j0", 0, 0));
        });
        assertThat(sessions()).isZero();
    }

    @Test
    void sessions_of_a_process_that_is_gone_leave_nothing_behind() {
        for (int kill = 1; kill <= 3; kill++) {
            SessionId id = new SessionId("killed" + kill);
            step(rows -> rows.putSession(new SessionRow(id, NOW, store.ownerEpoch())));
            close();
            open();
            assertThat(sessions()).isZero();
        }
    }

    private int sessions() {
        List<byte[]> keys = new ArrayList<>();
        store.database().scan(Keyspace.all(Table.SESSIONS), false, (key, row) -> keys.add(key));
        return keys.size();
    }

    @Test
    void a_damaged_queue_is_too_much() {
        step(rows -> rows.putQueue(rows.queue(MAIL)));
        damage(Keyspace.queue(MAIL));
        close();
        assertThatThrownBy(this::open)
                .isInstanceOf(BackendCorruptException.class)
                .hasMessageContaining("the row of queue 'mail' cannot be read")
                .hasMessageContaining("restore the folder from a backup");
    }
}
