package dev.aurochs.engine;

import dev.aurochs.queue.job.Recurrence;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of schedules with an interval (rules J3, J5), in whole milliseconds. Slots lie an interval apart;
 * after a pause that was longer, they go on in their old phase, at the first one to come.
 */
final class EverySlots {
    private final long every;

    private EverySlots(Duration every) {
        this.every = every.toMillis();
    }

    /** @param offset the phase of this slot and those that follow */
    record Slot(Instant at, Duration offset) {}

    /** Null for a recurrence by cron. */
    static @Nullable EverySlots of(Recurrence recurrence) {
        return recurrence.every() == null ? null : new EverySlots(recurrence.every());
    }

    Slot first(Duration offset, @Nullable Instant start, Instant now) {
        if (start != null) return at(start.isAfter(now) ? start : now, offset);
        return offset.isZero() ? at(now, offset) : new Slot(nextInPhase(offset, now), offset);
    }

    Slot after(Instant slot, Duration offset, Instant now) {
        Instant next = slot.plusMillis(every);
        return at(next.isBefore(now) ? nextInPhase(offset, now) : next, offset);
    }

    /** A slot at this moment; without an offset it decides the phase. */
    Slot at(Instant moment, Duration offset) {
        long phase = Math.floorMod(moment.toEpochMilli(), every);
        return new Slot(moment, offset.isZero() ? Duration.ofMillis(phase) : offset);
    }

    Slot following(Slot taken) {
        return new Slot(taken.at().plusMillis(every), taken.offset());
    }

    private Instant nextInPhase(Duration offset, Instant now) {
        long nowMs = now.toEpochMilli();
        long next = Math.floorDiv(nowMs, every) * every + offset.toMillis();
        return Instant.ofEpochMilli(next <= nowMs ? next + every : next);
    }
}
