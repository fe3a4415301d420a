package dev.aurochs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions that wait for work (rule C14). */
@Timeout(60)
class WorkSignalsTest {
    private static final QueueName QUEUE = QueueName.of("q");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration BRIEF = Duration.ofMillis(30);

    private final WorkSignals signals = new WorkSignals();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @DisplayName("C14: a signal between the claim and the wait ends the wait at once")
    @Test
    void notMissed() throws Exception {
        WorkSignals.Ear ear = signals.listen(QUEUE);
        ear.beforeClaim();
        signals.signal(QUEUE, 1);
        assertThat(waits(ear, LONG)).isLessThan(LONG.dividedBy(2));
    }

    @DisplayName("C14: a signal before the claim, or of another queue, ends no wait; nor does one for nobody")
    @Test
    void notDisturbed() throws Exception {
        WorkSignals.Ear ear = signals.listen(QUEUE);
        signals.signal(QUEUE, 1);
        ear.beforeClaim();
        signals.signal(QueueName.of("other"), 1);
        signals.signal(QUEUE, 0);
        assertThat(waits(ear, BRIEF)).isGreaterThanOrEqualTo(BRIEF);
    }

    @DisplayName("C14: a wake-up is kept for the next wait, and used up by it")
    @Test
    void wake() throws Exception {
        WorkSignals.Ear ear = signals.listen(QUEUE);
        ear.beforeClaim();
        ear.wake();
        assertThat(waits(ear, LONG)).isLessThan(LONG.dividedBy(2));
        assertThat(waits(ear, BRIEF)).isGreaterThanOrEqualTo(BRIEF);
    }

    @DisplayName("C14: k signals wake at most k of those that wait; closing wakes all")
    @Test
    void atMost() throws Exception {
        AtomicInteger awake = new AtomicInteger();
        CountDownLatch ready = new CountDownLatch(5);
        CountDownLatch two = new CountDownLatch(2);
        CountDownLatch three = new CountDownLatch(3);
        List<Thread> sleepers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            WorkSignals.Ear ear = signals.listen(QUEUE);
            ear.beforeClaim();
            Thread sleeper = new Thread(() -> {
                ready.countDown();
                waits(ear, LONG);
                awake.incrementAndGet();
                two.countDown();
                three.countDown();
            });
            sleepers.add(sleeper);
            sleeper.start();
        }
        assertThat(ready.await(10, TimeUnit.SECONDS)).isTrue();
        for (Thread sleeper : sleepers) untilWaiting(sleeper);
        signals.signal(QUEUE, 2);
        assertThat(two.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(three.await(30, TimeUnit.MILLISECONDS)).isFalse();
        signals.closeAll();
        for (Thread sleeper : sleepers) sleeper.join(10_000);
        assertThat(awake).hasValue(5);
    }

    @DisplayName("C14: a session that closes passes on what it was woken for")
    @Test
    void passedOn() throws Exception {
        WorkSignals.Ear closing = signals.listen(QUEUE);
        WorkSignals.Ear staying = signals.listen(QUEUE);
        staying.beforeClaim();
        Future<Duration> waited = threads.submit(() -> waits(staying, LONG));
        closing.wake();
        closing.passOn();
        assertThat(waited.get(10, TimeUnit.SECONDS)).isLessThan(LONG);
    }

    @DisplayName("C14: under contention every job is found, without a wait that times out")
    @Test
    void stress() throws Exception {
        int jobs = 20_000;
        AtomicInteger stored = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);
        List<Future<Boolean>> workers = new ArrayList<>();
        for (int number = 0; number < 4; number++)
            workers.add(threads.submit(() -> {
                WorkSignals.Ear ear = signals.listen(QUEUE);
                while (taken.get() < jobs) {
                    ear.beforeClaim();
                    if (tookOne(stored)) {
                        if (stored.get() > 0) signals.signal(QUEUE, 1);
                        if (taken.incrementAndGet() == jobs) done.countDown();
                    } else if (taken.get() < jobs && waits(ear, LONG).compareTo(LONG) >= 0) {
                        return false;
                    }
                }
                return true;
            }));
        Random random = new Random(11);
        for (int added = 0; added < jobs; ) {
            int some = Math.min(jobs - added, 1 + random.nextInt(3));
            stored.addAndGet(some);
            signals.signal(QUEUE, some);
            added += some;
            if (random.nextInt(8) == 0) Thread.yield();
        }
        assertThat(done.await(25, TimeUnit.SECONDS))
                .as("%s of %s were taken", taken, jobs)
                .isTrue();
        signals.closeAll();
        for (Future<Boolean> worker : workers)
            assertThat(worker.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private static boolean tookOne(AtomicInteger stored) {
        int left = stored.get();
        while (left > 0) {
            if (stored.compareAndSet(left, left - 1)) return true;
            left = stored.get();
        }
        return false;
    }

    private static void untilWaiting(Thread thread) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (thread.getState() != Thread.State.TIMED_WAITING && System.nanoTime() < deadline) Thread.onSpinWait();
        assertThat(thread.getState()).isEqualTo(Thread.State.TIMED_WAITING);
    }

    /** How long the wait took. */
    private static Duration waits(WorkSignals.Ear ear, Duration atMost) {
        long begin = System.nanoTime();
        try {
            ear.await(atMost);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
