package dev.aurochs.queue;

import dev.aurochs.queue.internal.Slots;
import dev.aurochs.queue.job.InvalidInputException;

/** A bound on running jobs that several workers of one process share, taking turns. Thread-safe. */
public final class SharedSlots {
    private final Slots slots;

    private SharedSlots(int count) {
        slots = new Slots(count);
    }

    /** 1 to 10,000 jobs at once. */
    public static SharedSlots of(int count) {
        InvalidInputException.unless(count >= 1 && count <= 10_000, "concurrency", count, "must be 1 to 10000");
        return new SharedSlots(count);
    }

    Slots slots() {
        return slots;
    }
}
