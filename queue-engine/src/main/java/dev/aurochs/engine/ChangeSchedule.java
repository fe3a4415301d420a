package dev.aurochs.engine;

import dev.aurochs.engine.EverySlots.Slot;
import dev.aurochs.engine.store.ScheduleRow;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.spi.Schedules.Upserted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes, changes and removes schedules (rules J1–J3, J7, J8). */
final class ChangeSchedule {
    private final Step step;
    private final Schedule schedule;
    private final @Nullable Instant firstAt;
    private final @Nullable ScheduleRow before;
    private final @Nullable StateRow pending;

    private ChangeSchedule(Step step, Schedule schedule, Optional<Instant> firstAt) {
        this.step = step;
        this.schedule = schedule;
        this.firstAt = firstAt.orElse(null);
        before = step.rows().schedule(schedule.queue(), schedule.id());
        pending = before == null ? null : ScheduledRuns.pending(step, before);
    }

    static Upserted upsert(Step step, Schedule schedule, Optional<Instant> firstAt) {
        return new ChangeSchedule(step, schedule, firstAt).upsert();
    }

    private Upserted upsert() {
        EverySlots slots = EverySlots.of(schedule.recurrence());
        Slot slot = slots == null
                ? new Slot(notPast(schedule.recurrence().start()), Duration.ZERO)
                : ScheduledRuns.free(step, schedule, slots, wanted(slots), pending);
        if (ScheduledRuns.isBeyondEnd(schedule, slot.at())) return new Upserted.NoSlot();
        if (ScheduledRuns.isTaken(step, schedule, slot.at(), pending)) return new Upserted.SlotTaken(slot.at());
        if (pending != null) RemoveJobs.removeOne(step, pending);
        long runs = before == null ? 1 : before.runs();
        ScheduleRow row = new ScheduleRow(schedule, slot.offset(), runs, slot.at(), false);
        ScheduledRuns.put(step, row, 1);
        return new Upserted.Pending(row.job().id(), row.slot());
    }

    /** The pending run of an unchanged interval keeps its slot. */
    private Slot wanted(EverySlots slots) {
        Recurrence recurrence = schedule.recurrence();
        boolean goesOn = before != null
                && recurrence.every() != null
                && recurrence.every().equals(before.schedule().recurrence().every());
        Duration offset =
                recurrence.offset().isZero() && goesOn && before != null ? before.offset() : recurrence.offset();
        if (firstAt != null) return slots.at(notPast(null), offset);
        if (!goesOn || before == null) return slots.first(offset, recurrence.start(), step.now());
        return pending != null ? new Slot(before.slot(), offset) : slots.after(before.slot(), offset, step.now());
    }

    private Instant notPast(@Nullable Instant otherwise) {
        Instant first = firstAt != null ? firstAt : otherwise;
        return first == null || first.isBefore(step.now()) ? step.now() : first;
    }

    static boolean remove(Step step, QueueName queue, String id) {
        ScheduleRow row = step.rows().schedule(queue, id);
        if (row == null) return false;
        StateRow pending = ScheduledRuns.pending(step, row);
        step.rows().deleteSchedule(queue, id);
        if (pending != null && pending.state() == JobState.DELAYED) RemoveJobs.removeOne(step, pending);
        return true;
    }
}
