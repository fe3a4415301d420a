package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.StopReason;
import dev.aurochs.queue.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
    private final Watchdog watchdog;
    private final NextRun next;
    private volatile boolean givingBack;

    /** @param patience how long a handler that was told to stop may take before its job is settled without it */
    Launcher(Attached worker, Settler settler, Duration patience, Watchdog watchdog) {
        this.setup = worker.setup();
        this.running = worker.running();
        this.settler = settler;
        this.bell = worker.bell();
        this.patience = patience;
        this.watchdog = watchdog;
        this.next = new NextRun(setup);
    }

    /** Begins the run, or settles at once what must not run. False when the executor took it not. */
    boolean launch(Run run) {
        return !admit(run) || begin(run);
    }

    /** Counts the run as running. False when it must not run; it is settled then. */
    boolean admit(Run run) {
        running.add(run);
        Instant now = now();
        NextRun.Verdict chained = givingBack ? NextRun.GO_ON : next.chain(run, now);
        if (chained instanceof NextRun.Verdict.Drop) drop(run);
        if (chained instanceof NextRun.Verdict.End ending) end(run, ending.outcome());
        if (!(chained instanceof NextRun.Verdict.GoOn)) return false;
        Optional<Outcome> unrun = DeferredFailures.check(record(run), now);
        if (unrun.isEmpty() && !givingBack) return true;
        end(run, unrun.orElseGet(Outcome.GivenBack::new));
        return false;
    }

    /** Begins an admitted run. False when the executor took it not. */
    boolean begin(Run run) {
        try {
            setup.executor().execute(() -> run(run));
            return true;
        } catch (RuntimeException | OutOfMemoryError full) {
            LOG.warn("queue '{}': no thread for job {}; it is given back: {}", setup.queue(), run.lease(), full);
            end(run, new Outcome.GivenBack());
            return false;
        }
    }

    /** Ends an admitted run that will not begin. */
    void giveBack(Run run) {
        end(run, new Outcome.GivenBack());
    }

    /** The handler was told to stop; if it does not return, the run is settled without it. */
    void awaitEnd(Run run) {
        watchdog.after(patience, () -> settleWithout(run));
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
        watchdog.close();
    }

    private void run(Run run) {
        if (givingBack) stop(run);
        Outcome outcome = new Outcome.GivenBack();
        if (run.begin()) {
            Runnable returned = watch(run);
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
                returned.run();
            }
        }
        end(run, outcome);
    }

    /** The run is not this worker's any more. */
    private void drop(Run run) {
        if (run.takeSettling()) running.remove(run);
        setup.slots().release(1);
        bell.ring();
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

    /** The answer is to be called when the handler has returned. */
    private Runnable watch(Run run) {
        Duration timeout = record(run).options().timeout().orElse(setup.timeout());
        return timeout == null ? () -> {} : watchdog.after(timeout, () -> timeOut(run, timeout));
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
