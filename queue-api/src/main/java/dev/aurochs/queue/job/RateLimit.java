package dev.aurochs.queue.job;

import java.time.Duration;

/** At most {@code max} starts per {@code window}, over all workers of a queue (rules L1, L2). */
public record RateLimit(int max, Duration window) {
    public RateLimit {
        InvalidInputException.unless(max >= 1, "rate limit", max, "must be 1 or more");
        Spans.checkPositive(window, "rate limit window");
    }
}
