package dev.aurochs.rabbitmq.flow;

import dev.aurochs.queue.job.JobRecord;

/** A run of this process that gives its job children. */
public interface Running {
    /** The job, with its family. */
    JobRecord job();

    /** False once the job is somebody else's. */
    boolean isHeld();

    /** From now on it has a ledger. */
    void opened();
}
