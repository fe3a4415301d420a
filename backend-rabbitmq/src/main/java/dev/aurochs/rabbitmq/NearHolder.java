package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueException;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.rabbitmq.message.EventMessage;
import dev.aurochs.rabbitmq.message.JobMessage;
import dev.aurochs.rabbitmq.message.UnreadableException;
import dev.aurochs.rabbitmq.wire.Line;
import dev.aurochs.rabbitmq.wire.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds jobs in hand for the last stretch of their delay, unacknowledged, and makes each wait when it is due. A job is
 * acknowledged when it is safe in its next place: a process that dies gives all that it holds to another. Every process
 * with a worker has one. Thread-safe.
 *
 * <p>How many it holds follows from how large they are, so that they take a bounded part of the memory.
 */
final class NearHolder implements AutoCloseable {
    /** The one thread that waits for the next due moment. */
    static final String THREAD = "aurochs-rabbitmq-due";

    private static final Logger LOG = LoggerFactory.getLogger(NearHolder.class);
    private static final long BUDGET_BYTES = 64L << 20;
    private static final int FEWEST = 64;
    private static final long GATHER_NANOS = 500_000_000L;
    private static final int MOST = 20_000;
    private static final Duration AGAIN = Duration.ofMillis(250);

    private final Line line;
    private final Topology topology;
    private final Sender sender;
    private final Outbox outbox;
    private final CallerTime time;
    private final Function<QueueName, LocalQueue> queues;
    private final PriorityQueue<Held> held = new PriorityQueue<>(Held.NEXT_FIRST);
    /** Held while the broker is asked, which the thread that reads from it must never wait for. */
    private final Object opening = new Object();

    private final Object promoting = new Object();
    private @Nullable Inlet inlet;
    private final Thread thread = new Thread(this::run, THREAD);
    private int prefetch = FEWEST;
    private long heldBytes;
    private long arrivals;
    private boolean closed;
    /** False while jobs that were near before are still being handed over: they go by due moment. */
    private boolean gathered;

    NearHolder(
            Line line,
            Topology topology,
            Sender sender,
            Outbox outbox,
            CallerTime time,
            Function<QueueName, LocalQueue> queues) {
        this.line = line;
        this.topology = topology;
        this.sender = sender;
        this.outbox = outbox;
        this.time = time;
        this.queues = queues;
    }

    /** @param at when to make it wait: when it is due, or a while after that went wrong */
    private record Held(Parcel parcel, JobRecord job, Instant due, Instant at, long number) {
        private static final Comparator<Held> NEXT_FIRST =
                Comparator.comparing(Held::at).thenComparing(Held::number);
    }

    /** Holds what is near by now, when it returns; also after the connection was lost. */
    void ensureHolding() {
        if (isHolding()) return;
        synchronized (opening) {
            if (isHolding()) return;
            topology.declareShared();
            Inlet fresh = new Inlet(line.channel(), topology.names().near(), this::take, () -> {});
            synchronized (this) {
                inlet = fresh;
                held.clear();
                heldBytes = 0;
                gathered = false;
            }
            fresh.consume(prefetch);
            gather(fresh);
            synchronized (this) {
                gathered = true;
                notifyAll();
            }
        }
    }

    private synchronized boolean isHolding() {
        return closed || gathered && inlet != null && inlet.isOpen();
    }

    /** What is ready is in hand, as far as there is room; some queues begin to hand out a little later. */
    private void gather(Inlet fresh) {
        long deadline = System.nanoTime() + GATHER_NANOS;
        while (fresh.sync() > 0 && (adapt() || hasRoom()) && System.nanoTime() < deadline) Thread.onSpinWait();
    }

    private synchronized boolean hasRoom() {
        return held.size() < prefetch;
    }

    /** Begins to wait for due moments; it holds nothing before {@link #ensureHolding}. */
    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void take(Parcel parcel) {
        Instant now = time.now();
        JobRecord job;
        try {
            job = JobMessage.read(QueueName.of("near"), parcel.properties(), parcel.body(), now);
        } catch (UnreadableException foreign) {
            LOG.error(
                    "dropped a message that is no job from {}: {}",
                    topology.names().near(),
                    foreign.getMessage());
            parcel.acknowledge();
            return;
        }
        Instant due = job.status().dueAt() == null ? now : job.status().dueAt();
        synchronized (this) {
            hold(new Held(parcel, job, due, due, arrivals++));
        }
    }

    private synchronized void hold(Held job) {
        held.add(job);
        heldBytes += job.parcel().body().length;
        notifyAll();
    }

    /** It cannot be stored in its next place at present: another try, and not at once. */
    private void later(Held due) {
        if (!due.parcel().isHeld()) return;
        hold(new Held(due.parcel(), due.job(), due.due(), time.now().plus(AGAIN), due.number()));
    }

    /** True when it holds more, or less, from now on; for the thread that owns the holder's turn. */
    private boolean adapt() {
        Inlet present;
        int next;
        synchronized (this) {
            present = inlet;
            if (present == null) return false;
            int count = Math.max(1, held.size());
            long average = Math.max(1, heldBytes / count);
            next = (int) Math.max(FEWEST, Math.min(MOST, BUDGET_BYTES / average));
            boolean full = held.size() >= prefetch - prefetch / 8;
            boolean fat = heldBytes > 2 * BUDGET_BYTES;
            if (!(full && next >= 2 * prefetch) && !(fat && next < prefetch)) return false;
            prefetch = next;
        }
        present.consume(next);
        return true;
    }

    private void run() {
        while (true) {
            try {
                synchronized (this) {
                    if (closed) return;
                    Held next = gathered ? held.peek() : null;
                    Duration left = next == null ? Duration.ofMinutes(1) : time.until(next.at());
                    if (!left.isNegative() && !left.isZero()) {
                        wait(left.toMillis(), left.toNanosPart() % 1_000_000);
                        if (closed) return;
                    }
                }
                release(time.now());
                adapt();
            } catch (InterruptedException | QueueException interrupted) {
                LOG.debug("the holder of delayed jobs was disturbed; it goes on", interrupted);
            } catch (RuntimeException broken) {
                LOG.error("the holder of delayed jobs failed; it goes on", broken);
            }
        }
    }

    /** Sends on what is due by then; what another thread is just sending on is sent, too, when it returns. */
    void release(Instant now) {
        synchronized (promoting) {
            for (Held due = next(now); due != null; due = next(now))
                if (due.parcel().isHeld()) promote(due);
        }
        outbox.send();
    }

    /** True when something is due by then and nobody has begun to send it on. */
    synchronized boolean isDue(Instant now) {
        Held first = gathered ? held.peek() : null;
        return first != null && !first.at().isAfter(now);
    }

    private synchronized @Nullable Held next(Instant now) {
        Held due = gathered ? held.peek() : null;
        if (due == null || due.at().isAfter(now)) return null;
        held.poll();
        heldBytes -= due.parcel().body().length;
        return due;
    }

    /** In the order of the calls. */
    private void promote(Held due) {
        JobRecord job = Records.again(due.job(), false, null);
        LocalQueue queue = queues.apply(job.ref().queue());
        queue.comesBack(job.id(), outbox);
        Journey journey = queue.departs(job.id(), EventMessage.waiting(job.ref(), due.due(), JobState.DELAYED));
        CompletableFuture<Void> sent;
        try {
            topology.declare(job.ref().queue());
            sent = journey.by(() -> sender.sendWaiting(job));
        } catch (QueueException away) {
            LOG.debug("job {} is due and cannot be stored; again later", job.ref(), away);
            later(due);
            return;
        }
        queue.expect(sent.handle((done, failure) -> {
            if (failure != null) {
                later(due);
                return null;
            }
            outbox.acknowledge(due.parcel());
            journey.arrived(outbox);
            return null;
        }));
    }

    synchronized boolean isQuiet() {
        return inlet == null || inlet.isQuietFor(Inlet.LAG_NANOS);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(5_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
