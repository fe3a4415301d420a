package dev.aurochs.rabbitmq;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The callers' clock between their calls: the latest moment that one brought, and what has passed since. */
final class CallerTime {
    private Instant latest = Instant.EPOCH;
    private long nanos = System.nanoTime();

    synchronized void saw(Instant now) {
        if (!now.isAfter(now())) return;
        latest = now;
        nanos = System.nanoTime();
    }

    /** To the millisecond, never ahead of the callers. */
    synchronized Instant now() {
        return latest.plus(passed()).truncatedTo(ChronoUnit.MILLIS);
    }

    synchronized Duration until(Instant moment) {
        return Duration.between(latest.plus(passed()), moment);
    }

    private Duration passed() {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
