package dev.aurochs.rabbitmq;

import dev.aurochs.rabbitmq.wire.Names;
import dev.aurochs.rabbitmq.wire.QueueArguments;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a delayed job waits: the last stretch near its end, in the hands of a worker's process; before that in the
 * bucket
 * that it is sure to leave in time.
 */
final class Delays {
    /** The longest that a job is held in hand. */
    static final Duration NEAR = Duration.ofMillis(2_000);
    /** A job leaves its bucket so long before it is due. */
    static final Duration MARGIN = Duration.ofMillis(500);

    private Delays() {}

    /** The queue in which it waits on; empty when it is due. */
    static Optional<String> place(Names names, Instant due, Instant now) {
        Duration left = Duration.between(now, due);
        if (left.isNegative() || left.isZero()) return Optional.empty();
        return Optional.of(isNear(left) ? names.near() : names.bucket(bucket(left.minus(MARGIN))));
    }

    static boolean isNear(Duration left) {
        return left.compareTo(NEAR) <= 0;
    }

    /** The longest bucket that is over by then. */
    private static int bucket(Duration span) {
        int number = 0;
        while (number + 1 < QueueArguments.BUCKETS && QueueArguments.bucketMillis(number + 1) <= span.toMillis())
            number++;
        return number;
    }
}
