package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.JobRef;
import java.time.Instant;

/** Changes to one job from outside. */
public interface JobControl {
    Changed change(JobRef job, JobChange change, Instant now);

    /** Removes a job that is not running; with children, the tree below it, none of which may be running. */
    Changed remove(JobRef job, boolean withChildren, Instant now);
}
