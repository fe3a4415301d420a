package dev.aurochs.queue.job;

import java.time.Instant;

/**
 * Which run of which schedule a job is.
 *
 * @param count 1 for the first run after the latest upsert
 * @param slot when the run was to be due, by the schedule
 * @param recurrence the schedule's, when it made this job
 */
public record ScheduleSlot(String scheduleId, long count, Instant slot, Recurrence recurrence) {
    private static final String PREFIX = "repeat:";

    /** {@code repeat:<schedule>:<milliseconds of the slot>}. */
    public static JobId jobId(String scheduleId, Instant slot) {
        return JobId.of(PREFIX + scheduleId + ":" + slot.toEpochMilli());
    }

    /** False for a job that no schedule made, by its id alone. */
    public static boolean mayHaveMade(JobId job) {
        return job.value().startsWith(PREFIX);
    }
}
