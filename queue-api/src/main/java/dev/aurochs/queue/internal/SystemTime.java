package dev.aurochs.queue.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The one place that reads the machine's clock. Runs on the steady clock from an anchor and drops a new anchor when
 * the wall clock has moved away by more than 50 ms, so that small corrections never make time run backwards. After
 * a larger jump (the machine slept) {@link StalledSweeper} waits a round for leases to be renewed.
 */
public final class SystemTime implements InstantSource {
    private static final Duration FOLLOWED_DRIFT = Duration.ofMillis(50);

    private volatile Anchor anchor = Anchor.drop();

    /** Wall time and steady time that belong together. */
    private record Anchor(Instant wall, long steadyNanos) {
        static Anchor drop() {
            return new Anchor(Instant.now(), System.nanoTime());
        }

        Instant instant() {
            return wall.plusNanos(System.nanoTime() - steadyNanos);
        }
    }

    @Override
    public Instant instant() {
        Instant steady = anchor.instant();
        if (Duration.between(steady, Instant.now()).abs().compareTo(FOLLOWED_DRIFT) <= 0)
            return steady.truncatedTo(ChronoUnit.MILLIS);
        anchor = Anchor.drop();
        return anchor.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
