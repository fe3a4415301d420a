package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobRecord;
import java.time.Duration;

/** How long to wait after the {@code runsMade}-th failed run. */
@FunctionalInterface
public interface BackoffFunction {
    Duration delay(int runsMade, JobRecord job, Failure failure);
}
