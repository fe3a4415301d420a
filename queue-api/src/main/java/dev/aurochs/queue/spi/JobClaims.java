package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.QueueName;
import java.time.Instant;
import java.util.List;

/** Where workers come in. */
public interface JobClaims {
    /** Opens a session for one worker on one queue. The caller closes it. */
    WorkSession attach(QueueName queue, WorkerProfile worker);

    /**
     * Gives jobs whose lease ran out to the next worker, each with one more stall; beyond {@code maxStalls} they
     * carry a
     * deferred failure (rules S1–S4). Answers the jobs it recovered; always empty where the broker recovers.
     */
    List<JobRef> recoverStalled(QueueName queue, WorkerProfile sweeper, Instant now);
}
