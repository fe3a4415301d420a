package dev.aurochs.tck.model;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.job.ScheduleRecord;
import dev.aurochs.queue.job.ScheduleSlot;
import java.time.Instant;

/** A schedule: plain fields, changed in place. */
final class ModelSchedule {
    Schedule schedule;
    long offsetMs;
    long runs = 1;
    Instant slot;
    boolean over;

    ModelSchedule(Schedule schedule, Instant slot) {
        this.schedule = schedule;
        this.slot = slot;
    }

    JobRef job() {
        return new JobRef(schedule.queue(), ScheduleSlot.jobId(schedule.id(), slot));
    }

    ScheduleRecord record() {
        return new ScheduleRecord(schedule, runs, slot, over);
    }
}
