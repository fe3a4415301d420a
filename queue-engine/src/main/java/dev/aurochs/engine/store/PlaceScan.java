package dev.aurochs.engine.store;

import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * Which places to list.
 *
 * @param backwards from the end of the order
 * @param after begin behind this place, or null for the beginning; the place itself need not exist any more
 * @param skip how many to pass over first
 */
public record PlaceScan(
        QueueName queue,
        JobState state,
        boolean backwards,
        @Nullable Place after,
        long skip,
        int max) {
    public static PlaceScan from(QueueName queue, JobState state, @Nullable Place after, int max) {
        return new PlaceScan(queue, state, false, after, 0, max);
    }
}
