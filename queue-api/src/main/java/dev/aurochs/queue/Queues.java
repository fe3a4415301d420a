package dev.aurochs.queue;

import dev.aurochs.queue.internal.Backends;
import dev.aurochs.queue.internal.Intake;
import dev.aurochs.queue.internal.SystemTime;
import dev.aurochs.queue.internal.Threads;
import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.testing.ManualWorker;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The way in: opens a backend by its address and hands out queues, workers, flows and events on it. Owns what it
 * hands out; {@link #close()} closes all of it in order. Thread-safe.
 *
 * <pre>{@code
 * try (Queues queues = Queues.open("rocksdb:./data")) {
 *     queues.queue("mail").add("welcome", new Welcome("ada@example.org"));
 * }
 * }</pre>
 */
public final class Queues implements AutoCloseable {
    private final Context context;
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
    private @Nullable Thread hook;
    private boolean closed;

    private Queues(Context context) {
        this.context = context;
    }

    /**
     * Opens {@code memory:}, {@code memory:NAME} or {@code rocksdb:PATH}; other schemes as their jars are on the
     * class path.
     *
     * @throws InvalidInputException for an address, scheme or setting that nobody knows
     * @throws dev.aurochs.queue.job.BackendInUseException when another process owns the store
     */
    public static Queues open(String address) {
        return builder(address).open();
    }

    public static Builder builder(String address) {
        return new Builder(address);
    }

    /** The queue of this name; a queue comes into being with its first job. */
    public Queue queue(String name) {
        return new Queue(QueueName.of(name), context);
    }

    /** A worker on this queue, to be given handlers and started. */
    public Worker.Builder worker(String queue) {
        return new Worker.Builder(QueueName.of(queue), context, this::own, open::remove);
    }

    public FlowProducer flows() {
        return new FlowProducer(context);
    }

    /** Listens to these queues from now on; register listeners, then start. */
    public QueueEvents events(String... queues) {
        return eventsFrom(EventPosition.NOW, queues);
    }

    /** Listens from an earlier position, as far back as events are kept. */
    public QueueEvents eventsFrom(EventPosition from, String... queues) {
        InvalidInputException.unless(queues.length > 0, "queues", Arrays.toString(queues), "name at least one queue");
        Set<QueueName> names = Arrays.stream(queues).map(QueueName::of).collect(Collectors.toCollection(TreeSet::new));
        QueueEvents events = new QueueEvents(context, names, from, open::remove);
        try {
            own(events);
        } catch (IllegalStateException closed) {
            events.close();
            throw closed;
        }
        return events;
    }

    /** What comes too late would outlive its backend, and keep the JVM alive. */
    private synchronized void own(AutoCloseable one) {
        if (closed) throw new IllegalStateException("these queues are closed; open them again");
        open.add(one);
    }

    /** The names of all queues, sorted. */
    public Set<QueueName> names() {
        context.backend().info().require(Capability.QUEUE_LISTING, "keep the names in your application");
        return new TreeSet<>(context.backend().queues());
    }

    /** What the backend can do, and how. */
    public BackendInfo info() {
        return context.backend().info();
    }

    /** Closes when the JVM shuts down, as far as its grace allows. */
    public synchronized Queues closeOnShutdown() {
        if (hook == null) {
            hook = new Thread(this::closeAll, "aurochs-shutdown");
            Runtime.getRuntime().addShutdownHook(hook);
        }
        return this;
    }

    /** Closes workers (each with its grace), then listeners, then the backend. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            if (hook != null && hook != Thread.currentThread()) {
                try {
                    Runtime.getRuntime().removeShutdownHook(hook);
                } catch (IllegalStateException shuttingDown) {
                    return;
                }
            }
        }
        closeAll();
    }

    private void closeAll() {
        List<AutoCloseable> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(open);
        }
        for (AutoCloseable one : all) if (one instanceof Worker worker) worker.stopClaiming();
        try {
            for (AutoCloseable one : all) if (one instanceof Worker worker) worker.close();
            for (AutoCloseable one : all) if (one instanceof ManualWorker worker) worker.close();
            for (AutoCloseable one : all) if (one instanceof QueueEvents events) events.close();
        } finally {
            context.backend().close();
            context.callbacks().shutdown();
        }
    }

    /** How to open; not thread-safe. */
    public static final class Builder {
        private final String address;
        private PayloadCodec codec = new JacksonCodec();
        private InstantSource time = new SystemTime();

        private Builder(String address) {
            this.address = InvalidInputException.present(address, "address");
        }

        /** How payloads become JSON; Jackson by default. */
        public Builder codec(PayloadCodec codec) {
            this.codec = InvalidInputException.present(codec, "codec");
            return this;
        }

        /** The clock; {@link dev.aurochs.queue.testing.MutableTime} makes tests deterministic. */
        public Builder time(InstantSource time) {
            this.time = InvalidInputException.present(time, "time");
            return this;
        }

        public Queues open() {
            return over(Backends.open(address));
        }

        private Queues over(QueueBackend backend) {
            return new Queues(new Context(backend, time, codec, new Intake(backend, time), Threads.forCallbacks()));
        }
    }

    /** On a backend that is already open; {@link #close()} closes it. For tests of backends. */
    public static Queues over(QueueBackend backend, InstantSource time) {
        return new Builder(backend.info().address()).time(time).over(backend);
    }
}
