package dev.aurochs.engine;

import dev.aurochs.engine.EverySlots.Slot;
import dev.aurochs.engine.Step.Entry;
import dev.aurochs.engine.store.Family;
import dev.aurochs.engine.store.ScheduleRow;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.job.ScheduleSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The jobs that schedules make, one pending at a time (rules J1, J2, J9). */
final class ScheduledRuns {
    private ScheduledRuns() {}

    /** The schedule whose present run this job is, or null: then nothing depends on it. */
    static @Nullable ScheduleRow current(Step step, JobRef job) {
        if (!ScheduleSlot.mayHaveMade(job.id())) return null;
        ScheduleSlot made = step.body(job).schedule();
        ScheduleRow row = made == null ? null : step.rows().schedule(job.queue(), made.scheduleId());
        return row != null && isCurrent(row, made) ? row : null;
    }

    static boolean isCurrent(ScheduleRow row, ScheduleSlot made) {
        return !row.over() && row.slot().equals(made.slot());
    }

    /** The present run while nobody has begun it, else null. */
    static @Nullable StateRow pending(Step step, ScheduleRow row) {
        StateRow state = row.over() ? null : step.state(row.job());
        boolean pends = state != null && (state.state() == JobState.WAITING || state.state() == JobState.DELAYED);
        return pends ? state : null;
    }

    /** The slot, or the first after it whose id no job has but {@code own}. */
    static Slot free(Step step, Schedule schedule, EverySlots slots, Slot wanted, @Nullable StateRow own) {
        Slot slot = wanted;
        while (isTaken(step, schedule, slot.at(), own)) slot = slots.following(slot);
        return slot;
    }

    static boolean isTaken(Step step, Schedule schedule, Instant slot, @Nullable StateRow own) {
        JobRef job = new JobRef(schedule.queue(), ScheduleSlot.jobId(schedule.id(), slot));
        return (own == null || !own.job().equals(job)) && step.state(job) != null;
    }

    static boolean isBeyondEnd(Schedule schedule, Instant slot) {
        Instant end = schedule.recurrence().end();
        return end != null && slot.isAfter(end);
    }

    /** Stores the schedule and its present run. */
    static void put(Step step, ScheduleRow row, long count) {
        step.rows().putSchedule(row);
        Schedule schedule = row.schedule();
        JobRef job = row.job();
        boolean due = !row.slot().isAfter(step.now());
        Duration delay = due ? Duration.ZERO : Duration.between(step.now(), row.slot());
        JobOptions options = schedule.options().toBuilder().delay(delay).build();
        ScheduleSlot made = new ScheduleSlot(schedule.id(), count, row.slot(), schedule.recurrence());
        JobBody body = new JobBody(job, schedule.jobName(), schedule.payload(), options, step.now(), null, made, null);
        JobState state = due ? JobState.WAITING : JobState.DELAYED;
        QueueEvent entered = due
                ? new QueueEvent.Waiting(job, step.now(), Optional.empty())
                : new QueueEvent.Delayed(job, step.now(), row.slot());
        step.insert(
                body,
                Statuses.fresh(state, options.priority(), due ? null : row.slot()),
                Family.NONE,
                due && options.lifo() ? Entry.FRONT : Entry.BACK,
                List.of(new QueueEvent.Added(job, step.now(), body.name()), entered));
    }
}
