package dev.aurochs.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.EventBatch;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.Traits.EventOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads events and compares them in a short form: {@code "added a"}, {@code "waiting a from active"}, {@code "paused"}.
 * Drained events are hints and are left out.
 */
public final class EventTap implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int BATCH = 100;

    private final QueueDriver driver;
    private final EventReader reader;
    private final Deque<QueueEvent> ahead = new ArrayDeque<>();
    private EventPosition position;

    private EventTap(QueueDriver driver, EventReader reader, EventPosition from) {
        this.driver = driver;
        this.reader = reader;
        this.position = from;
    }

    static EventTap open(QueueDriver driver, EventPosition from, String... queues) {
        return new EventTap(
                driver,
                driver.backend()
                        .open(Arrays.stream(queues).map(QueueName::of).collect(Collectors.toUnmodifiableSet()), from),
                from);
    }

    /** These are the next events; in this order where the backend keeps one. */
    public void expect(String... lines) {
        List<String> seen = take(lines.length).stream().map(this::line).toList();
        boolean total = driver.backend().info().traits().eventOrder() == EventOrder.TOTAL;
        if (total) assertThat(seen).as("events").containsExactly(lines);
        else assertThat(seen).as("events").containsExactlyInAnyOrder(lines);
    }

    /** Nothing more has happened. */
    public void expectNoMore() {
        read(Duration.ZERO);
        assertThat(ahead.stream().map(this::line)).as("further events").isEmpty();
    }

    /** The next events, as many as asked for. */
    public List<QueueEvent> take(int count) {
        while (ahead.size() < count && read(PATIENCE)) {}
        List<QueueEvent> taken = new ArrayList<>();
        while (taken.size() < count && !ahead.isEmpty()) taken.add(ahead.removeFirst());
        return taken;
    }

    /** Everything that has happened is passed over. */
    public void skip() {
        while (read(Duration.ZERO)) {}
        ahead.clear();
    }

    /** Where a later reader goes on, when everything read so far was taken. */
    public EventPosition position() {
        return position;
    }

    public EventReader reader() {
        return reader;
    }

    @Override
    public void close() {
        reader.close();
    }

    /** The short form. */
    public String line(QueueEvent event) {
        String job = event instanceof QueueEvent.OfJob about ? " " + driver.nameOf(about.job()) : "";
        return event.label()
                + job
                + from(event).map(state -> " from " + state.label()).orElse("");
    }

    private static Optional<JobState> from(QueueEvent event) {
        if (event instanceof QueueEvent.Waiting waiting) return waiting.from();
        if (event instanceof QueueEvent.WaitingChildren waiting) return waiting.from();
        if (event instanceof QueueEvent.Removed removed) return Optional.of(removed.from());
        return Optional.empty();
    }

    private boolean read(Duration atMost) {
        try {
            EventBatch batch = reader.read(BATCH, atMost);
            position = batch.next();
            batch.events().stream()
                    .filter(event -> !(event instanceof QueueEvent.Drained))
                    .forEach(ahead::addLast);
            return !batch.events().isEmpty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for events", interrupted);
        }
    }
}
