package dev.aurochs.engine.store;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.job.ScheduleRecord;
import dev.aurochs.queue.job.ScheduleSlot;
import java.time.Duration;
import java.time.Instant;

/**
 * A schedule and where it stands.
 *
 * @param offset the phase of its slots: how far they lie behind the multiples of the interval; zero for cron
 * @param runs how many runs were put in place, the present one included
 * @param slot the slot of the present run
 * @param over true when no run is to follow the present one
 */
public record ScheduleRow(Schedule schedule, Duration offset, long runs, Instant slot, boolean over) {
    /** The present run. */
    public JobRef job() {
        return jobAt(slot);
    }

    /** The run of another slot. */
    public JobRef jobAt(Instant other) {
        return new JobRef(schedule.queue(), ScheduleSlot.jobId(schedule.id(), other));
    }

    public ScheduleRow ended() {
        return new ScheduleRow(schedule, offset, runs, slot, true);
    }

    public ScheduleRecord record() {
        return new ScheduleRecord(schedule, runs, slot, over);
    }
}
