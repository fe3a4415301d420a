package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.QueueName;
import java.time.Instant;

/** Changes to a whole queue. */
public interface QueueControl {
    void configure(QueueName queue, QueueChange change, Instant now);

    /** Changes at most {@code budget} jobs, atomically per call; the caller repeats while there is more. */
    Swept sweep(QueueName queue, BulkAction action, int budget, Instant now);
}
