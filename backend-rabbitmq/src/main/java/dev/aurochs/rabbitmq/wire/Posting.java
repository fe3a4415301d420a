package dev.aurochs.rabbitmq.wire;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A message on its way to the broker. */
final class Posting {
    private final Envelope envelope;
    private final boolean again;
    private final CompletableFuture<Void> answer;
    private final long postedNanos = System.nanoTime();
    private volatile boolean unroutable;
    private volatile @Nullable RuntimeException failure;

    /** @param again true for the second try of a message that had found no queue */
    Posting(Envelope envelope, boolean again, CompletableFuture<Void> answer) {
        this.envelope = envelope;
        this.again = again;
        this.answer = answer;
    }

    Envelope envelope() {
        return envelope;
    }

    CompletableFuture<Void> answer() {
        return answer;
    }

    boolean isSecondTry() {
        return again;
    }

    long postedNanos() {
        return postedNanos;
    }

    /** False when it was marked before. */
    boolean markUnroutable() {
        boolean first = !unroutable;
        unroutable = true;
        return first;
    }

    boolean isUnroutable() {
        return unroutable;
    }

    void fails(RuntimeException why) {
        failure = why;
    }

    /** Tells who waits; for messages that are not tried again. */
    void tell() {
        RuntimeException why = failure;
        if (why != null) answer.completeExceptionally(why);
        else answer.complete(null);
    }

    boolean hasFailed() {
        return failure != null;
    }
}
