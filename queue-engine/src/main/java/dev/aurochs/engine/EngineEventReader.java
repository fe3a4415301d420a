package dev.aurochs.engine;

import dev.aurochs.engine.store.EngineStore;
import dev.aurochs.engine.store.EventRow;
import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.EventBatch;
import dev.aurochs.queue.spi.EventReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the events of some queues from where it stands in each. A position is written {@code seq:queue:seq:queue…}; a
 * queue's name has no colon.
 */
final class EngineEventReader implements EventReader {
    private final EngineStore store;
    private final EventHub hub;
    private final Map<QueueName, Long> read = new TreeMap<>();
    private volatile boolean closed;

    EngineEventReader(EngineStore store, EventHub hub, Set<QueueName> queues, EventPosition from) {
        this.store = store;
        this.hub = hub;
        for (QueueName queue : queues) read.put(queue, from.equals(EventPosition.NOW) ? hub.shownUpTo(queue) : 0L);
        if (!from.equals(EventPosition.NOW) && !from.equals(EventPosition.START)) standAt(from);
    }

    @Override
    public EventBatch read(int max, Duration atMost) throws InterruptedException {
        hub.await(() -> closed || read.keySet().stream().anyMatch(this::hasMore), atMost);
        List<QueueEvent> events = new ArrayList<>();
        boolean gap = false;
        for (QueueName queue : closed ? Set.<QueueName>of() : read.keySet()) {
            if (events.size() < max && hasMore(queue)) gap |= readQueue(queue, max - events.size(), events);
        }
        return new EventBatch(events, position(), gap);
    }

    /** True when events were trimmed before they were read. */
    private boolean readQueue(QueueName queue, int max, List<QueueEvent> into) {
        long after = read.getOrDefault(queue, 0L);
        long upTo = hub.shownUpTo(queue);
        if (after > upTo) after = 0;
        long first = store.read(rows -> rows.queue(queue).firstEvent());
        boolean gap = after + 1 < first && after > 0;
        long from = Math.max(after, first - 1);
        long last = from;
        for (EventRow row : store.read(rows -> rows.events(queue, from, max))) {
            if (row.seq() > upTo) break;
            into.addAll(row.events());
            last = row.seq();
        }
        read.put(queue, last);
        return gap;
    }

    private boolean hasMore(QueueName queue) {
        long shown = hub.shownUpTo(queue);
        long after = read.getOrDefault(queue, 0L);
        return shown != after && shown > 0;
    }

    private EventPosition position() {
        StringBuilder text = new StringBuilder();
        read.forEach((queue, seq) -> text.append(text.length() == 0 ? "" : ":")
                .append(seq)
                .append(':')
                .append(queue));
        return new EventPosition(text.toString());
    }

    private void standAt(EventPosition position) {
        String[] parts = position.value().split(":");
        String rule = "was not made by this backend";
        InvalidInputException.unless(parts.length % 2 == 0, "event position", position.value(), rule);
        for (int i = 0; i < parts.length; i += 2) {
            long seq;
            try {
                seq = Long.parseLong(parts[i]);
            } catch (NumberFormatException foreign) {
                throw new InvalidInputException("event position", position.value(), rule, foreign);
            }
            read.computeIfPresent(QueueName.of(parts[i + 1]), (queue, start) -> seq);
        }
    }

    @Override
    public void close() {
        closed = true;
        hub.wakeReaders();
    }
}
