package dev.aurochs.queue;

import dev.aurochs.queue.internal.EventPump;
import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Listens to what happens in one or more queues, in any process. Listeners run on one thread of their own, in order;
 * one
 * that throws is logged and does not stop the others. Made by {@link Queues#events}; thread-safe; close it.
 */
public final class QueueEvents implements AutoCloseable {
    private final List<Consumer<QueueEvent>> listeners = new CopyOnWriteArrayList<>();
    private final EventPump pump;
    private final Consumer<QueueEvents> onClose;

    QueueEvents(Context context, Set<QueueName> queues, EventPosition from, Consumer<QueueEvents> onClose) {
        this.onClose = onClose;
        pump = new EventPump(context.backend(), queues, from, listeners);
    }

    /** Listens to everything. */
    public QueueEvents onAny(Consumer<QueueEvent> listener) {
        listeners.add(listener);
        return this;
    }

    /** Listens to one kind: {@code on(QueueEvent.Completed.class, e -> …)}. */
    public <E extends QueueEvent> QueueEvents on(Class<E> kind, Consumer<E> listener) {
        return onAny(event -> {
            if (kind.isInstance(event)) listener.accept(kind.cast(event));
        });
    }

    /** Begins to hand out events; register listeners before. */
    public QueueEvents start() {
        pump.start();
        return this;
    }

    /** Where a later listener would go on. */
    public EventPosition position() {
        return pump.position();
    }

    /** No listener runs after this. Idempotent. */
    @Override
    public void close() {
        pump.close();
        onClose.accept(this);
    }
}
