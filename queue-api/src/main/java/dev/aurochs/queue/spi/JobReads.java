package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks without touching. Each answer was true at one moment, per queue. */
public interface JobReads {
    /** In list order; empty for a job that is not there. A record that cannot be read throws. */
    List<Optional<JobRecord>> find(List<JobRef> jobs);

    JobCounts counts(QueueName queue);

    QueueSettings settings(QueueName queue);

    /** Next to run first; finished ones newest first. */
    Page<JobRecord> list(QueueName queue, JobState state, PageRequest page);

    Page<Child> children(JobRef parent, PageRequest page);

    /** Oldest first. */
    Page<String> log(JobRef job, PageRequest page);

    /** The names of all queues that were ever added to and not obliterated. */
    Set<QueueName> queues();
}
