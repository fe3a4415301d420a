package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.JobState;
import java.time.Instant;

/**
 * A change to many jobs of one queue.
 *
 * <p>{@link Clean} and {@link Drain} take a parent of the same queue along when they remove the last child it waits
 * for; it does not count. Parents in other queues are released (rules K11, K12).
 */
public sealed interface BulkAction {
    /** Removes jobs of one state that are older than a moment: finished ones oldest first, others in list order. */
    record Clean(JobState state, Instant olderThan) implements BulkAction {}

    /** Removes all waiting jobs, with {@code delayed} also the delayed ones; spares the present jobs of schedules. */
    record Drain(boolean delayed) implements BulkAction {}

    /** Makes the finished jobs of one kind wait again, those that finished up to a moment. */
    record RetryAll(JobState from, Instant until) implements BulkAction {}

    record PromoteAll() implements BulkAction {}

    /** Removes the queue with all its jobs; with {@code force} also running ones. */
    record Obliterate(boolean force) implements BulkAction {}

    record TrimEvents(long keep) implements BulkAction {}
}
