package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.QueueName;
import java.time.Instant;
import java.util.Optional;

/** The deduplication ids of a queue (rule A18). Needs the capability {@code DEDUPLICATION}. */
public interface Deduplications {
    /** The job that holds a deduplication id, finished or not; empty when none does, or its time is over. */
    Optional<JobId> deduplicationOwner(QueueName queue, String deduplicationId, Instant now);

    /** Takes a deduplication id away from the job that holds it; false when none does. The job itself goes on. */
    boolean releaseDeduplication(QueueName queue, String deduplicationId, Instant now);
}
