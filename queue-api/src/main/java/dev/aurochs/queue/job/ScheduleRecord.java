package dev.aurochs.queue.job;

import java.time.Instant;

/**
 * A schedule as it was at one moment.
 *
 * @param runs how many runs were put in place since it was made, the present one included
 * @param slot when the present run is due: the pending one, or, when none is, the latest that began
 * @param over true when no run follows the present one: its limit or its end was reached
 */
public record ScheduleRecord(Schedule schedule, long runs, Instant slot, boolean over) {
    public String id() {
        return schedule.id();
    }

    /** The id of the present run, which may be gone when the schedule is over. */
    public JobId job() {
        return ScheduleSlot.jobId(schedule.id(), slot);
    }
}
