package dev.aurochs.engine;

import dev.aurochs.engine.store.EngineStore;
import dev.aurochs.queue.job.QueueName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Up to where events may be seen: never further than what is safe. Wakes readers when that moves on. Thread-safe. */
final class EventHub {
    private final Map<QueueName, Long> shown = new HashMap<>();
    private final Map<QueueName, Integer> beginnings = new HashMap<>();
    private boolean closed;

    /** Everything that is stored when the store has just been opened is safe. */
    EventHub(EngineStore store) {
        store.read(rows -> {
            for (QueueName queue : rows.queues())
                shown.put(queue, rows.queue(queue).nextEvent() - 1);
            return shown;
        });
    }

    /** Events of {@code queue} up to {@code seq} are safe. */
    synchronized void show(QueueName queue, long seq) {
        shown.merge(queue, seq, Math::max);
        notifyAll();
    }

    /** The queue is gone; its events begin anew. */
    synchronized void forget(QueueName queue) {
        shown.remove(queue);
        beginnings.merge(queue, 1, Integer::sum);
        notifyAll();
    }

    /** The newest event that may be seen; 0 when there is none. */
    synchronized long shownUpTo(QueueName queue) {
        return shown.getOrDefault(queue, 0L);
    }

    /** How often the events of the queue have begun anew. */
    synchronized int beginnings(QueueName queue) {
        return beginnings.getOrDefault(queue, 0);
    }

    /**
     * Waits until {@code ready}, asked again whenever something was shown, or {@code atMost} has passed; false when the
     * backend is closed.
     */
    synchronized boolean await(BooleanSupplier ready, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        long left = atMost.toNanos();
        while (!closed && left > 0 && !ready.getAsBoolean()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
            left = deadline - System.nanoTime();
        }
        return !closed;
    }

    synchronized void wakeReaders() {
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
