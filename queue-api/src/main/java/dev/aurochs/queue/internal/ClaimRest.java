package dev.aurochs.queue.internal;

import dev.aurochs.queue.spi.Claimed.Rest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps the claim loop from asking in vain. A queue that is limited, paused or at its concurrency is asked again
 * after 10 ms at the earliest, however many jobs are added meanwhile, unless a run of this worker has ended; after
 * the executor took no more runs, nothing is claimed for 250 ms (rule W3). For one thread.
 */
final class ClaimRest {
    private static final Duration AFTER_REFUSAL = Duration.ofMillis(10);
    private static final Duration AFTER_REJECTION = Duration.ofMillis(250);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

    private long begin;
    private Duration span = Duration.ZERO;
    private boolean firm;

    /** How long to wait at most for what a claim left behind; empty when nothing tells. */
    static Optional<Duration> untilNext(Rest rest, Instant now) {
        Optional<Instant> next = Optional.empty();
        if (rest instanceof Rest.Nothing nothing) next = nothing.nextDue();
        if (rest instanceof Rest.Limited limited) next = limited.until();
        return next.map(moment -> Duration.between(now, moment))
                .map(left -> left.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : left);
    }

    /** The queue gives nothing at present. */
    void afterRefusal(Duration atMost) {
        if (left().isPresent()) return;
        begin(atMost.compareTo(AFTER_REFUSAL) < 0 ? atMost : AFTER_REFUSAL);
        firm = false;
    }

    /** Nobody would run what was claimed. */
    void afterRejection() {
        begin(AFTER_REJECTION);
        firm = true;
    }

    /** True while nothing is to be claimed. */
    boolean isOn(boolean somethingEnded) {
        return left().isPresent() && (firm || !somethingEnded);
    }

    /** How much is left; empty when the rest is over. */
    Optional<Duration> left() {
        if (span.isZero()) return Optional.empty();
        Duration left = span.minusNanos(System.nanoTime() - begin);
        if (left.isNegative() || left.isZero()) {
            span = Duration.ZERO;
            return Optional.empty();
        }
        return Optional.of(left);
    }

    private void begin(Duration span) {
        begin = System.nanoTime();
        this.span = span;
    }
}
