package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.EventBatch;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.QueueBackend;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that reads events and hands them on, in order. Goes on where it stopped when the store comes back. */
public final class EventPump implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventPump.class);
    private static final int MOST_PER_READ = 1_000;
    private static final Duration LONGEST_READ = Duration.ofSeconds(15);

    private final QueueBackend backend;
    private final Set<QueueName> queues;
    private final List<Consumer<QueueEvent>> listeners;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile EventReader reader;
    private volatile EventPosition position;
    /** What was read when the reader was opened. */
    private final EventBatch first;

    /** Opens the reader: what happens after this is seen. */
    public EventPump(
            QueueBackend backend, Set<QueueName> queues, EventPosition from, List<Consumer<QueueEvent>> listeners) {
        this.backend = backend;
        this.queues = Set.copyOf(queues);
        this.listeners = listeners;
        this.position = from;
        this.reader = backend.open(this.queues, from);
        this.first = firstLook();
        if (first.events().isEmpty()) position = first.next();
        String name = queues.size() == 1 ? queues.iterator().next().value() : queues.size() + "-queues";
        this.thread = Threads.named(name, "events", 1, true, this::loop);
    }

    /** Turns NOW into a place, so that a reader that is opened after an outage goes on there. */
    private EventBatch firstLook() {
        EventBatch nothing = new EventBatch(List.of(), position, false);
        if (!position.equals(EventPosition.NOW)) return nothing;
        try {
            return reader.read(MOST_PER_READ, Duration.ZERO);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return nothing;
        } catch (RuntimeException away) {
            reader.close();
            throw away;
        }
    }

    public void start() {
        thread.start();
    }

    /** Where a later reader would go on. */
    public EventPosition position() {
        return position;
    }

    private void loop() {
        ReconnectDelay reconnect = new ReconnectDelay();
        boolean away = false;
        try {
            handOn(first);
            while (!isClosed()) {
                try {
                    if (away) reader = backend.open(queues, position);
                    away = false;
                    handOn(reader.read(MOST_PER_READ, LONGEST_READ));
                    reconnect.succeeded();
                } catch (BackendUnavailableException trouble) {
                    if (!away) reader.close();
                    away = true;
                    if (!isClosed()) reconnect.pauseAfter(trouble, queues.toString(), closed);
                }
            }
        } catch (InterruptedException foreign) {
            LOG.error("the event pump of {} was interrupted and has ended; close it", queues);
        } catch (RuntimeException | Error broken) {
            LOG.error("the event pump of {} died; close it", queues, broken);
        } finally {
            reader.close();
        }
    }

    private void handOn(EventBatch batch) {
        if (batch.gap()) LOG.warn("events of {} were trimmed before they were read", queues);
        for (QueueEvent event : batch.events()) handOn(event);
        position = batch.next();
    }

    private void handOn(QueueEvent event) {
        for (Consumer<QueueEvent> listener : listeners) {
            if (isClosed()) return;
            try {
                listener.accept(event);
            } catch (RuntimeException | Error broken) {
                LOG.error("a listener of {} threw at {}", queues, event.label(), broken);
            }
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Returns when the thread has ended, unless a listener closes its own pump. */
    @Override
    public void close() {
        closed.countDown();
        reader.close();
        if (thread == Thread.currentThread() || !thread.isAlive()) return;
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
