package dev.aurochs.rocksdb;

import static dev.aurochs.rocksdb.Jobs.MAIL;
import static dev.aurochs.rocksdb.Jobs.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.job.JobState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails once is not trusted again, and a closed store says so. */
class FaultTest {
    @TempDir
    Path folder;

    private final RocksDbSettings settings() {
        return new RocksDbSettings(folder, Durability.ALWAYS);
    }

    /** Passes everything on until it breaks; counts what is asked of it afterwards. */
    private static final class FrailDisk implements Disk {
        private final Disk sound;
        private final CountDownLatch flushing = new CountDownLatch(1);
        private final CountDownLatch mayGoOn = new CountDownLatch(1);
        private final AtomicInteger attempts = new AtomicInteger();
        private volatile boolean broken;

        FrailDisk(Disk sound) {
            this.sound = sound;
        }

        @Override
        public void write(Changes changes) {
            sound.write(changes);
        }

        @Override
        public void flush(boolean sync) {
            if (broken) {
                attempts.incrementAndGet();
                flushing.countDown();
                try {
                    mayGoOn.await();
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
                throw new IllegalStateException("I/O error");
            }
            sound.flush(sync);
        }
    }

    @Test
    void a_failed_flush_fails_all_that_is_pending_and_closes_the_store_for_good() throws Exception {
        FrailDisk[] disk = new FrailDisk[1];
        RocksDbStore store = RocksDbStore.open(settings(), sound -> disk[0] = new FrailDisk(sound));
        add(store, "safe", 1).join();
        disk[0].broken = true;
        List<CompletableFuture<Void>> pending = new ArrayList<>();
        pending.add(add(store, "flushing", 2));
        disk[0].flushing.await();
        for (int i = 3; i < 9; i++) pending.add(add(store, "gathering" + i, i));
        disk[0].mayGoOn.countDown();
        for (CompletableFuture<Void> stage : pending)
            assertThatThrownBy(stage::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            BackendUnavailableException.class,
                            failure -> assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN))
                    .hasMessageContaining("I/O error")
                    .hasMessageContaining("mend the disk, then open it again");
        disk[0].broken = false;
        assertThatThrownBy(() -> add(store, "late", 10))
                .isInstanceOfSatisfying(
                        BackendUnavailableException.class,
                        failure -> assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED))
                .hasMessageContaining("closed for good");
        assertThatThrownBy(() -> store.read(rows -> rows.count(MAIL, JobState.WAITING)))
                .isInstanceOf(BackendUnavailableException.class);
        assertThat(disk[0].attempts).as("never tried again").hasValue(1);
        store.close();
        RocksDbStore mended = RocksDbStore.open(settings());
        mended.read(rows -> {
            assertThat(rows.state(ref("safe"))).isNotNull();
            return true;
        });
        mended.close();
    }

    @Test
    void closing_completes_every_stage_and_leaves_no_thread() {
        RocksDbStore store = RocksDbStore.open(settings());
        List<CompletableFuture<Void>> stages = new ArrayList<>();
        for (int i = 0; i < 200; i++) stages.add(add(store, "j" + i, i));
        store.close();
        assertThat(stages).allMatch(stage -> stage.isDone() && !stage.isCompletedExceptionally());
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain(Flusher.THREAD);
        store.close();
        assertThatThrownBy(() -> add(store, "late", 1))
                .isInstanceOfSatisfying(
                        BackendUnavailableException.class,
                        failure -> assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED))
                .hasMessageContaining("is closed");
        assertThatThrownBy(() -> store.read(rows -> rows.queues())).isInstanceOf(BackendUnavailableException.class);
        assertThat(folder.resolve(Folder.OWNER)).doesNotExist();
    }

    @Test
    void closing_while_others_call_harms_nobody() throws InterruptedException {
        RocksDbStore store = RocksDbStore.open(settings());
        CountDownLatch busy = new CountDownLatch(4);
        AtomicInteger refused = new AtomicInteger();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int caller = i;
            callers.add(new Thread(() -> {
                for (int n = 0; ; n++) {
                    try {
                        if (caller % 2 == 0)
                            add(store, caller + "-" + n, n * 4L + caller).join();
                        else store.read(rows -> List.of(rows.count(MAIL, JobState.WAITING), rows.events(MAIL, 0, 9)));
                    } catch (BackendUnavailableException closed) {
                        if (closed.outcome() == Outcome.NOT_APPLIED) refused.incrementAndGet();
                        return;
                    }
                    if (n == 20) busy.countDown();
                }
            }));
        }
        callers.forEach(Thread::start);
        busy.await();
        store.close();
        for (Thread caller : callers) caller.join();
        assertThat(refused).hasValue(4);
    }

    @Test
    void a_store_cannot_be_closed_from_inside() {
        RocksDbStore store = RocksDbStore.open(settings());
        assertThatThrownBy(() -> store.write(rows -> {
                    store.close();
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.read(rows -> {
                    store.close();
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.write(rows -> store.write(inner -> true)))
                .isInstanceOf(IllegalStateException.class);
        store.close();
    }

    private static CompletableFuture<Void> add(RocksDbStore store, String id, long seq) {
        return store.write(rows -> {
                    Jobs.add(rows, id, seq);
                    return true;
                })
                .safe()
                .toCompletableFuture();
    }
}
