package dev.aurochs.tck;

import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.EventBatch;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.QueueBackend;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A reader that goes on at its position when the backend was reopened. */
final class ReopeningReader implements EventReader {
    private final Set<QueueName> queues;
    private volatile EventReader current;
    private volatile boolean closed;
    private EventPosition position;
    private @Nullable EventBatch ahead;

    ReopeningReader(Set<QueueName> queues, EventPosition from, QueueBackend backend) {
        this.queues = queues;
        this.current = backend.open(queues, from);
        this.position = from;
        if (from.equals(EventPosition.NOW)) learnPosition();
    }

    void goOnWith(QueueBackend backend) {
        if (!closed) current = backend.open(queues, position);
    }

    @Override
    public EventBatch read(int max, Duration atMost) throws InterruptedException {
        EventBatch first = ahead;
        ahead = null;
        if (first != null && !first.events().isEmpty()) return first;
        EventBatch batch = current.read(max, atMost);
        position = batch.next();
        return batch;
    }

    @Override
    public void close() {
        closed = true;
        current.close();
    }

    /** NOW is another moment after reopening, so it is turned into a place at once. */
    private void learnPosition() {
        try {
            ahead = current.read(1, Duration.ZERO);
            position = ahead.next();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while opening a reader", interrupted);
        }
    }
}
