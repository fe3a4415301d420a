package dev.aurochs.queue.internal;

import static dev.aurochs.queue.internal.Bench.soon;
import static dev.aurochs.queue.internal.Bench.staysShut;
import static dev.aurochs.queue.internal.Bench.until;
import static dev.aurochs.queue.internal.Records.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.StopReason;
import dev.aurochs.queue.spi.Outcome;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closing a worker, whatever it is doing (rule W10). */
@Timeout(60)
class WorkerCloseTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Bench bench = new Bench();
    private final FakeSession session = bench.session;

    @AfterEach
    void close() {
        bench.close();
    }

    @DisplayName("W10: a running job ends, its end is stored, and no thread is left")
    @Test
    void graceful() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        bench.handler = Bench.waitingFor(release);
        WorkerLoops loops = bench.start(job("a"), job("b"));
        until(() -> loops.runningJobs() == 1);
        CompletableFuture<Boolean> closed = bench.async(() -> loops.close(LONG));
        assertThat(staysShut(release)).isTrue();
        assertThat(closed).isNotDone();
        release.countDown();
        assertThat(soon(closed)).isTrue();
        assertThat(session.nextOutcome()).isInstanceOf(Outcome.Completed.class);
        assertThat(session.waiting).as("not claimed any more").hasSize(1);
        assertThat(session.closed).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("aurochs-q-"));
    }

    @DisplayName("W10: a claim under way is waited for; what it brings still runs and is settled")
    @Test
    void claimUnderWay() throws Exception {
        CountDownLatch claiming = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        session.beforeClaim = () -> {
            claiming.countDown();
            Bench.uninterruptibly(answer);
        };
        WorkerLoops loops = bench.start(job("a"));
        soon(claiming);
        CompletableFuture<Boolean> closed = bench.async(() -> loops.close(LONG));
        until(() -> loops.runningJobs() == 0);
        assertThat(staysShut(answer)).isTrue();
        answer.countDown();
        assertThat(soon(closed)).isTrue();
        assertThat(session.nextOutcome()).isInstanceOf(Outcome.Completed.class);
    }

    @DisplayName("W10: what a claim brings when the grace is over is given back unrun")
    @Test
    void claimAfterGrace() throws Exception {
        CountDownLatch claiming = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(1);
        bench.handler = run -> {
            ran.countDown();
            return new Outcome.GivenBack();
        };
        session.beforeClaim = () -> {
            claiming.countDown();
            Bench.uninterruptibly(answer);
        };
        WorkerLoops loops = bench.start(job("a"));
        soon(claiming);
        CompletableFuture<Boolean> closed = bench.async(() -> loops.close(Duration.ZERO));
        assertThat(staysShut(ran)).isTrue();
        answer.countDown();
        assertThat(soon(closed)).isFalse();
        assertThat(session.nextOutcome()).isEqualTo(new Outcome.GivenBack());
        assertThat(staysShut(ran)).isTrue();
    }

    @DisplayName("W10: after the grace a handler is interrupted and its job given back; one that completes, completes")
    @Test
    void graceOver() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicReference<StopReason> reason = new AtomicReference<>();
        CountDownLatch entered = new CountDownLatch(2);
        bench.slots = new Slots(2);
        bench.handler = run -> {
            entered.countDown();
            Outcome outcome = Bench.waitingFor(never).apply(run);
            reason.set(run.stopped());
            boolean completes = run.lease().job().id().value().equals("completes");
            return completes
                    ? new Outcome.Completed(run.claimed().record().body().payload())
                    : outcome;
        };
        WorkerLoops loops = bench.start(job("a"), job("completes"));
        soon(entered);
        assertThat(loops.close(Duration.ofMillis(20))).isFalse();
        assertThat(reason.get()).isEqualTo(StopReason.CLOSING);
        assertThat(session.settled).hasSize(2).anySatisfy(end -> {
            assertThat(end.lease().job().id().value()).isEqualTo("a");
            assertThat(end.outcome()).isEqualTo(new Outcome.GivenBack());
        });
        assertThat(session.settled).anyMatch(end -> end.outcome() instanceof Outcome.Completed);
    }

    @DisplayName("W10: a handler that ignores the interrupt has its job given back without it, once")
    @Test
    void deaf() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch returned = new CountDownLatch(1);
        bench.patience = Duration.ofMillis(30);
        bench.handler = run -> {
            entered.countDown();
            Outcome outcome = Bench.deaf(release).apply(run);
            returned.countDown();
            return outcome;
        };
        WorkerLoops loops = bench.start(job("a"));
        soon(entered);
        CompletableFuture<Boolean> closed = bench.async(() -> loops.close(Duration.ZERO));
        assertThat(session.nextOutcome()).isEqualTo(new Outcome.GivenBack());
        release.countDown();
        assertThat(soon(closed)).isFalse();
        soon(returned);
        assertThat(session.settled).isEmpty();
    }

    @DisplayName("W10: jobs that no thread has begun are given back at once and never run")
    @Test
    void unbegun() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        var single = Executors.newSingleThreadExecutor();
        bench.executor = single;
        bench.slots = new Slots(3);
        StringBuffer ran = new StringBuffer();
        bench.handler = run -> {
            ran.append(run.lease().job().id());
            return Bench.waitingFor(never).apply(run);
        };
        WorkerLoops loops = bench.start(job("a"), job("b"), job("c"));
        until(() -> loops.runningJobs() == 3 && ran.length() == 1);
        assertThat(loops.close(Duration.ZERO)).isFalse();
        for (int i = 0; i < 3; i++) assertThat(session.nextOutcome()).isEqualTo(new Outcome.GivenBack());
        soon(bench.async(() -> single.submit(() -> ran.append('.')).get()));
        single.shutdown();
        assertThat(ran).hasToString("a.");
    }

    @DisplayName("W10: an interrupt of the closing thread ends the grace; a second one the wait for handlers")
    @Test
    void interruptedCloser() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        bench.handler = run -> {
            entered.countDown();
            Bench.waitingFor(release).apply(run);
            interrupted.countDown();
            return Bench.deaf(release).apply(run);
        };
        WorkerLoops loops = bench.start(job("a"));
        soon(entered);
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread closer = new Thread(() -> {
            loops.close(LONG);
            flag.complete(Thread.currentThread().isInterrupted());
        });
        closer.start();
        until(() -> closer.getState() == Thread.State.TIMED_WAITING);
        closer.interrupt();
        soon(interrupted);
        until(() -> closer.getState() == Thread.State.TIMED_WAITING);
        closer.interrupt();
        assertThat(session.nextOutcome()).isEqualTo(new Outcome.GivenBack());
        assertThat(soon(flag)).as("the interrupt is not swallowed").isTrue();
        release.countDown();
        assertThat(session.closed).isTrue();
    }

    @DisplayName("W10: whenever it is closed, the claim loop ends at once")
    @Test
    void atAnyMoment() {
        Random random = new Random(5);
        for (int round = 0; round < 1_000; round++) {
            try (Bench each = new Bench()) {
                WorkerLoops loops = each.start();
                long begin = System.nanoTime();
                long moment = random.nextInt(300_000);
                until(() -> System.nanoTime() - begin > moment);
                loops.close(LONG);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
            }
        }
    }

    @DisplayName("W10: a store that stays away does not keep a worker from closing")
    @Test
    void storeAway() throws Exception {
        bench.patience = Duration.ofMillis(30);
        session.beforeSettle = () -> {
            throw new BackendUnavailableException("gone", BackendUnavailableException.Outcome.UNKNOWN, null);
        };
        WorkerLoops loops = bench.start(job("a"));
        until(() -> loops.runningJobs() == 1);
        Thread closer = new Thread(() -> loops.close(Duration.ZERO));
        closer.start();
        closer.join(20_000);
        assertThat(closer.isAlive()).isFalse();
        assertThat(session.closed).isTrue();
    }
}
