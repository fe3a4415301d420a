package dev.aurochs.rocksdb;

import static dev.aurochs.rocksdb.Jobs.MAIL;
import static dev.aurochs.rocksdb.Jobs.NOW;
import static dev.aurochs.rocksdb.Jobs.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.engine.store.EventRow;
import dev.aurochs.engine.store.Family;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.PlaceScan;
import dev.aurochs.engine.store.QueueRow;
import dev.aurochs.engine.store.RowReads;
import dev.aurochs.engine.store.Rows;
import dev.aurochs.engine.store.SessionRow;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.engine.store.Written;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.SessionId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seam, as the engine uses it. */
class StoreTest {
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
        Written<Boolean> written = store.write(rows -> {
            step.accept(rows);
            return true;
        });
        written.safe().toCompletableFuture().join();
    }

    private void look(Consumer<RowReads> look) {
        store.read(rows -> {
            look.accept(rows);
            return true;
        });
    }

    private void reopen() {
        store.close();
        open();
    }

    @Test
    void a_step_sees_its_own_writes_and_others_see_them_after_it() {
        step(rows -> {
            Jobs.add(rows, "a", 1);
            assertThat(rows.state(ref("a"))).isEqualTo(Jobs.waiting("a", 1));
            assertThat(rows.body(ref("a"))).isEqualTo(Jobs.body("a"));
            assertThat(rows.first(MAIL, JobState.WAITING)).isEqualTo(Jobs.waitingPlace("a", 0, 1));
            assertThat(rows.count(MAIL, JobState.WAITING)).isEqualTo(1);
        });
        look(rows -> assertThat(rows.state(ref("a"))).isEqualTo(Jobs.waiting("a", 1)));
        reopen();
        look(rows -> assertThat(rows.state(ref("a"))).isEqualTo(Jobs.waiting("a", 1)));
        look(rows -> assertThat(rows.body(ref("a"))).isEqualTo(Jobs.body("a")));
        step(rows -> assertThat(rows.first(MAIL, JobState.WAITING)).isEqualTo(Jobs.waitingPlace("a", 0, 1)));
    }

    @Test
    void a_step_that_throws_leaves_nothing() {
        step(rows -> Jobs.add(rows, "kept", 5));
        assertThatThrownBy(() -> step(rows -> {
                    Jobs.add(rows, "lost", 1);
                    rows.removePlace(Jobs.waitingPlace("kept", 0, 5));
                    rows.putQueue(new QueueRow(
                            MAIL,
                            9,
                            -9,
                            9,
                            9,
                            1,
                            QueueRow.untouched(MAIL).settings(),
                            QueueRow.untouched(MAIL).window()));
                    rows.putSession(new SessionRow(new SessionId("s"), NOW, 1));
                    throw new IllegalStateException("half-way");
                }))
                .hasMessage("half-way");
        step(rows -> {
            assertThat(rows.state(ref("lost"))).isNull();
            assertThat(rows.body(ref("lost"))).isNull();
            assertThat(rows.first(MAIL, JobState.WAITING)).isEqualTo(Jobs.waitingPlace("kept", 0, 5));
            assertThat(rows.count(MAIL, JobState.WAITING)).isEqualTo(1);
            assertThat(rows.queue(MAIL)).isEqualTo(QueueRow.untouched(MAIL));
            assertThat(rows.session(new SessionId("s"))).isNull();
        });
        look(rows -> assertThat(rows.queues()).isEmpty());
    }

    @Test
    void a_deleted_job_leaves_no_row() {
        StateRow parent = Jobs.failedOnce("p", 1).with(new Family(2, 2, 0)).withLogLines(2);
        step(rows -> {
            rows.putState(parent);
            rows.putBody(Jobs.body("p"));
            rows.putFailures(ref("p"), List.of(Failure.of("no route", NOW)));
            rows.putLog(ref("p"), 0, "first");
            rows.putLog(ref("p"), 1, "second");
            rows.putChild(ref("p"), new Child(ref("c"), Child.Status.PENDING, null, null));
            rows.putChild(ref("p"), new Child(ref("d"), Child.Status.COMPLETED, new Json("7"), null));
            rows.putPlace(Place.of(parent));
        });
        step(rows -> {
            rows.removePlace(Place.of(parent));
            rows.deleteJob(parent);
            assertThat(rows.children(ref("p"), null, 9)).isEmpty();
        });
        reopen();
        step(rows -> {
            assertThat(rows.state(ref("p"))).isNull();
            assertThat(rows.body(ref("p"))).isNull();
            assertThat(rows.failures(ref("p"))).isEmpty();
            assertThat(rows.log(ref("p"), 0, 9)).isEmpty();
            assertThat(rows.children(ref("p"), null, 9)).isEmpty();
            assertThat(rows.first(MAIL, JobState.WAITING)).isNull();
        });
    }

    @Test
    void children_are_listed_page_by_page_with_own_changes_laid_over() {
        step(rows -> {
            for (String id : List.of("a", "b", "c", "d", "e"))
                rows.putChild(ref("p"), new Child(ref(id), Child.Status.PENDING, null, null));
            rows.putChild(ref("other"), new Child(ref("x"), Child.Status.PENDING, null, null));
        });
        step(rows -> {
            rows.deleteChild(ref("p"), ref("b"));
            rows.putChild(ref("p"), new Child(ref("c"), Child.Status.FAILED, null, "no"));
            rows.putChild(ref("p"), new Child(ref("bb"), Child.Status.PENDING, null, null));
            assertThat(rows.children(ref("p"), ref("a"), 3))
                    .extracting(child -> child.job().id().value() + child.status())
                    .containsExactly("bbPENDING", "cFAILED", "dPENDING");
            assertThat(rows.child(ref("p"), ref("b"))).isNull();
        });
        look(rows -> assertThat(rows.children(ref("p"), null, 99))
                .extracting(child -> child.job().id().value())
                .containsExactly("a", "bb", "c", "d", "e"));
        look(rows -> assertThat(rows.child(ref("p"), ref("c")))
                .isEqualTo(new Child(ref("c"), Child.Status.FAILED, null, "no")));
    }

    @Test
    void log_lines_are_numbered_and_trimmed() {
        step(rows -> LongStream.range(0, 20).forEach(n -> rows.putLog(ref("a"), n, "line " + n)));
        step(rows -> rows.deleteLog(ref("a"), 0, 15));
        look(rows -> assertThat(rows.log(ref("a"), 0, 3)).containsExactly("line 15", "line 16", "line 17"));
        look(rows -> assertThat(rows.log(ref("a"), 18, 9)).containsExactly("line 18", "line 19"));
    }

    @Test
    void events_below_the_first_are_never_shown_again() {
        step(rows -> LongStream.rangeClosed(1, 2_500).forEach(seq -> rows.putEvents(MAIL, drained(seq))));
        for (long before : new long[] {700, 1_400, 2_100}) {
            step(rows -> {
                rows.deleteEvents(MAIL, rows.queue(MAIL).firstEvent(), before);
                rows.putQueue(withEvents(before, 2_501));
            });
            look(rows -> assertThat(rows.events(MAIL, 0, 2)).containsExactly(drained(before), drained(before + 1)));
        }
        reopen();
        look(rows -> assertThat(rows.events(MAIL, 2_498, 9)).containsExactly(drained(2_499), drained(2_500)));
        List<Long> left = new ArrayList<>();
        store.database().scan(dev.aurochs.rocksdb.bytes.Keyspace.events(MAIL), false, (key, row) -> left.add(1L));
        assertThat(left).as("whole chunks are gone, the open one stays").hasSize(501);
    }

    @Test
    void a_queue_that_begins_anew_has_none_of_its_old_events() {
        step(rows -> {
            LongStream.rangeClosed(1, 10).forEach(seq -> rows.putEvents(MAIL, drained(seq)));
            rows.putQueue(withEvents(1, 11));
        });
        step(rows -> {
            rows.deleteQueue(MAIL);
            rows.putQueue(QueueRow.untouched(MAIL));
            rows.putEvents(MAIL, drained(1));
            assertThat(rows.events(MAIL, 0, 99)).containsExactly(drained(1));
        });
        look(rows -> assertThat(rows.events(MAIL, 0, 99)).containsExactly(drained(1)));
    }

    @Test
    void stages_complete_in_the_order_of_the_steps() {
        List<Integer> order = new ArrayList<>();
        List<Written<Integer>> steps = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int number = i;
            Written<Integer> written = store.write(rows -> {
                if (number % 3 > 0) Jobs.add(rows, "j" + number, number);
                return number;
            });
            written.safe().thenRun(() -> {
                synchronized (order) {
                    order.add(number);
                }
            });
            steps.add(written);
        }
        steps.forEach(written -> written.safe().toCompletableFuture().join());
        assertThat(order).hasSize(500);
        look(rows -> assertThat(rows.count(MAIL, JobState.WAITING)).isEqualTo(333));
    }

    @Test
    void places_are_listed_both_ways_over_all_priorities() {
        step(rows -> {
            for (int i = 0; i < 30; i++) rows.putPlace(Jobs.waitingPlace("j" + i, i % 3, i));
        });
        List<String> all = ids(PlaceScan.from(MAIL, JobState.WAITING, null, 99));
        assertThat(all).hasSize(30).startsWith("j0", "j3").endsWith("j26", "j29");
        List<String> backwards = ids(new PlaceScan(MAIL, JobState.WAITING, true, null, 0, 99));
        assertThat(backwards).hasSize(30).startsWith("j29", "j26").endsWith("j3", "j0");
        assertThat(ids(new PlaceScan(MAIL, JobState.WAITING, false, null, 12, 2)))
                .isEqualTo(all.subList(12, 14));
        Place gone = Jobs.waitingPlace("none", 1, 14);
        assertThat(ids(PlaceScan.from(MAIL, JobState.WAITING, gone, 2))).containsExactly("j16", "j19");
        assertThat(ids(new PlaceScan(MAIL, JobState.WAITING, true, gone, 0, 2))).containsExactly("j13", "j10");
        look(rows -> assertThat(rows.countPrioritized(MAIL)).isEqualTo(20));
    }

    @Test
    void each_opening_has_its_own_number() {
        long first = store.ownerEpoch();
        reopen();
        assertThat(store.ownerEpoch()).isEqualTo(first + 1);
    }

    private List<String> ids(PlaceScan scan) {
        return store.read(rows -> rows.places(scan)).stream()
                .map(place -> place.id().value())
                .toList();
    }

    private static EventRow drained(long seq) {
        return new EventRow(seq, List.of(new QueueEvent.Drained(MAIL, NOW.plusMillis(seq))));
    }

    private static QueueRow withEvents(long first, long next) {
        QueueRow row = QueueRow.untouched(MAIL);
        return new QueueRow(MAIL, 1, -1, 1, next, first, row.settings(), row.window());
    }
}
