package dev.aurochs.queue.internal;

import dev.aurochs.queue.internal.ClaimLoop.Ending;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.WorkSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The four loops of one worker, wired together: claim, run, renew, sweep. */
public final class WorkerLoops {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLoops.class);
    private static final Duration OVERDUE_GRACE = Duration.ofSeconds(5);

    private final WorkerSetup setup;
    private final WorkSession session;
    private final RunningJobs running = new RunningJobs();
    private final ClaimLoop claims;
    private final Thread claimThread;
    private final PeriodicLoop keeper;
    private final PeriodicLoop sweeper;
    private final ScheduledExecutorService watchdog;

    public WorkerLoops(WorkerSetup setup) {
        this.setup = setup;
        String queue = setup.queue().value();
        session = setup.backend().attach(setup.queue(), setup.profile());
        claims = new ClaimLoop(setup, session, new Settler(setup, running, this::settle), this::start);
        claimThread = Threads.named(queue, "claim", 1, false, claims);
        LeaseKeeper leases = new LeaseKeeper(session, running, setup.time());
        keeper = new PeriodicLoop(queue, "lease", setup.profile().lease().dividedBy(2), leases::runOnce);
        StalledSweeper stalled = new StalledSweeper(setup);
        sweeper = new PeriodicLoop(queue, "sweep", setup.profile().sweepEvery(), stalled::runOnce);
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, Threads.factory(queue, "timeout"));
        timer.setRemoveOnCancelPolicy(true);
        watchdog = timer;
    }

    /** Recovers what a dead owner left behind, then begins to claim. */
    public void start() {
        new StalledSweeper(setup).runOnce();
        keeper.start();
        sweeper.start();
        claimThread.start();
        LOG.info("worker '{}' started on queue '{}'", setup.profile().name(), setup.queue());
    }

    public void setPaused(boolean paused) {
        claims.setPaused(paused);
    }

    /** Looks for work now: the clock was moved, or the capacity changed. */
    public void nudge() {
        claims.nudge();
    }

    public void resize(int capacity) {
        setup.slots().resize(capacity);
        session.resize(capacity);
        claims.nudge();
    }

    public int runningJobs() {
        return running.count();
    }

    /** No claim begins after this; running jobs go on. */
    public void stopClaiming() {
        claims.stopClaiming();
    }

    /**
     * Stops claiming, waits up to {@code grace} for running jobs, interrupts and gives back the rest, then stops renewing.
     * When it returns, everything that could be settled is, and no thread of the loops is left.
     */
    public void close(Duration grace) {
        claims.stopClaiming();
        boolean interrupted = false;
        try {
            long now = System.nanoTime();
            if (!running.awaitNone(now + grace.toNanos())) {
                for (Run run : running.all()) giveBack(run);
                running.awaitNone(System.nanoTime() + OVERDUE_GRACE.toNanos());
            }
        } catch (InterruptedException stopped) {
            interrupted = true;
            for (Run run : running.all()) giveBack(run);
        }
        claims.stop();
        if (Thread.currentThread() != claimThread) interrupted |= !joined(claimThread);
        sweeper.close();
        keeper.close();
        watchdog.shutdownNow();
        session.close();
        if (interrupted) Thread.currentThread().interrupt();
        LOG.info("worker '{}' stopped on queue '{}'", setup.profile().name(), setup.queue());
    }

    private static boolean joined(Thread thread) {
        try {
            thread.join(OVERDUE_GRACE.toMillis() * 2);
            return true;
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    private void giveBack(Run run) {
        if (run.stop(Run.Stop.GIVEN_BACK, "the worker is closing")) settleOnce(run, new Outcome.GivenBack());
    }

    private void start(Run run) {
        running.add(run);
        Optional<Outcome> unrun =
                DeferredFailures.check(run.claimed().record(), setup.time().instant());
        if (unrun.isPresent()) {
            settleOnce(run, unrun.get());
            setup.slots().release(1);
            return;
        }
        try {
            setup.executor().execute(() -> run(run));
        } catch (RejectedExecutionException closed) {
            settleOnce(run, new Outcome.GivenBack());
            setup.slots().release(1);
        }
    }

    private void run(Run run) {
        ScheduledFuture<?> timeout = watch(run);
        Outcome outcome;
        run.begin();
        try {
            outcome = setup.runner().run(run);
        } finally {
            run.end();
            if (timeout != null) timeout.cancel(false);
        }
        Run.Stop stopped = run.stopped();
        if (stopped == Run.Stop.LEASE_LOST) {
            if (run.takeSettling()) running.remove(run);
        } else {
            settleOnce(run, stopped == null ? outcome : stoppedOutcome(run, stopped, outcome));
        }
        setup.slots().release(1);
        claims.nudge();
    }

    private Outcome stoppedOutcome(Run run, Run.Stop stopped, Outcome outcome) {
        if (stopped == Run.Stop.GIVEN_BACK || outcome instanceof Outcome.Completed) return outcome;
        JobRecord job = run.claimed().record();
        Instant now = setup.time().instant();
        Failure failure = Failure.of(String.valueOf(run.stopReason()), now);
        return stopped == Run.Stop.CANCELLED
                ? setup.retries().forGood(job, failure)
                : setup.retries().afterFailure(job, failure, now);
    }

    private @Nullable ScheduledFuture<?> watch(Run run) {
        Duration timeout = run.claimed().record().options().timeout().orElse(setup.timeout());
        if (timeout == null) return null;
        return watchdog.schedule(() -> timeOut(run, timeout), timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Interrupts a run that took too long; one that does not react is settled without it a little later. */
    private void timeOut(Run run, Duration timeout) {
        String reason = "timed out after " + timeout.toMillis() + " ms";
        if (!run.stop(Run.Stop.TIMED_OUT, reason)) return;
        JobRecord job = run.claimed().record();
        watchdog.schedule(
                () -> {
                    Instant now = setup.time().instant();
                    settleOnce(run, setup.retries().afterFailure(job, Failure.of(reason, now), now));
                },
                OVERDUE_GRACE.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void settleOnce(Run run, Outcome outcome) {
        if (run.takeSettling()) settle(new Ending(run, new Settlement(run.lease(), outcome)));
    }

    private void settle(Ending ending) {
        claims.settle(ending);
    }
}
