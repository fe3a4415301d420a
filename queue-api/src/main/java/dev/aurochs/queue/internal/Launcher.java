package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.StopReason;
import dev.aurochs.queue.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins runs, stops those that take too long, and hands over how they ended. Every run that is launched is settled
 * exactly once, and its slot given back when its handler has returned.
 */
final class Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

    private final WorkerSetup setup;
    private final RunningJobs running;
    private final Settler settler;
    private final Bell bell;
    private final Duration patience;
    private final ScheduledThreadPoolExecutor watchdog;
    private volatile boolean givingBack;

    /** @param patience how long a handler that was told to stop may take before its job is settled without it */
    Launcher(Attached worker, Settler settler, Duration patience) {
        this.setup = worker.setup();
        this.running = worker.running();
        this.settler = settler;
        this.bell = worker.bell();
        this.patience = patience;
        watchdog =
                new ScheduledThreadPoolExecutor(1, Threads.factory(setup.queue().value(), "timeout"));
        watchdog.setRemoveOnCancelPolicy(true);
    }

    /** Begins the run, or settles at once what must not run. False when the executor took it not. */
    boolean launch(Run run) {
        running.add(run);
        Optional<Outcome> unrun =
                DeferredFailures.check(run.claimed().record(), setup.time().instant());
        if (unrun.isPresent() || givingBack) {
            end(run, unrun.orElseGet(Outcome.GivenBack::new));
            return true;
        }
        try {
            setup.executor().execute(() -> run(run));
            return true;
        } catch (RuntimeException | OutOfMemoryError full) {
            LOG.warn("queue '{}': no thread for job {}; it is given back: {}", setup.queue(), run.lease(), full);
            end(run, new Outcome.GivenBack());
            return false;
        }
    }

    /** The handler was told to stop; if it does not return, the run is settled without it. */
    void awaitEnd(Run run) {
        try {
            watchdog.schedule(() -> settleWithout(run), patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("job {} is given back by the closing worker", run.lease().job());
        }
    }

    /** Tells all runs to stop, gives back at once those that have not begun, and from now on whatever is launched. */
    void stopAll() {
        givingBack = true;
        for (Run run : running.all()) {
            stop(run);
            if (!run.hasBegun()) settleWithout(run);
        }
        bell.ring();
    }

    /** Settles what its handlers would not end. */
    void giveUpAll() {
        running.all().forEach(this::settleWithout);
    }

    /** The timer takes nothing more. */
    void close() {
        watchdog.shutdownNow();
    }

    private void run(Run run) {
        if (givingBack) stop(run);
        Outcome outcome = new Outcome.GivenBack();
        if (run.begin()) {
            ScheduledFuture<?> timeout = watch(run);
            try {
                outcome = setup.runner().run(run);
            } catch (Throwable broken) {
                LOG.error(
                        "the runner of queue '{}' threw at job {}",
                        setup.queue(),
                        run.lease().job(),
                        broken);
                outcome = setup.retries().afterFailure(record(run), failure(broken.toString()), now());
            } finally {
                run.end();
                if (timeout != null) timeout.cancel(false);
            }
        }
        end(run, outcome);
    }

    private static void stop(Run run) {
        run.stop(StopReason.CLOSING, "the worker is closing");
    }

    private void end(Run run, Outcome outcome) {
        settle(run, outcome);
        setup.slots().release(1);
        bell.ring();
    }

    private void settleWithout(Run run) {
        settle(run, new Outcome.GivenBack());
        bell.ring();
    }

    private void settle(Run run, Outcome outcome) {
        if (!run.takeSettling()) return;
        StopReason stopped = run.stopped();
        if (stopped == StopReason.LEASE_LOST) running.remove(run);
        else settler.put(Ending.of(run, stopped == null ? outcome : whenStopped(run, stopped, outcome)));
    }

    /** Only closing lets a run end as it likes, if it completes; what else it returned may come from the interrupt. */
    private Outcome whenStopped(Run run, StopReason stopped, Outcome outcome) {
        if (stopped == StopReason.CLOSING)
            return outcome instanceof Outcome.Completed ? outcome : new Outcome.GivenBack();
        Failure failure = failure(String.valueOf(run.stopReason()));
        return stopped == StopReason.CANCELLED
                ? setup.retries().forGood(record(run), failure)
                : setup.retries().afterFailure(record(run), failure, now());
    }

    private @Nullable ScheduledFuture<?> watch(Run run) {
        Duration timeout = record(run).options().timeout().orElse(setup.timeout());
        if (timeout == null) return null;
        try {
            return watchdog.schedule(() -> timeOut(run, timeout), timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            return null;
        }
    }

    private void timeOut(Run run, Duration timeout) {
        if (run.stop(StopReason.TIMED_OUT, "timed out after " + timeout.toMillis() + " ms")) awaitEnd(run);
    }

    private static JobRecord record(Run run) {
        return run.claimed().record();
    }

    private Failure failure(String message) {
        return Failure.of(message, now());
    }

    private Instant now() {
        return setup.time().instant();
    }
}
