package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.RateLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** A setting of a whole queue. */
public sealed interface QueueChange {
    record SetPaused(boolean paused) implements QueueChange {}

    record SetRateLimit(Optional<RateLimit> limit) implements QueueChange {}

    record SetConcurrency(OptionalInt max) implements QueueChange {}

    /** No claims for this long. */
    record Hold(Duration span) implements QueueChange {}

    record LiftHold() implements QueueChange {}

    record SetEventCap(int rows) implements QueueChange {}
}
