package dev.aurochs.queue.internal;

import static dev.aurochs.queue.internal.Bench.soon;
import static dev.aurochs.queue.internal.Bench.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.EventBatch;
import dev.aurochs.queue.spi.EventReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reading events and handing them on, through outages and bad listeners (rules W8, W9). */
@Timeout(60)
class EventPumpTest {
    private static final QueueName QUEUE = QueueName.of("q");

    private final FakeBackend backend = new FakeBackend();
    private final BlockingQueue<EventBatch> batches = new LinkedBlockingQueue<>();
    private final Queue<String> opened = new ConcurrentLinkedQueue<>();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> told = new ConcurrentLinkedQueue<>();
    private final Troubles troubles = new Troubles();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    @BeforeEach
    void keepsEvents() {
        backend.info = FakeInfo.of(Capability.EVENT_REPLAY);
    }

    /** Answers the batches it is given; once closed, nothing any more, at once. */
    private final class Reader implements EventReader {
        private volatile boolean closed;

        Reader(EventPosition from) {
            opened.add(from.value());
            open.incrementAndGet();
        }

        @Override
        public EventBatch read(int max, Duration atMost) throws InterruptedException {
            if (atMost.isZero()) return new EventBatch(List.of(), new EventPosition("place"), false);
            EventBatch next = null;
            while (!closed && next == null) {
                if (failures.get() > 0 && failures.decrementAndGet() >= 0) throw away();
                next = batches.poll(1, TimeUnit.MILLISECONDS);
            }
            return next == null ? new EventBatch(List.of(), new EventPosition("closed"), false) : next;
        }

        @Override
        public void close() {
            if (!closed) open.decrementAndGet();
            closed = true;
        }
    }

    @DisplayName("W9: after an outage the reader is opened again where it stood; the old one is closed")
    @Test
    void reopens() {
        AtomicInteger refused = new AtomicInteger(2);
        backend.readers = (queues, from) -> {
            if (!opened.isEmpty() && refused.getAndDecrement() > 0) throw away();
            return new Reader(from);
        };
        try (EventPump pump = pump(List.of(event -> heard.add(event.label())))) {
            pump.start();
            batches.add(batch("p1"));
            until(() -> heard.size() == 1 && pump.position().value().equals("p1"));
            failures.set(1);
            until(() -> opened.size() == 2);
            batches.add(batch("p2"));
            until(() -> heard.size() == 2);
            assertThat(opened).containsExactly("now", "p1");
            assertThat(open).hasValue(1);
        }
        assertThat(open).hasValue(0);
    }

    @DisplayName(
            "W9: where events are not kept the reader is not opened again: it would have missed what came meanwhile")
    @Test
    void keepsTheReader() {
        backend.info = FakeInfo.of();
        backend.readers = (queues, from) -> new Reader(from);
        try (EventPump pump = pump(List.of(event -> heard.add(event.label())))) {
            pump.start();
            failures.set(3);
            batches.add(batch("p1"));
            until(() -> heard.size() == 1);
            assertThat(opened).hasSize(1);
            assertThat(open).hasValue(1);
        }
        assertThat(open).hasValue(0);
    }

    @DisplayName("W8: a listener that throws is passed over, whatever it throws")
    @Test
    void badListener() {
        backend.readers = (queues, from) -> new Reader(from);
        Consumer<QueueEvent> bad = event -> {
            throw new StackOverflowError();
        };
        try (EventPump pump = pump(List.of(bad, event -> heard.add(event.label())))) {
            pump.start();
            batches.add(batch("p1"));
            batches.add(batch("p2"));
            until(() -> heard.size() == 2);
        }
    }

    @DisplayName("E11: events that nobody knows, and drained ones twice or never, stop nothing")
    @Test
    void unknown() {
        backend.readers = (queues, from) -> new Reader(from);
        List<QueueEvent> events = List.of(
                new QueueEvent.Unknown(QUEUE, Instant.EPOCH, "teleported", Map.of("to", "the moon")),
                new QueueEvent.Drained(QUEUE, Instant.EPOCH),
                new QueueEvent.Drained(QUEUE, Instant.EPOCH),
                new QueueEvent.Resumed(QUEUE, Instant.EPOCH));
        try (EventPump pump = pump(List.of(event -> heard.add(event.label())))) {
            pump.start();
            batches.add(new EventBatch(events, new EventPosition("p1"), false));
            batches.add(batch("p2"));
            until(() -> pump.position().value().equals("p2"));
            assertThat(heard).containsExactly("unknown", "drained", "drained", "resumed", "paused");
        }
    }

    @DisplayName("W8: after close no listener is called, not even for the rest of a batch")
    @Test
    void closesWithinABatch() throws Exception {
        backend.readers = (queues, from) -> new Reader(from);
        CountDownLatch closed = new CountDownLatch(1);
        EventPump[] self = new EventPump[1];
        self[0] = pump(List.of(event -> {
            heard.add(event.label());
            self[0].close();
            closed.countDown();
        }));
        self[0].start();
        QueueEvent event = new QueueEvent.Paused(QUEUE, Instant.EPOCH);
        batches.add(new EventBatch(List.of(event, event, event), new EventPosition("p"), false));
        soon(closed);
        self[0].close();
        assertThat(heard).hasSize(1);
        assertThat(open).hasValue(0);
    }

    @DisplayName("A pump that never started, or whose store has a fault, closes and leaves no reader")
    @Test
    void closesAnyhow() {
        backend.readers = (queues, from) -> new Reader(from);
        pump(List.of()).close();
        assertThat(open).hasValue(0);
        EventPump failing = pump(List.of());
        backend.readers = (queues, from) -> {
            throw new IllegalStateException("a fault");
        };
        failures.set(1);
        failing.start();
        until(() -> open.get() == 0);
        failing.close();
    }

    @DisplayName("W15: neither an error of the store nor an interrupt ends it; both are told, and it goes on")
    @Test
    void goesOn() {
        AtomicInteger faults = new AtomicInteger(2);
        backend.readers = (queues, from) -> {
            if (!opened.isEmpty() && faults.getAndDecrement() > 0) throw new AssertionError("a fault");
            return new Reader(from);
        };
        troubles.listen(told::add);
        troubles.listen(trouble -> {
            throw new IllegalStateException("a bad listener");
        });
        try (EventPump pump = pump(List.of(event -> heard.add(event.label())))) {
            failures.set(1);
            pump.start();
            batches.add(batch("p1"));
            until(() -> heard.size() == 1);
            assertThat(told).hasSize(3);
            Bench.thread("aurochs-q-events-1").interrupt();
            until(() -> told.size() == 4);
            batches.add(batch("p2"));
            until(() -> heard.size() == 2);
        }
    }

    @DisplayName("W8: a reader that is opened again while the pump is being closed is not waited for")
    @Test
    void closedWhileReopening() throws Exception {
        CountDownLatch reopening = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        backend.readers = (queues, from) -> {
            if (opened.isEmpty()) return new Reader(from);
            reopening.countDown();
            Bench.uninterruptibly(closing);
            return new Reader(from);
        };
        EventPump pump = pump(List.of());
        failures.set(1);
        pump.start();
        soon(reopening);
        Thread closer = new Thread(pump::close);
        closer.start();
        until(() -> closer.getState() == Thread.State.WAITING);
        closing.countDown();
        closer.join(Bench.SOON.toMillis());
        assertThat(closer.isAlive()).isFalse();
        assertThat(open).hasValue(0);
    }

    private EventPump pump(List<Consumer<QueueEvent>> listeners) {
        return new EventPump(backend, Set.of(QUEUE), EventPosition.NOW, listeners, troubles);
    }

    private static EventBatch batch(String next) {
        QueueEvent event = new QueueEvent.Paused(QUEUE, Instant.EPOCH);
        return new EventBatch(List.of(event), new EventPosition(next), false);
    }

    private static BackendUnavailableException away() {
        return new BackendUnavailableException("gone", BackendUnavailableException.Outcome.NOT_APPLIED, null);
    }
}
