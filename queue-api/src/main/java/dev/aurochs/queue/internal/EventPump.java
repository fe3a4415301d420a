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
import java.util.concurrent.Semaphore;
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
    private final Semaphore nudges = new Semaphore(0);
    private volatile EventReader reader;
    private volatile EventPosition position;
    private volatile boolean closed;

    /** Opens the reader: what happens after this is seen. */
    public EventPump(
            QueueBackend backend, Set<QueueName> queues, EventPosition from, List<Consumer<QueueEvent>> listeners) {
        this.backend = backend;
        this.queues = Set.copyOf(queues);
        this.listeners = listeners;
        this.position = from;
        this.reader = backend.open(this.queues, from);
        String name = queues.size() == 1 ? queues.iterator().next().value() : queues.size() + "-queues";
        this.thread = Threads.named(name, "events", 1, true, this::loop);
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
        while (!closed) {
            try {
                EventBatch batch = reader.read(MOST_PER_READ, LONGEST_READ);
                reconnect.succeeded();
                if (batch.gap()) LOG.warn("events of {} were trimmed before they were read", queues);
                for (QueueEvent event : batch.events()) handOn(event);
                position = batch.next();
            } catch (BackendUnavailableException away) {
                if (closed || !reconnect.pauseAfter(away, queues.toString(), nudges)) return;
                reopen();
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private void reopen() {
        try {
            reader.close();
            reader = backend.open(queues, position);
        } catch (BackendUnavailableException stillAway) {
            LOG.debug("events of {}: {}", queues, stillAway.getMessage());
        }
    }

    private void handOn(QueueEvent event) {
        for (Consumer<QueueEvent> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException broken) {
                LOG.error("a listener of {} threw at {}", queues, event.label(), broken);
            }
        }
    }

    /** Returns when the thread has ended, unless a listener closes its own pump. */
    @Override
    public void close() {
        closed = true;
        nudges.release();
        reader.close();
        if (thread == Thread.currentThread() || !thread.isAlive()) return;
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
