package dev.aurochs.engine;

import dev.aurochs.engine.store.EngineStore;
import dev.aurochs.engine.store.EventRow;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
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
 * Reads the events of some queues from where it stands in each. A position is written {@code mark:queue:mark:queue…}; a
 * queue's name has no colon.
 */
final class EngineEventReader implements EventReader {
    private final EngineStore store;
    private final EventHub hub;
    private final Map<QueueName, Mark> marks = new TreeMap<>();
    private volatile boolean closed;

    /**
     * Where a reader stands in one queue; written {@code row} or {@code row.part}.
     *
     * @param beginning which life of the queue's events this belongs to
     * @param row the newest row that was read whole
     * @param part how many events of the row behind it were read
     */
    private record Mark(int beginning, long row, int part) {
        static Mark parse(String text, int beginning) {
            int dot = text.indexOf('.');
            if (dot < 0) return new Mark(beginning, Long.parseLong(text), 0);
            int part = Integer.parseInt(text.substring(dot + 1));
            return new Mark(beginning, Long.parseLong(text.substring(0, dot)), part);
        }

        Mark at(long row, int part) {
            return new Mark(beginning, row, part);
        }

        @Override
        public String toString() {
            return part == 0 ? Long.toString(row) : row + "." + part;
        }
    }

    EngineEventReader(EngineStore store, EventHub hub, Set<QueueName> queues, EventPosition from) {
        this.store = store;
        this.hub = hub;
        boolean now = from.equals(EventPosition.NOW);
        for (QueueName queue : queues)
            marks.put(queue, new Mark(hub.beginnings(queue), now ? newest(queue) : beforeFirst(queue), 0));
        if (!now && !from.equals(EventPosition.START)) standAt(from);
    }

    @Override
    public EventBatch read(int max, Duration atMost) throws InterruptedException {
        boolean open = hub.await(() -> closed || marks.keySet().stream().anyMatch(this::hasMore), atMost);
        if (!open && !closed)
            throw new BackendUnavailableException(
                    "the backend is closed; close its event readers", Outcome.NOT_APPLIED, null);
        List<QueueEvent> events = new ArrayList<>();
        boolean gap = false;
        for (QueueName queue : closed ? Set.<QueueName>of() : marks.keySet()) {
            if (events.size() < max && hasMore(queue)) gap |= readQueue(queue, max - events.size(), events);
        }
        return new EventBatch(events, position(), gap);
    }

    /** True when events were trimmed before they were read. */
    private boolean readQueue(QueueName queue, int max, List<QueueEvent> into) {
        Mark mark = mark(queue);
        long upTo = hub.shownUpTo(queue);
        long beforeFirst = beforeFirst(queue);
        boolean gap = mark.row() < beforeFirst;
        if (gap) mark = mark.at(beforeFirst, 0);
        long after = mark.row();
        int left = max;
        for (EventRow row : store.read(rows -> rows.events(queue, after, max))) {
            if (row.seq() > upTo || left == 0) break;
            List<QueueEvent> unread =
                    row.events().subList(mark.part(), row.events().size());
            int taken = Math.min(left, unread.size());
            into.addAll(unread.subList(0, taken));
            left -= taken;
            mark = taken == unread.size() ? mark.at(row.seq(), 0) : mark.at(row.seq() - 1, mark.part() + taken);
        }
        marks.put(queue, mark);
        return gap;
    }

    private boolean hasMore(QueueName queue) {
        return hub.shownUpTo(queue) > mark(queue).row();
    }

    /** Where this reader stands; at the beginning when the queue's events have begun anew. */
    private Mark mark(QueueName queue) {
        int beginning = hub.beginnings(queue);
        Mark mark = marks.get(queue);
        return mark != null && mark.beginning() == beginning ? mark : new Mark(beginning, 0, 0);
    }

    /** The newest row there is, safe or not. */
    private long newest(QueueName queue) {
        return store.read(rows -> rows.queue(queue).nextEvent()) - 1;
    }

    /** The newest row that is not kept any more. */
    private long beforeFirst(QueueName queue) {
        return store.read(rows -> rows.queue(queue).firstEvent()) - 1;
    }

    private EventPosition position() {
        StringBuilder text = new StringBuilder();
        marks.forEach((queue, mark) -> text.append(text.length() == 0 ? "" : ":")
                .append(mark)
                .append(':')
                .append(queue));
        return new EventPosition(text.toString());
    }

    private void standAt(EventPosition position) {
        String[] parts = position.value().split(":");
        String rule = "was not made by this backend";
        InvalidInputException.unless(parts.length % 2 == 0, "event position", position.value(), rule);
        try {
            for (int i = 0; i < parts.length; i += 2) {
                QueueName queue = QueueName.of(parts[i + 1]);
                Mark mark = Mark.parse(parts[i], hub.beginnings(queue));
                if (mark.row() <= newest(queue)) marks.replace(queue, mark);
            }
        } catch (NumberFormatException foreign) {
            throw new InvalidInputException("event position", position.value(), rule, foreign);
        }
    }

    @Override
    public void close() {
        closed = true;
        hub.wakeReaders();
    }
}
