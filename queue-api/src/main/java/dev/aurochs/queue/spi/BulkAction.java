package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.JobState;
import java.time.Instant;

/** A change to many jobs of one queue. */
public sealed interface BulkAction {
    /** Removes jobs of one state that are older than a moment. */
    record Clean(JobState state, Instant olderThan) implements BulkAction {}

    /** Removes all waiting jobs, with {@code delayed} also the delayed ones. */
    record Drain(boolean delayed) implements BulkAction {}

    /** Makes the finished jobs of one kind wait again, those that finished up to a moment. */
    record RetryAll(JobState from, Instant until) implements BulkAction {}

    record PromoteAll() implements BulkAction {}

    /** Removes the queue with all its jobs; with {@code force} also running ones. */
    record Obliterate(boolean force) implements BulkAction {}

    record TrimEvents(long keep) implements BulkAction {}
}
