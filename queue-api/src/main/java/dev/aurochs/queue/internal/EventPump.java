package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.EventBatch;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.QueueBackend;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
    private final Troubles troubles;
    private final Thread thread;
    /** Else a reader that is opened again would have missed what happened meanwhile: it is kept, and listens again. */
    private final boolean replays;

    private volatile boolean started;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile EventReader reader;
    private volatile EventPosition position;
    /** What was read when the reader was opened, until it is handed on. */
    private @Nullable EventBatch first;

    /** Opens the reader: what happens after this is seen. */
    public EventPump(
            QueueBackend backend,
            Set<QueueName> queues,
            EventPosition from,
            List<Consumer<QueueEvent>> listeners,
            Troubles troubles) {
        this.backend = backend;
        this.replays = backend.info().has(Capability.EVENT_REPLAY);
        this.troubles = troubles;
        this.queues = Set.copyOf(queues);
        this.listeners = listeners;
        this.position = from;
        this.reader = backend.open(this.queues, from);
        this.first = firstLook();
        String name = queues.size() == 1 ? queues.iterator().next().value() : queues.size() + "-queues";
        this.thread = Threads.named(name, "events", 1, true, this::loop);
    }

    /** Turns NOW into a place, so that a reader that is opened after an outage goes on there. */
    private @Nullable EventBatch firstLook() {
        if (!position.equals(EventPosition.NOW)) return null;
        try {
            EventBatch seen = reader.read(MOST_PER_READ, Duration.ZERO);
            if (!seen.events().isEmpty()) return seen;
            position = seen.next();
            return null;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return null;
        } catch (RuntimeException away) {
            reader.close();
            throw away;
        }
    }

    public void start() {
        started = true;
        thread.start();
    }

    /** The next events, instead of {@link #start}; waits for the first of them, at most so long. */
    public EventBatch read(Duration atMost) throws InterruptedException {
        if (started) throw new IllegalStateException("the events of " + queues + " go to listeners; open another one");
        EventBatch batch = first == null ? reader.read(MOST_PER_READ, atMost) : first;
        first = null;
        position = batch.next();
        return batch;
    }

    /** Where a later reader would go on. */
    public EventPosition position() {
        return position;
    }

    private void loop() {
        ReconnectDelay reconnect = new ReconnectDelay();
        if (first != null) handOn(first);
        boolean withoutReader = false;
        while (!isClosed()) {
            try {
                if (withoutReader) reader = backend.open(queues, position);
                withoutReader = false;
                if (!isClosed()) handOn(reader.read(MOST_PER_READ, LONGEST_READ));
                reconnect.succeeded();
            } catch (RuntimeException | Error trouble) {
                if (replays && !withoutReader) closeReader();
                withoutReader = replays;
                backOff(reconnect, trouble);
            } catch (InterruptedException foreign) {
                LOG.error("the event pump of {} was interrupted by somebody; it goes on", queues);
                troubles.tell(foreign);
            }
        }
        closeReader();
    }

    private void closeReader() {
        try {
            reader.close();
        } catch (RuntimeException trouble) {
            LOG.warn("closing the reader of {}: {}", queues, trouble.toString());
        }
    }

    /** The store is away, or its events cannot be read at present. */
    private void backOff(ReconnectDelay reconnect, Throwable trouble) {
        if (isClosed()) return;
        if (!(trouble instanceof BackendUnavailableException))
            LOG.error("the event pump of {} failed; it tries again", queues, trouble);
        troubles.tell(trouble);
        try {
            reconnect.pauseAfter(trouble, queues.toString(), closed);
        } catch (InterruptedException foreign) {
            LOG.error("the event pump of {} was interrupted by somebody; it goes on", queues);
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
        closeReader();
        if (thread == Thread.currentThread() || !thread.isAlive()) return;
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
