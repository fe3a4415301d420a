package dev.aurochs.engine.store;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.SessionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows inside one step: reads see the step's own writes. Used by one thread, and not after the step has ended. */
public interface Rows extends RowReads {
    /** The first place in the order, or null; must not cost more when many were taken from the front before. */
    @Nullable
    Place first(QueueName queue, JobState state);

    /** The state of the job that stands at a place; to be preferred to {@link #state} where the place is known. */
    @Nullable
    StateRow stateAt(Place place);

    void putState(StateRow row);

    void putBody(JobBody body);

    /** An empty list deletes the row. */
    void putFailures(JobRef job, List<Failure> failures);

    /** Deletes all rows of a job: state, body, failures, log, children. Its place is taken away apart. */
    void deleteJob(StateRow last);

    /** Adds a place and counts it. It was not there before. */
    void putPlace(Place place);

    /** Takes a place away and counts it off. It was there. */
    void removePlace(Place place);

    void putQueue(QueueRow row);

    /** Deletes the queue's row, its events and its deduplication ids. */
    void deleteQueue(QueueName queue);

    void putSession(SessionRow row);

    void deleteSession(SessionId id);

    void putDeduplication(DeduplicationRow row);

    void deleteDeduplication(QueueName queue, String id);

    void putSchedule(ScheduleRow row);

    void deleteSchedule(QueueName queue, String id);

    void putChild(JobRef parent, Child child);

    void deleteChild(JobRef parent, JobRef child);

    void putLog(JobRef job, long number, String line);

    /** Deletes log lines from {@code from} up to, but without, {@code before}. */
    void deleteLog(JobRef job, long from, long before);

    void putEvents(QueueName queue, EventRow row);

    /** Deletes event rows from {@code from} up to, but without, {@code before}. */
    void deleteEvents(QueueName queue, long from, long before);

    /** Takes a place away whose rows cannot be read, and keeps their bytes aside for people to look at. */
    void quarantine(Place place, String problem);
}
