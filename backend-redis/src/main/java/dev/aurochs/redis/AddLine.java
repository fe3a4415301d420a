package dev.aurochs.redis;

import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.redis.wire.Args;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Small adds stand in line while others are on their way, and go together with the next call: one for many callers.
 * Who finds nobody on the way goes alone, at once, on its own thread; who finds somebody is served by a thread of the
 * line's own. Thread-safe.
 */
final class AddLine implements AutoCloseable {
    static final String THREAD = "aurochs-redis-adds";

    private static final int MOST_UNITS = 256;
    private static final long PATIENCE_MILLIS = 5_000;

    /** Loose jobs of one queue as the script takes them, and the stages of their units. */
    record Adds(QueueName queue, Instant now, int unnamed, Args jobs, List<CompletableFuture<List<Added>>> stages) {
        int units() {
            return stages.size();
        }

        void fail(Throwable failure) {
            for (CompletableFuture<List<Added>> stage : stages) stage.completeExceptionally(failure);
        }
    }

    private final AddCalls calls;
    private final Deque<Adds> line = new ArrayDeque<>();
    private @Nullable Thread thread;
    private boolean onTheWay;
    private boolean handedOver;
    private boolean closed;

    AddLine(AddCalls calls) {
        this.calls = calls;
    }

    /** Sends at once or puts in line; the stages tell. */
    void add(Adds adds) {
        synchronized (line) {
            if (onTheWay && !closed) {
                if (thread == null) start();
                line.add(adds);
                return;
            }
            onTheWay = true;
        }
        try {
            calls.send(adds);
        } finally {
            handOver();
        }
    }

    private void handOver() {
        synchronized (line) {
            if (line.isEmpty()) {
                onTheWay = false;
            } else {
                handedOver = true;
                line.notifyAll();
            }
        }
    }

    private void start() {
        Thread server = new Thread(this::serve, THREAD);
        server.setDaemon(true);
        server.start();
        thread = server;
    }

    private void serve() {
        for (List<Adds> batch = next(); !batch.isEmpty(); batch = next()) calls.sendAll(batch, this::more);
    }

    /** Those in line; waits until it is their turn. None when the line was closed and is empty. */
    private List<Adds> next() {
        synchronized (line) {
            if (line.isEmpty() && handedOver) {
                handedOver = false;
                onTheWay = false;
            }
            while (!handedOver && !closed) waitQuietly();
            return more();
        }
    }

    /** Those in line, as many as a call takes. */
    private List<Adds> more() {
        synchronized (line) {
            List<Adds> batch = new ArrayList<>(line.size());
            for (int units = 0; !line.isEmpty() && units < MOST_UNITS; ) {
                Adds adds = line.poll();
                units += adds.units();
                batch.add(adds);
            }
            return batch;
        }
    }

    private void waitQuietly() {
        try {
            line.wait();
        } catch (InterruptedException foreign) {
            // Nobody who knows this thread interrupts it; it goes on.
            Thread.interrupted();
        }
    }

    /** Fails what stands in line when it cannot be sent, and ends the thread. Idempotent. */
    @Override
    public void close() {
        Thread ending;
        synchronized (line) {
            closed = true;
            line.notifyAll();
            ending = thread;
        }
        if (ending == null || ending == Thread.currentThread()) return;
        try {
            ending.join(PATIENCE_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
