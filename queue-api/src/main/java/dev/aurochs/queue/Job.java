package dev.aurochs.queue;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import java.util.Optional;

/** A handle on a job that was added: its address, and calls on it. Holds no state of its own; thread-safe. */
public final class Job {
    private final Queue queue;
    private final JobRef ref;
    private final boolean stored;

    Job(Queue queue, JobRef ref, boolean stored) {
        this.queue = queue;
        this.ref = ref;
        this.stored = stored;
    }

    public JobId id() {
        return ref.id();
    }

    public JobRef ref() {
        return ref;
    }

    /**
     * False when nothing was stored: a job with this own id was already there, or this job holds the deduplication id.
     */
    public boolean isNew() {
        return stored;
    }

    /** The job as it is now; empty when it is gone. */
    public Optional<JobRecord> look() {
        return queue.find(ref.id().value());
    }

    /** As {@link Queue#promote}. */
    public void promote() {
        queue.promote(ref.id().value());
    }

    /** As {@link Queue#retry}. */
    public void retry() {
        queue.retry(ref.id().value());
    }

    /** As {@link Queue#remove}. */
    public void remove() {
        queue.remove(ref.id().value());
    }

    @Override
    public String toString() {
        return ref.toString();
    }
}
