package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.job.ScheduleRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * Jobs that come again (rules J1–J12). Needs {@link Capability#SCHEDULES}. Cron is computed above this line,
 * {@code every} below it.
 */
public interface Schedules {
    /** What became of an upsert. Everything but {@link Pending} has changed nothing. */
    sealed interface Upserted {
        /** The one pending run. */
        record Pending(JobId job, Instant slot) implements Upserted {}

        /** Another job than the pending run has that slot's id; to be asked again with the next moment of the cron. */
        record SlotTaken(Instant slot) implements Upserted {}

        /** The first slot would lie after the end. */
        record NoSlot() implements Upserted {}
    }

    /** Whether the next run was put in place. */
    sealed interface Chained {
        record Next(JobId job, Instant slot) implements Chained {}

        /** There is none: the limit or the end is reached. */
        record Last() implements Chained {}

        /** The schedule is gone, or has moved on: the next run was put in place before. */
        record Stale() implements Chained {}

        /** A job has that slot's id; to be asked again with the next moment of the cron. Nothing has changed. */
        record SlotTaken(Instant slot) implements Chained {}

        /** The job itself was put back as a plain one; the worker drops this claim. */
        record HandedBack() implements Chained {}

        /** The job is somebody else's, or nobody's, by now; the worker drops this claim. */
        record LeaseLost() implements Chained {}
    }

    /**
     * Makes or changes a schedule, and replaces its pending run.
     *
     * @param firstAt the first slot; always there for cron, for {@code every} when the next run is not to wait for it
     */
    Upserted upsertSchedule(Schedule schedule, Optional<Instant> firstAt, Instant now);

    /** Answers false when there was none. A delayed run goes as well, one that waits already still runs. */
    boolean removeSchedule(QueueName queue, String id, Instant now);

    Optional<ScheduleRecord> schedule(QueueName queue, String id);

    /** By their ids. */
    Page<ScheduleRecord> schedules(QueueName queue, PageRequest page);

    long countSchedules(QueueName queue);
}
