package dev.aurochs.queue.job;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is set for a whole queue, for all its workers.
 *
 * @param heldUntil no claims before this moment, set by hand
 * @param eventCap how many event rows are kept, approximately
 */
public record QueueSettings(
        boolean paused,
        Optional<RateLimit> rateLimit,
        OptionalInt concurrency,
        Optional<Instant> heldUntil,
        int eventCap) {
    public static final int DEFAULT_EVENT_CAP = 10_000;
    public static final QueueSettings DEFAULTS =
            new QueueSettings(false, Optional.empty(), OptionalInt.empty(), Optional.empty(), DEFAULT_EVENT_CAP);

    public QueueSettings withPaused(boolean paused) {
        return new QueueSettings(paused, rateLimit, concurrency, heldUntil, eventCap);
    }

    public QueueSettings withRateLimit(Optional<RateLimit> rateLimit) {
        return new QueueSettings(paused, rateLimit, concurrency, heldUntil, eventCap);
    }

    public QueueSettings withConcurrency(OptionalInt concurrency) {
        return new QueueSettings(paused, rateLimit, concurrency, heldUntil, eventCap);
    }

    public QueueSettings withHeldUntil(Optional<Instant> heldUntil) {
        return new QueueSettings(paused, rateLimit, concurrency, heldUntil, eventCap);
    }

    public QueueSettings withEventCap(int eventCap) {
        return new QueueSettings(paused, rateLimit, concurrency, heldUntil, eventCap);
    }
}
