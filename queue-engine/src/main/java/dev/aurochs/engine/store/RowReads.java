package dev.aurochs.engine.store;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.SessionId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads of rows. A row that cannot be decoded throws {@link DamagedRowException}. */
public interface RowReads {
    @Nullable
    StateRow state(JobRef job);

    @Nullable
    JobBody body(JobRef job);

    /** Oldest first; empty when there are none. */
    List<Failure> failures(JobRef job);

    /** {@link QueueRow#untouched} when there is none. */
    QueueRow queue(QueueName queue);

    /** The queues that have a row. */
    Set<QueueName> queues();

    @Nullable
    SessionRow session(SessionId id);

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
