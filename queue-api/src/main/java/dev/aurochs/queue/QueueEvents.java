package dev.aurochs.queue;

import dev.aurochs.queue.internal.EventPump;
import dev.aurochs.queue.internal.Stages;
import dev.aurochs.queue.internal.Troubles;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobFailedException;
import dev.aurochs.queue.job.JobNotFoundException;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.EventBatch;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Listens to what happens in one or more queues, in any process. Listeners run on one thread of their own, in order;
 * one
 * that throws is logged and does not stop the others. Made by {@link Queues#events}; thread-safe; close it.
 */
public final class QueueEvents implements AutoCloseable {
    private static final long EVENT_MAY_TAKE_MILLIS = 1_000;

    private final List<Consumer<QueueEvent>> listeners = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<?>> awaited = new CopyOnWriteArrayList<>();
    private final Context context;
    private final Troubles troubles = new Troubles();
    private final EventPump pump;
    private final Consumer<QueueEvents> onClose;
    private volatile boolean closed;

    QueueEvents(Context context, Set<QueueName> queues, EventPosition from, Consumer<QueueEvents> onClose) {
        this.context = context;
        this.onClose = onClose;
        pump = new EventPump(context.backend(), queues, from, listeners, troubles);
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

    /**
     * Told when events could not be read, most often because the store is away; this goes on by itself. Called on the
     * thread of the events: return soon, and close this from another thread.
     */
    public QueueEvents onError(Consumer<? super Throwable> listener) {
        troubles.listen(InvalidInputException.present(listener, "error listener"));
        return this;
    }

    /** The next event of a kind, from now on. Fails when this listener is closed before. */
    public <E extends QueueEvent> CompletableFuture<E> nextEvent(Class<E> kind) {
        CompletableFuture<E> next = new CompletableFuture<>();
        return until(next, event -> {
            if (kind.isInstance(event)) next.complete(kind.cast(event));
        });
    }

    /**
     * The job's result, once it has completed. Fails with {@link JobFailedException} when it failed for good and with
     * {@link JobNotFoundException} when it is removed or was not there. Sees what happens after this listener was made,
     * and, where the backend can look jobs up, what happened before.
     */
    public CompletableFuture<Json> finished(Job job) {
        CompletableFuture<Json> end = new CompletableFuture<>();
        until(end, event -> {
            if (!(event instanceof QueueEvent.OfJob about) || !about.job().equals(job.ref())) return;
            if (about instanceof QueueEvent.Completed completed) end.complete(completed.result());
            else if (about instanceof QueueEvent.Failed failed)
                end.completeExceptionally(new JobFailedException(job.ref(), failed.reason()));
            else if (about instanceof QueueEvent.Removed)
                end.completeExceptionally(new JobNotFoundException(job.ref()));
        });
        if (context.backend().info().has(Capability.LOOKUP)) lookNow(job, end);
        return end;
    }

    /** As {@link #finished}, waiting at most so long. */
    public Json waitUntilFinished(Job job, Duration atMost) throws InterruptedException, TimeoutException {
        CompletableFuture<Json> end = finished(job);
        try {
            return end.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException ended) {
            throw Stages.unwrapped(ended.getCause(), "waiting for job " + job);
        } finally {
            end.cancel(false);
        }
    }

    private static void lookNow(Job job, CompletableFuture<Json> end) {
        JobRecord now = job.look().orElse(null);
        if (now == null) {
            // It may have ended a moment ago without being kept; its event is then on its way.
            CompletableFuture.delayedExecutor(EVENT_MAY_TAKE_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> end.completeExceptionally(new JobNotFoundException(job.ref())));
        } else if (now.state() == JobState.COMPLETED) {
            Json result = now.status().result();
            end.complete(result == null ? Json.NULL : result);
        } else if (now.state() == JobState.FAILED) {
            end.completeExceptionally(new JobFailedException(
                    job.ref(), String.valueOf(now.status().failedReason())));
        }
    }

    /** Listens until the future is done in whatever way, or this is closed. */
    private <T> CompletableFuture<T> until(CompletableFuture<T> future, Consumer<QueueEvent> listener) {
        listeners.add(listener);
        awaited.add(future);
        future.whenComplete((done, failed) -> {
            listeners.remove(listener);
            awaited.remove(future);
        });
        if (closed) end(future);
        return future;
    }

    private static void end(CompletableFuture<?> future) {
        future.completeExceptionally(new BackendUnavailableException(
                "the listener was closed", BackendUnavailableException.Outcome.NOT_APPLIED, null));
    }

    /** Begins to hand out events; register listeners before. */
    public QueueEvents start() {
        pump.start();
        return this;
    }

    /**
     * The next events, for who reads at a pace of their own instead of listening: waits for the first of them, at most
     * so long. An empty answer after a wait of zero says that all there is to see has been read. Not after {@link
     * #start}; for one thread at a time.
     *
     * @throws BackendUnavailableException when the store is away; read on from {@link #position} with another listener
     */
    public EventBatch read(Duration atMost) throws InterruptedException {
        return pump.read(atMost);
    }

    /** Where a later listener would go on. */
    public EventPosition position() {
        return pump.position();
    }

    /** No listener runs after this. Idempotent. */
    @Override
    public void close() {
        pump.close();
        closed = true;
        awaited.forEach(QueueEvents::end);
        onClose.accept(this);
    }
}
