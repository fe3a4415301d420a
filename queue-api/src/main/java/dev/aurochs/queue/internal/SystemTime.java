package dev.aurochs.queue.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * The one place that reads the machine's clock, in whole milliseconds. Runs on the steady clock from an anchor and
 * drops a new anchor when the wall clock has moved away by more than 50 ms, so that small corrections never make time
 * run backwards. After a larger jump (the machine slept) {@link StalledSweeper} waits a round for leases to be renewed.
 */
public final class SystemTime implements InstantSource {
    private static final long FOLLOWED_DRIFT_MILLIS = 50;
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private volatile Anchor anchor = Anchor.drop();

    /** Wall time and steady time that belong together. */
    private record Anchor(Instant wall, long steadyNanos) {
        static Anchor drop() {
            return new Anchor(Instant.now(), System.nanoTime());
        }

        long millis() {
            long nanosOfMilli = wall.getNano() % NANOS_PER_MILLI;
            return wall.toEpochMilli() + Math.floorDiv(nanosOfMilli + System.nanoTime() - steadyNanos, NANOS_PER_MILLI);
        }
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public long millis() {
        long steady = anchor.millis();
        if (Math.abs(steady - System.currentTimeMillis()) <= FOLLOWED_DRIFT_MILLIS) return steady;
        anchor = Anchor.drop();
        return anchor.millis();
    }
}
