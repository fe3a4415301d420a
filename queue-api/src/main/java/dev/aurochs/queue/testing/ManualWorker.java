package dev.aurochs.queue.testing;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.StopReason;
import dev.aurochs.queue.spi.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * A worker without threads, for tests: it takes each step of a worker when told to, in the calling thread, and what it
 * stores is what a worker would store (rule W16). Made by {@code Queues.worker(…).on(…).manual()}.
 *
 * <p>With {@code memory:} and {@link MutableTime} a test of delays and retries needs no waiting and no threads:
 *
 * <pre>{@code
 * MutableTime time = MutableTime.startingAt(Instant.parse("2030-01-01T08:00:00Z"));
 * try (Queues queues = Queues.builder("memory:").time(time).open()) {
 *     JobOptions twice = JobOptions.builder().attempts(2).backoff(Backoff.fixed(Duration.ofHours(1))).build();
 *     queues.queue("bills").add("pay", "invoice 7", twice);
 *     ManualWorker worker = queues.worker("bills").on("pay", String.class, bank::pay).manual();
 *
 *     bank.close();
 *     worker.runNext();                       // fails: the next run is due in an hour
 *     bank.open();
 *     assert worker.runNext().isEmpty();      // too early
 *     time.advance(Duration.ofHours(1));
 *     assert worker.runNext().get().outcome().get() instanceof Outcome.Completed;
 * }
 * }</pre>
 *
 * <p>Of the worker's options it uses all but the executor and the close grace. Its concurrency bounds how many jobs it
 * holds. A run timeout passes when the clock is a {@code MutableTime} that is moved while the handler runs. Jitter is
 * the same in every run of a test.
 *
 * <p>For one thread at a time. A handler may renew, sweep and move the clock, but take no other step. When the store is
 * away a step throws {@link BackendUnavailableException}, and what has ended is stored by the next step. After closing,
 * steps throw {@link IllegalStateException}.
 */
public interface ManualWorker extends AutoCloseable {
    /** How many runs {@link #runAll()} takes for endless. */
    int MOST_RUNS = 10_000;

    /**
     * Claims the next job, runs its handler, and returns once the end is stored. Empty when nothing can be claimed now:
     * nothing waits, or the queue is paused, limited or full. A job that must not run is failed unrun (rules R8, L6).
     *
     * @throws IllegalStateException when all slots are taken by jobs that are held
     */
    Optional<Ran> runNext();

    /** As {@link #runAll(int)} with {@value #MOST_RUNS}. */
    default List<Ran> runAll() {
        return runAll(MOST_RUNS);
    }

    /**
     * Runs the next job until nothing can be claimed now; answers the runs in their order.
     *
     * @param most takes more runs than this for endless, as with a job that is retried at once again and again
     * @throws IllegalStateException when it was more; what has run is stored
     */
    List<Ran> runAll(int most);

    /** Claims the next job that may run, and runs it not yet: it is active, as if its handler took long. */
    Optional<Held> hold();

    /** Renews the leases of all jobs held or running; answers which of them are to stop since, oldest claim first. */
    List<JobRef> renew();

    /** Recovers the jobs whose lease ran out, as any worker does from time to time; answers which. */
    List<JobRef> sweep();

    /** Gives back, at no attempt, what is held. Idempotent. */
    @Override
    void close();

    /**
     * A run that has ended.
     *
     * @param job as it was claimed
     * @param outcome how the run ended, as it was stored; empty when nothing was, because the lease was lost
     */
    record Ran(JobRecord job, Optional<Outcome> outcome) {}

    /** A job that was claimed and whose handler has not been called. Ends once, by one of its methods. */
    interface Held {
        /** As it was claimed. */
        JobRecord job();

        /** Why it is to stop, as {@link ManualWorker#renew} found out; its handler will not be called then. */
        Optional<StopReason> stopReason();

        /** Runs the handler and returns once the end is stored. */
        Ran run();

        /** Puts the job back to the front of its level, at no attempt. */
        Ran giveBack();
    }
}
