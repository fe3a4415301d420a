package dev.aurochs.queue.spi;

import java.time.Duration;

/** Bounds that a backend declares; the portable layer refuses what lies beyond them. */
public record Limits(int maxPayloadBytes, int maxUnit, int maxBatch, int maxHistoryBytes, Duration timePrecision) {
    /** Payload 1 MiB, unit 10,000 jobs, batch 1,000, history 160 KiB, times to the millisecond. */
    public static final Limits DEFAULTS = new Limits(1 << 20, 10_000, 1_000, 160 << 10, Duration.ofMillis(1));
}
