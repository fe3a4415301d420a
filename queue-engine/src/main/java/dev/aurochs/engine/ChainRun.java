package dev.aurochs.engine;

import dev.aurochs.engine.EverySlots.Slot;
import dev.aurochs.engine.store.ScheduleRow;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.ScheduleSlot;
import dev.aurochs.queue.spi.Schedules.Chained;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the next run of a schedule in place when the present one begins (rules J4–J6). */
final class ChainRun {
    private ChainRun() {}

    static Chained chain(Step step, Lease lease, Optional<Instant> nextAt) {
        StateRow row = KeepLease.held(step, lease);
        if (row == null) return new Chained.LeaseLost();
        ScheduleSlot made = step.body(row.job()).schedule();
        ScheduleRow before =
                made == null ? null : step.rows().schedule(row.job().queue(), made.scheduleId());
        if (before == null || !ScheduledRuns.isCurrent(before, made)) return new Chained.Stale();
        Long limit = before.schedule().recurrence().limit();
        if (limit != null && made.count() >= limit) return last(step, before);
        Slot next = next(step, before, nextAt);
        if (next == null || ScheduledRuns.isBeyondEnd(before.schedule(), next.at())) return last(step, before);
        if (ScheduledRuns.isTaken(step, before.schedule(), next.at(), null)) return new Chained.SlotTaken(next.at());
        ScheduleRow after = new ScheduleRow(before.schedule(), next.offset(), before.runs() + 1, next.at(), false);
        ScheduledRuns.put(step, after, made.count() + 1);
        return new Chained.Next(after.job().id(), after.slot());
    }

    /** Null when a cron expression has no further moment. */
    static @Nullable Slot next(Step step, ScheduleRow before, Optional<Instant> nextAt) {
        EverySlots slots = EverySlots.of(before.schedule().recurrence());
        if (slots == null) return nextAt.map(at -> new Slot(at, Duration.ZERO)).orElse(null);
        Slot wanted = slots.after(before.slot(), before.offset(), step.now());
        return ScheduledRuns.free(step, before.schedule(), slots, wanted, null);
    }

    private static Chained last(Step step, ScheduleRow row) {
        step.rows().putSchedule(row.ended());
        return new Chained.Last();
    }
}
