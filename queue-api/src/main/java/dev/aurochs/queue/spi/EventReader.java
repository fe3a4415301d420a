package dev.aurochs.queue.spi;

import java.time.Duration;

/** Reads events of some queues, in order per queue. For one thread at a time; close may come from another. */
public interface EventReader extends AutoCloseable {
    /** Waits for at least one event, at most {@code atMost}; answers with an empty batch after that, or when closed. */
    EventBatch read(int max, Duration atMost) throws InterruptedException;

    /** Ends a present {@link #read}, also when the store is away. Idempotent. */
    @Override
    void close();
}
