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
     * Where a reader stands in one queue; written {@code row} or {@code row.part}, with {@code ~seal} when it is known.
     *
     * @param beginning which life of the queue's events this belongs to, since the backend was opened
     * @param row the newest row that was read whole
     * @param part how many events of the row behind it were read
     * @param seal tells the row read last from a row of that number in another life of the queue; 0 when unknown
     */
    private record Mark(int beginning, long row, int part, int seal) {
        static Mark parse(String text, int beginning) {
            int end = text.indexOf('~') < 0 ? text.length() : text.indexOf('~');
            int dot = text.indexOf('.') < 0 ? end : text.indexOf('.');
            long row = Long.parseLong(text.substring(0, dot));
            int part = dot == end ? 0 : Integer.parseInt(text.substring(dot + 1, end));
            int seal = end == text.length() ? 0 : Integer.parseUnsignedInt(text.substring(end + 1), 16);
            return new Mark(beginning, row, part, seal);
        }

        /** The row read last, if only in part; 0 when none was. */
        long latest() {
            return part == 0 ? row : row + 1;
        }

        @Override
        public String toString() {
            String place = part == 0 ? Long.toString(row) : row + "." + part;
            return seal == 0 ? place : place + "~" + Integer.toHexString(seal);
        }
    }

    EngineEventReader(EngineStore store, EventHub hub, Set<QueueName> queues, EventPosition from) {
        this.store = store;
        this.hub = hub;
        boolean now = from.equals(EventPosition.NOW);
        for (QueueName queue : queues) marks.put(queue, markAt(queue, now ? newest(queue) : beforeFirst(queue)));
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
        if (gap) mark = markAt(queue, beforeFirst);
        int beginning = mark.beginning();
        long after = mark.row();
        int left = max;
        for (EventRow row : store.read(rows -> rows.events(queue, after, max))) {
            if (row.seq() > upTo || left == 0) break;
            List<QueueEvent> unread =
                    row.events().subList(mark.part(), row.events().size());
            int taken = Math.min(left, unread.size());
            into.addAll(unread.subList(0, taken));
            left -= taken;
            boolean whole = taken == unread.size();
            mark = new Mark(beginning, whole ? row.seq() : row.seq() - 1, whole ? 0 : mark.part() + taken, seal(row));
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
        return mark != null && mark.beginning() == beginning ? mark : new Mark(beginning, 0, 0, 0);
    }

    private Mark markAt(QueueName queue, long row) {
        return new Mark(hub.beginnings(queue), row, 0, seal(queue, row));
    }

    /** False when the queue was obliterated since; true also when nothing can tell, as the row is not kept any more. */
    private boolean isOfThisLife(QueueName queue, Mark mark) {
        if (mark.row() > newest(queue)) return false;
        int seal = seal(queue, mark.latest());
        return seal == 0 || mark.seal() == 0 || seal == mark.seal();
    }

    private int seal(QueueName queue, long row) {
        if (row < 1) return 0;
        List<EventRow> kept = store.read(rows -> rows.events(queue, row - 1, 1));
        return kept.isEmpty() || kept.get(0).seq() != row ? 0 : seal(kept.get(0));
    }

    /** Made of words and numbers that no later version writes differently. */
    private static int seal(EventRow row) {
        StringBuilder text = new StringBuilder();
        for (QueueEvent event : row.events()) {
            text.append(event.label()).append(' ').append(event.at().toEpochMilli());
            if (event instanceof QueueEvent.OfJob about) text.append(' ').append(about.job());
            if (event instanceof QueueEvent.Added added) text.append(' ').append(added.name());
            text.append(';');
        }
        return text.toString().hashCode();
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
                if (isOfThisLife(queue, mark)) marks.replace(queue, mark);
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
