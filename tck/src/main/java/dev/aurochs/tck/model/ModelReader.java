package dev.aurochs.tck.model;

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

/** Reads events; its position is, per queue, how many were read in which of its lives: {@code 12.0:queue:7.1:other}. */
final class ModelReader implements EventReader {
    /** How many events were read, of which life of the queue. */
    private record Mark(long read, int beginning) {}

    private final JobList list;
    private final Map<QueueName, Mark> marks = new TreeMap<>();
    private boolean closed;

    ModelReader(JobList list, Set<QueueName> queues, EventPosition from) {
        this.list = list;
        boolean now = from.equals(EventPosition.NOW);
        for (QueueName queue : queues) mark(queue, now ? list.queue(queue).end() : 0);
        if (!now && !from.equals(EventPosition.START)) standAt(from.value());
    }

    @Override
    public EventBatch read(int max, Duration atMost) throws InterruptedException {
        synchronized (list) {
            await(atMost);
            List<QueueEvent> events = new ArrayList<>();
            boolean gap = false;
            for (QueueName queue : closed ? List.<QueueName>of() : List.copyOf(marks.keySet()))
                gap |= readOne(queue, max, events);
            return new EventBatch(events, position(), gap);
        }
    }

    private void await(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        long left = atMost.toNanos();
        while (left > 0
                && !closed
                && !list.isClosed()
                && marks.keySet().stream().noneMatch(this::hasMore)) {
            list.wait(left / 1_000_000, (int) (left % 1_000_000));
            left = deadline - System.nanoTime();
        }
    }

    /** True when events were dropped before they were read. */
    private boolean readOne(QueueName name, int max, List<QueueEvent> into) {
        ModelQueue queue = list.queue(name);
        long from = from(name);
        boolean gap = from > 0 && from < queue.trimmed;
        long next = Math.max(from, queue.trimmed);
        while (into.size() < max && next < queue.end()) into.add(queue.events.get((int) (next++ - queue.trimmed)));
        mark(name, next);
        return gap;
    }

    private boolean hasMore(QueueName queue) {
        return from(queue) < list.queue(queue).end();
    }

    private long from(QueueName queue) {
        Mark mark = marks.getOrDefault(queue, new Mark(0, 0));
        return mark.beginning() == list.beginnings(queue) ? mark.read() : 0;
    }

    private void mark(QueueName queue, long read) {
        marks.put(queue, new Mark(read, list.beginnings(queue)));
    }

    private EventPosition position() {
        List<String> parts = new ArrayList<>();
        marks.forEach((queue, mark) -> parts.add(mark.read() + "." + mark.beginning() + ":" + queue));
        return new EventPosition(String.join(":", parts));
    }

    private void standAt(String position) {
        String[] parts = position.split(":");
        String rule = "was not made by this backend";
        InvalidInputException.unless(parts.length % 2 == 0, "event position", position, rule);
        try {
            for (int i = 0; i < parts.length; i += 2) {
                QueueName queue = QueueName.of(parts[i + 1]);
                int dot = parts[i].indexOf('.');
                InvalidInputException.unless(dot > 0, "event position", position, rule);
                long read = Long.parseLong(parts[i].substring(0, dot));
                boolean sameLife = Integer.parseInt(parts[i].substring(dot + 1)) == list.beginnings(queue);
                if (marks.containsKey(queue) && sameLife) mark(queue, read);
            }
        } catch (NumberFormatException foreign) {
            throw new InvalidInputException("event position", position, rule, foreign);
        }
    }

    @Override
    public void close() {
        synchronized (list) {
            closed = true;
            list.notifyAll();
        }
    }
}
