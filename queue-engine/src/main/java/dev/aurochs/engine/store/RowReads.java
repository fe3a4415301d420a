package dev.aurochs.engine.store;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.SessionId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads of rows. A row that cannot be decoded throws {@link DamagedRowException}. */
public interface RowReads {
    @Nullable
    StateRow state(JobRef job);

    @Nullable
    JobBody body(JobRef job);

    /**
     * The bodies of jobs that were claimed; those that are not there are left out. One that cannot be read throws.
     */
    Map<JobRef, JobBody> bodiesToRun(List<JobRef> jobs);

    /** Oldest first; empty when there are none. */
    List<Failure> failures(JobRef job);

    /** {@link QueueRow#untouched} when there is none. */
    QueueRow queue(QueueName queue);

    /** The queues that have a row. */
    Set<QueueName> queues();

    @Nullable
    SessionRow session(SessionId id);

    /** Null when there is none, also when it cannot be read: then nobody holds the id any more. */
    @Nullable
    DeduplicationRow deduplication(QueueName queue, String id);

    /** Null also when it cannot be read: then it is as if it were not there, but for a self-check. */
    @Nullable
    ScheduleRow schedule(QueueName queue, String id);

    /** Those that can be read, by their ids; behind {@code after}, or from the beginning when it is null. */
    List<ScheduleRow> schedules(QueueName queue, @Nullable String after, int max);

    @Nullable
    Child child(JobRef parent, JobRef child);

    /** In a stable order of the store's own; behind {@code after}, or from the beginning when it is null. */
    List<Child> children(JobRef parent, @Nullable JobRef after, int max);

    List<Place> places(PlaceScan scan);

    /** How many places there are; never a scan. */
    long count(QueueName queue, JobState state);

    /** How many waiting places have a rank above 0; never a scan. */
    long countPrioritized(QueueName queue);

    /** Log lines numbered from {@code from} (the first ever written is 0), as far as they are kept. */
    List<String> log(JobRef job, long from, int max);

    /** Event rows with a seq above {@code after}, ascending. */
    List<EventRow> events(QueueName queue, long after, int max);
}
