package dev.aurochs.queue.internal;

import static dev.aurochs.queue.internal.Bench.staysShut;
import static dev.aurochs.queue.internal.Bench.until;
import static dev.aurochs.queue.internal.Records.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.BackendCorruptException;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.spi.Claimed.Rest;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Renewed;
import dev.aurochs.queue.spi.Settled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Claiming and settling: never more than asked for, never in vain, nothing lost (rules W1–W3, W9). */
@Timeout(60)
class ClaimLoopTest {
    private final Bench bench = new Bench();
    private final FakeSession session = bench.session;

    @AfterEach
    void close() {
        bench.close();
    }

    @DisplayName("W3: an idle worker claims once and then waits")
    @Test
    void idle() throws InterruptedException {
        CountDownLatch second = new CountDownLatch(2);
        session.beforeClaim = second::countDown;
        bench.start();
        until(() -> session.waits.get() == 1);
        assertThat(staysShut(second)).as("no second claim").isTrue();
        assertThat(session.claims).hasValue(1);
    }

    @DisplayName("W3: added work ends the wait; what it leaves is asked for once more")
    @Test
    void work() throws InterruptedException {
        bench.start();
        until(() -> session.waits.get() == 1);
        session.add(job("a"));
        assertThat(session.nextOutcome()).isEqualTo(new Outcome.Completed(Json.EMPTY_OBJECT));
        until(() -> session.waits.get() >= 2);
        assertThat(session.claims).hasValueLessThanOrEqualTo(5);
    }

    @DisplayName("W3: while a queue is limited, paused or full, a storm of adds makes no storm of claims")
    @Test
    void refused() {
        for (Supplier<Rest> refusal : List.<Supplier<Rest>>of(
                () -> new Rest.Limited(Optional.empty()),
                () -> new Rest.Limited(Optional.of(Instant.now().plusSeconds(60))),
                Rest.Paused::new,
                Rest.AtConcurrency::new)) {
            try (Bench limited = new Bench()) {
                limited.session.whenEmpty = refusal;
                long begin = System.nanoTime();
                limited.start();
                until(() -> {
                    limited.session.wake();
                    return System.nanoTime() - begin > 60_000_000;
                });
                long tenths = (System.nanoTime() - begin) / 10_000_000;
                assertThat((long) limited.session.claims.get()).isLessThanOrEqualTo(tenths + 2);
            }
        }
    }

    @DisplayName("W3: a due moment ends the wait; one that has passed is not asked for without a pause")
    @Test
    void due() {
        AtomicInteger asked = new AtomicInteger();
        session.whenEmpty = () -> new Rest.Nothing(
                asked.incrementAndGet() > 3
                        ? Optional.empty()
                        : Optional.of(Instant.now().plusMillis(5)));
        bench.start();
        until(() -> asked.get() == 4);
    }

    @DisplayName("W1: no more is asked for than slots are free, and nothing while there is none")
    @Test
    void slots() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        bench.slots = new Slots(3);
        bench.handler = run -> {
            running.incrementAndGet();
            return Bench.waitingFor(release).apply(run);
        };
        bench.start(job("1"), job("2"), job("3"), job("4"), job("5"));
        until(() -> running.get() == 3);
        int claims = session.claims.get();
        session.wake();
        assertThat(staysShut(release)).isTrue();
        assertThat(session.claims).hasValue(claims);
        assertThat(session.waiting).hasSize(2);
        release.countDown();
        for (int i = 0; i < 5; i++) session.nextSettled();
        assertThat(running).hasValue(5);
    }

    @DisplayName("W9: ends that the store could not take are settled when it is back")
    @Test
    void storeAwayAtSettle() throws InterruptedException {
        AtomicInteger failures = new AtomicInteger();
        session.beforeSettle = () -> {
            if (failures.incrementAndGet() <= 2) throw away();
        };
        WorkerLoops loops = bench.start(job("a"));
        assertThat(session.nextOutcome()).isInstanceOf(Outcome.Completed.class);
        until(() -> loops.runningJobs() == 0);
        assertThat(failures).hasValue(3);
    }

    @DisplayName("W9: ends whose stage failed are settled again, and not in a storm")
    @Test
    void storeAwayAfterSettle() throws InterruptedException {
        AtomicInteger tries = new AtomicInteger();
        session.answer = settlement -> tries.incrementAndGet() <= 2
                ? CompletableFuture.failedFuture(away())
                : CompletableFuture.completedFuture(new Settled.LeaseLost());
        long begin = System.nanoTime();
        WorkerLoops loops = bench.start(job("a"));
        until(() -> tries.get() == 3);
        until(() -> loops.runningJobs() == 0);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(140));
    }

    @DisplayName("A settlement that fails for good is given up, so that the worker can close")
    @Test
    void settlementFails() {
        session.answer = settlement -> CompletableFuture.failedFuture(new BackendCorruptException("bad", null));
        WorkerLoops loops = bench.start(job("a"));
        until(() -> session.settled.size() == 1 && loops.runningJobs() == 0);
        assertThat(loops.close(Duration.ofSeconds(5))).isTrue();
    }

    @DisplayName("W9: the loop survives what no store should throw")
    @Test
    void survives() throws InterruptedException {
        AtomicInteger claims = new AtomicInteger();
        session.beforeClaim = () -> {
            int claim = claims.incrementAndGet();
            if (claim == 1) throw new IllegalStateException("a fault");
            if (claim == 2) throw new AssertionError("another");
            if (claim == 3) throw away();
        };
        bench.start(job("a"));
        assertThat(session.nextOutcome()).isInstanceOf(Outcome.Completed.class);
    }

    @DisplayName("W15: the error listener is told what the loop could not do, and of an interrupt; it goes on")
    @Test
    void troubles() throws InterruptedException {
        BlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
        bench.troubles.listen(told::add);
        AtomicInteger claims = new AtomicInteger();
        session.beforeClaim = () -> {
            if (claims.incrementAndGet() == 1) throw new IllegalStateException("a fault");
        };
        bench.start(job("a"));
        assertThat(told.poll(10, TimeUnit.SECONDS)).hasMessage("a fault");
        assertThat(session.nextOutcome()).isInstanceOf(Outcome.Completed.class);
        until(() -> session.waits.get() > 0);
        Bench.thread("aurochs-q-claim-1").interrupt();
        assertThat(told.poll(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        session.add(job("b"));
        assertThat(session.nextOutcome()).isInstanceOf(Outcome.Completed.class);
    }

    @DisplayName("W15: a lease loop that was interrupted goes on renewing, and one that failed tells")
    @Test
    void leasesGoOn() throws InterruptedException {
        BlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger renewals = new AtomicInteger();
        bench.troubles.listen(told::add);
        bench.lease = Duration.ofMillis(100);
        bench.handler = Bench.waitingFor(never);
        session.renewal = lease -> {
            if (renewals.incrementAndGet() == 1) throw away();
            return new Renewed.Held();
        };
        bench.start(job("a"));
        assertThat(told.poll(10, TimeUnit.SECONDS)).isInstanceOf(BackendUnavailableException.class);
        Bench.thread("aurochs-q-lease-1").interrupt();
        int before = renewals.get();
        until(() -> renewals.get() > before + 1);
        never.countDown();
    }

    @DisplayName("W9: a store that is away at the start does not stop a worker from starting")
    @Test
    void awayAtStart() throws InterruptedException {
        bench.backend.beforeSweep = () -> {
            throw away();
        };
        bench.start(job("a"));
        assertThat(session.nextOutcome()).isInstanceOf(Outcome.Completed.class);
    }

    @DisplayName("An executor that takes no more runs gets its jobs given back, and not in a storm")
    @Test
    void rejected() throws InterruptedException {
        AtomicInteger offered = new AtomicInteger();
        bench.executor = task -> {
            if (offered.incrementAndGet() <= 2) throw new RejectedExecutionException("full");
            bench.threads.execute(task);
        };
        session.answer = settlement -> {
            if (settlement.outcome() instanceof Outcome.GivenBack) session.add(job("a"));
            return CompletableFuture.completedFuture(new Settled.Done());
        };
        long begin = System.nanoTime();
        bench.start(job("a"));
        assertThat(session.nextOutcome()).isEqualTo(new Outcome.GivenBack());
        assertThat(session.nextOutcome()).isEqualTo(new Outcome.GivenBack());
        assertThat(session.nextOutcome()).isInstanceOf(Outcome.Completed.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(400));
    }

    @DisplayName("A rest that is over before the loop comes to wait is not followed by a long wait")
    @Test
    void restIsOver() throws InterruptedException {
        AtomicInteger offered = new AtomicInteger();
        bench.executor = task -> {
            if (offered.incrementAndGet() == 1) throw new RejectedExecutionException("full");
            bench.threads.execute(task);
        };
        session.answer = settlement -> {
            if (settlement.outcome() instanceof Outcome.GivenBack) session.waiting.add(job("a"));
            return CompletableFuture.completedFuture(new Settled.Done());
        };
        session.beforeSettle = () -> {
            long begin = System.nanoTime();
            until(() -> System.nanoTime() - begin > 300_000_000);
        };
        bench.start(job("a"));
        assertThat(session.nextOutcome()).isEqualTo(new Outcome.GivenBack());
        assertThat(session.nextOutcome()).isInstanceOf(Outcome.Completed.class);
    }

    @DisplayName("W2: a paused worker does not keep others from the slots they share")
    @Test
    void pausedInLine() throws Exception {
        Slots shared = new Slots(1);
        CountDownLatch release = new CountDownLatch(1);
        bench.slots = shared;
        bench.handler = Bench.waitingFor(release);
        try (Bench other = new Bench()) {
            other.slots = shared;
            bench.start(job("a"));
            until(() -> session.waiting.isEmpty());
            WorkerLoops paused = other.start(job("b"));
            paused.setPaused(true);
            session.add(job("c"));
            release.countDown();
            assertThat(session.nextOutcome()).isInstanceOf(Outcome.Completed.class);
            assertThat(session.nextSettled().lease().job().id().value()).isEqualTo("c");
            assertThat(other.session.waiting).hasSize(1);
            paused.setPaused(false);
            assertThat(other.session.nextSettled().lease().job().id().value()).isEqualTo("b");
        }
    }

    @DisplayName("W2: who waits for a slot comes next, however much the one before has to do")
    @Test
    void turns() throws Exception {
        Slots shared = new Slots(1);
        StringBuffer order = new StringBuffer();
        CountDownLatch go = new CountDownLatch(1);
        try (Bench other = new Bench()) {
            for (Bench each : List.of(bench, other)) {
                each.slots = shared;
                each.handler = run -> {
                    order.append(each == bench ? 'x' : 'y');
                    return Bench.waitingFor(go).apply(run);
                };
                for (int i = 0; i < 20; i++) each.session.add(job("j" + i));
            }
            bench.start();
            until(() -> order.length() == 1);
            other.start();
            until(() -> claimLoopsThatWait() == 2);
            go.countDown();
            for (int i = 0; i < 20; i++) {
                session.nextSettled();
                other.session.nextSettled();
            }
        }
        assertThat(order.toString())
                .as("x may have asked for its second before y came")
                .matches("xx?y.{37,38}");
    }

    private static long claimLoopsThatWait() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("aurochs-q-claim-1"))
                .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                .count();
    }

    private static BackendUnavailableException away() {
        return new BackendUnavailableException("gone", BackendUnavailableException.Outcome.UNKNOWN, null);
    }
}
