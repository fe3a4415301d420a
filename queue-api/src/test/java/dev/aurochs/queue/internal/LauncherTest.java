package dev.aurochs.queue.internal;

import static dev.aurochs.queue.internal.Bench.soon;
import static dev.aurochs.queue.internal.Bench.staysShut;
import static dev.aurochs.queue.internal.Bench.until;
import static dev.aurochs.queue.internal.Records.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.StopReason;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Renewed;
import dev.aurochs.queue.spi.Settled;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that are stopped, and what is settled then (rules R8, R10, W5, W6). */
@Timeout(60)
class LauncherTest {
    private static final Duration BRIEF = Duration.ofMillis(20);
    private static final Duration SHORT_LEASE = Duration.ofMillis(100);

    private final Bench bench = new Bench();
    private final FakeSession session = bench.session;
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        never.countDown();
        bench.close();
    }

    @DisplayName("R10: a run that takes too long is interrupted and counts as a failed attempt, whatever it returns")
    @Test
    void timeout() throws Exception {
        AtomicReference<StopReason> reason = new AtomicReference<>();
        bench.handler = run -> {
            Outcome interrupted = Bench.waitingFor(never).apply(run);
            assertThat(interrupted).isInstanceOf(Outcome.Failed.class);
            reason.set(run.stopped());
            return new Outcome.Completed(run.claimed().record().body().payload());
        };
        bench.start(job("a", JobOptions.builder().timeout(BRIEF).attempts(2).build()));
        assertThat(session.nextOutcome())
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.reason()).isEqualTo("timed out after 20 ms"));
        assertThat(reason.get()).isEqualTo(StopReason.TIMED_OUT);
    }

    @DisplayName("R10: the worker's timeout holds for jobs that bring none")
    @Test
    void workersTimeout() throws Exception {
        bench.timeout = BRIEF;
        bench.handler = Bench.waitingFor(never);
        bench.start(job("a"));
        assertThat(session.nextOutcome()).isInstanceOf(Outcome.Failed.class);
    }

    @DisplayName("R10: a run that ends in time is not timed out later")
    @Test
    void inTime() throws Exception {
        bench.timeout = Duration.ofSeconds(30);
        WorkerLoops loops = bench.start(job("a"));
        assertThat(session.nextOutcome()).isInstanceOf(Outcome.Completed.class);
        until(() -> loops.runningJobs() == 0);
    }

    @DisplayName("R10: a handler that ignores the interrupt is settled without, and keeps its slot until it returns")
    @Test
    void deaf() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        bench.patience = BRIEF;
        bench.timeout = BRIEF;
        bench.handler = run -> run.lease().job().id().value().equals("deaf")
                ? Bench.deaf(release).apply(run)
                : new Outcome.Completed(run.claimed().record().body().payload());
        bench.start(job("deaf"), job("next"));
        assertThat(session.nextOutcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(staysShut(release)).isTrue();
        assertThat(session.waiting).as("the slot is still taken").hasSize(1);
        release.countDown();
        assertThat(session.nextSettled().lease().job().id().value()).isEqualTo("next");
    }

    @DisplayName("W6: a cancelled job is interrupted and fails for good with the reason")
    @Test
    void cancelled() throws Exception {
        bench.lease = SHORT_LEASE;
        bench.handler = Bench.waitingFor(never);
        session.renewal = lease -> new Renewed.Cancel("not wanted");
        bench.start(job("a", JobOptions.builder().attempts(9).build()));
        assertThat(session.nextOutcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo("not wanted"));
    }

    @DisplayName("W6: a cancelled job whose handler ignores the interrupt fails without it")
    @Test
    void cancelledDeaf() throws Exception {
        bench.lease = SHORT_LEASE;
        bench.patience = BRIEF;
        CountDownLatch release = new CountDownLatch(1);
        bench.handler = Bench.deaf(release);
        session.renewal = lease -> new Renewed.Cancel("not wanted");
        bench.start(job("a"));
        assertThat(session.nextOutcome()).isInstanceOf(Outcome.Failed.class);
        release.countDown();
    }

    @DisplayName("W5: a run whose lease is lost is interrupted and its result dropped; the worker goes on")
    @Test
    void lostLease() throws Exception {
        bench.lease = SHORT_LEASE;
        AtomicReference<StopReason> reason = new AtomicReference<>();
        JobRef lost = JobRef.of("q", "lost");
        CountDownLatch entered = new CountDownLatch(1);
        session.renewal =
                lease -> lease.job().equals(lost) && entered.getCount() == 0 ? new Renewed.Lost() : new Renewed.Held();
        bench.handler = run -> {
            if (run.lease().job().equals(lost)) {
                entered.countDown();
                Bench.waitingFor(never).apply(run);
                reason.set(run.stopped());
            }
            return new Outcome.Completed(run.claimed().record().body().payload());
        };
        WorkerLoops loops = bench.start(job("lost"), job("next"));
        assertThat(session.nextSettled().lease().job().id().value()).isEqualTo("next");
        assertThat(reason.get()).isEqualTo(StopReason.LEASE_LOST);
        until(() -> loops.runningJobs() == 0);
        assertThat(session.settled).isEmpty();
    }

    @DisplayName("W5: one renewal that fails is tried again before the lease is over")
    @Test
    void renewalFails() throws Exception {
        bench.lease = Duration.ofSeconds(5);
        AtomicInteger renewals = new AtomicInteger();
        CountDownLatch again = new CountDownLatch(2);
        CountDownLatch done = new CountDownLatch(1);
        session.renewal = lease -> {
            again.countDown();
            if (renewals.incrementAndGet() == 1) throw new IllegalStateException("a hiccup");
            return new Renewed.Held();
        };
        bench.handler = Bench.waitingFor(done);
        long begin = System.nanoTime();
        bench.start(job("a"));
        soon(again);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(4_500));
        done.countDown();
        assertThat(session.nextOutcome()).isInstanceOf(Outcome.Completed.class);
    }

    @DisplayName("R8: a job with a deferred failure is failed without running, and its slot is free again")
    @Test
    void deferred() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        bench.handler = run -> {
            ran.set(true);
            return new Outcome.GivenBack();
        };
        JobRecord dead = job("a", JobOptions.defaults(), 0, "job stalled more than allowable limit");
        bench.start(dead, dead, dead);
        for (int i = 0; i < 3; i++) assertThat(session.nextOutcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(ran).isFalse();
    }

    @DisplayName("A runner that throws, which it must not, is a failed run and costs no slot")
    @Test
    void runnerThrows() throws Exception {
        bench.handler = run -> {
            throw new StackOverflowError();
        };
        bench.start(job("a"), job("b"));
        assertThat(session.nextOutcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(session.nextOutcome()).isInstanceOf(Outcome.Failed.class);
    }

    @DisplayName("F3, F4: an end that children forbid becomes a failed run")
    @Test
    void childrenForbid() throws Exception {
        AtomicInteger answers = new AtomicInteger();
        List<Settled> script = List.of(
                new Settled.ChildrenPending(),
                new Settled.Done(),
                new Settled.ChildrenFailed(List.of(JobRef.of("d", "1"), JobRef.of("c", "7"))),
                new Settled.Done(),
                new Settled.Refused("too large"),
                new Settled.Done());
        session.answer = settlement -> CompletableFuture.completedFuture(script.get(answers.getAndIncrement()));
        bench.start(job("a", JobOptions.builder().attempts(2).build()), job("b"), job("c"));
        assertThat(session.nextOutcome()).isInstanceOf(Outcome.Completed.class);
        List<Outcome> rest = List.of(
                session.nextOutcome(),
                session.nextOutcome(),
                session.nextOutcome(),
                session.nextOutcome(),
                session.nextOutcome());
        assertThat(rest)
                .anySatisfy(end -> assertThat(end)
                        .isInstanceOfSatisfying(
                                Outcome.Retry.class,
                                retry -> assertThat(retry.reason()).contains("children are pending")));
        assertThat(rest)
                .anySatisfy(end -> assertThat(end)
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed -> assertThat(failed.reason()).isEqualTo("child c:7 failed, and 1 more")));
        assertThat(rest)
                .anySatisfy(end -> assertThat(end)
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed -> assertThat(failed.reason()).isEqualTo("not storable: too large")));
    }
}
