package dev.aurochs.queue.internal;

import dev.aurochs.queue.internal.ClaimLoop.Ending;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.StopReason;
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
    /** How long a handler that was told to stop may take to return before its job is settled without it. */
    private static final Duration OVERDUE = Duration.ofSeconds(10);

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
     * Stops claiming, waits up to {@code grace} for running jobs, then interrupts the rest and gives them back as their
     * handlers return (at the latest after 10 s), then stops renewing. An interrupt of the calling thread ends the
     * grace.
     * When it returns, everything that could be settled is, and no thread of the loops is left.
     *
     * @return true when all running jobs ended by themselves
     */
    public boolean close(Duration grace) {
        claims.stopClaiming();
        boolean interrupted = false;
        boolean ended = false;
        try {
            ended = running.awaitNone(System.nanoTime() + grace.toNanos());
        } catch (InterruptedException graceIsOver) {
            interrupted = true;
        }
        if (!ended) interrupted |= giveBackAll();
        claims.stop();
        interrupted |= !joined(claimThread);
        sweeper.close();
        keeper.close();
        watchdog.shutdownNow();
        session.close();
        if (interrupted) Thread.currentThread().interrupt();
        LOG.info("worker '{}' stopped on queue '{}'", setup.profile().name(), setup.queue());
        return ended;
    }

    /** True when the calling thread was interrupted meanwhile. */
    private boolean giveBackAll() {
        for (Run run : running.all()) run.stop(StopReason.CLOSING, "the worker is closing");
        boolean interrupted = false;
        try {
            if (running.awaitNone(System.nanoTime() + OVERDUE.toNanos())) return false;
        } catch (InterruptedException waitNoLonger) {
            interrupted = true;
        }
        for (Run run : running.all()) settleOnce(run, new Outcome.GivenBack());
        return interrupted;
    }

    private static boolean joined(Thread thread) {
        try {
            thread.join(OVERDUE.toMillis());
            return true;
        } catch (InterruptedException stopped) {
            return false;
        }
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
        StopReason stopped = run.stopped();
        if (stopped == StopReason.LEASE_LOST) {
            if (run.takeSettling()) running.remove(run);
        } else {
            settleOnce(run, stopped == null ? outcome : stoppedOutcome(run, stopped, outcome));
        }
        setup.slots().release(1);
        claims.nudge();
    }

    private Outcome stoppedOutcome(Run run, StopReason stopped, Outcome outcome) {
        if (outcome instanceof Outcome.Completed) return outcome;
        if (stopped == StopReason.CLOSING) return new Outcome.GivenBack();
        JobRecord job = run.claimed().record();
        Instant now = setup.time().instant();
        Failure failure = Failure.of(String.valueOf(run.stopReason()), now);
        return stopped == StopReason.CANCELLED
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
        if (!run.stop(StopReason.TIMED_OUT, reason)) return;
        JobRecord job = run.claimed().record();
        watchdog.schedule(
                () -> {
                    Instant now = setup.time().instant();
                    settleOnce(run, setup.retries().afterFailure(job, Failure.of(reason, now), now));
                },
                OVERDUE.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void settleOnce(Run run, Outcome outcome) {
        if (run.takeSettling()) settle(new Ending(run, new Settlement(run.lease(), outcome)));
    }

    private void settle(Ending ending) {
        claims.settle(ending);
    }
}
