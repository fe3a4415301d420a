package dev.aurochs.rocksdb.bytes;

import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;

/**
 * Where a body lies: with those that were added with the same priority, so that a claim finds the bodies of a long
 * backlog side by side.
 */
public record BodyKey(JobRef job, int addedPriority) {
    public static BodyKey of(StateRow state) {
        return new BodyKey(state.job(), state.standing().addedPriority());
    }

    public static BodyKey of(JobBody body) {
        return new BodyKey(body.ref(), body.options().priority());
    }
}
