package dev.aurochs.rocksdb;

import static dev.aurochs.rocksdb.Jobs.MAIL;
import static dev.aurochs.rocksdb.Jobs.ref;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.PlaceScan;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks after a step has answered sees it, wherever on its way to the disk it is. */
class ConcurrencyTest {
    private static final int WRITERS = 3;
    private static final int STEPS = 2_000;
    private static final String END = "";

    @TempDir
    Path folder;

    private final AtomicLong seqs = new AtomicLong();
    private final BlockingQueue<String> written = new LinkedBlockingQueue<>();

    @Test
    void every_answered_step_is_seen_by_everybody() throws Exception {
        RocksDbStore store = RocksDbStore.open(new RocksDbSettings(folder, Durability.ALWAYS));
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<Boolean>> ends = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String name = "w" + i;
            ends.add(threads.submit(writer(store, name)));
            ends.add(threads.submit(reader(store)));
        }
        for (Future<Boolean> end : ends) end.get();
        threads.shutdown();
        store.read(rows -> {
            List<Place> places = rows.places(PlaceScan.from(MAIL, JobState.WAITING, null, Integer.MAX_VALUE));
            assertThat(places).hasSize(WRITERS * STEPS / 2).isSorted();
            assertThat(rows.count(MAIL, JobState.WAITING)).isEqualTo(places.size());
            assertThat(rows.count(MAIL, JobState.ACTIVE)).isEqualTo(WRITERS * STEPS / 2);
            return true;
        });
        store.close();
    }

    private Callable<Boolean> writer(RocksDbStore store, String name) {
        return () -> {
            for (int i = 0; i < STEPS; i++) {
                String id = name + "-" + i;
                boolean claims = i % 2 == 1;
                store.write(rows -> {
                    Jobs.add(rows, id, seqs.incrementAndGet());
                    rows.putChild(ref("parent"), new Child(ref(id), Child.Status.PENDING, null, null));
                    if (claims) {
                        Place first = rows.first(MAIL, JobState.WAITING);
                        if (first == null) throw new AssertionError("somebody waits");
                        StateRow active = Jobs.row(first.id().value(), JobState.ACTIVE, 0, seqs.incrementAndGet());
                        rows.removePlace(first);
                        rows.putState(active);
                        rows.putPlace(Place.of(active));
                    }
                    return true;
                });
                written.add(id);
            }
            written.add(END);
            return true;
        };
    }

    private Callable<Boolean> reader(RocksDbStore store) {
        return () -> {
            for (String id = written.take(); !id.equals(END); id = written.take()) {
                String wanted = id;
                store.read(rows -> {
                    assertThat(rows.state(ref(wanted)))
                            .as("state of %s", wanted)
                            .isNotNull();
                    assertThat(rows.body(ref(wanted))).as("body of %s", wanted).isNotNull();
                    assertThat(rows.child(ref("parent"), ref(wanted))).isNotNull();
                    return true;
                });
            }
            return true;
        };
    }
}
