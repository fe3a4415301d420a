package dev.aurochs.redis;

import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.redis.wire.Reply;
import dev.aurochs.redis.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.Protocol;

/**
 * How far each stream was read: the id of the latest entry, and how many entries came up to it since the stream began.
 * In text {@code id@count:queue}, one queue after another.
 */
final class StreamPositions {
    private static final String BEGIN = "0-0";

    private record Mark(String id, long read) {
        static final Mark START = new Mark(BEGIN, 0);

        boolean isStart() {
            return id.equals(BEGIN);
        }
    }

    private final Map<QueueName, Mark> marks = new TreeMap<>();

    private StreamPositions() {}

    static StreamPositions at(Wire wire, Map<QueueName, String> streams, EventPosition from) {
        StreamPositions positions = new StreamPositions();
        boolean now = from.equals(EventPosition.NOW);
        streams.forEach((queue, key) -> positions.marks.put(queue, now ? end(wire, key) : Mark.START));
        if (!now && !from.equals(EventPosition.START)) positions.standAt(from.value());
        return positions;
    }

    private static Mark end(Wire wire, String key) {
        if (!exists(wire, key)) return Mark.START;
        Reply info = info(wire, key);
        return new Mark(info.get("last-generated-id").text(), added(info));
    }

    private static boolean exists(Wire wire, String key) {
        return wire.command(Protocol.Command.EXISTS, key).number() == 1;
    }

    private static Reply info(Wire wire, String key) {
        return wire.command(Protocol.Command.XINFO, "STREAM", key);
    }

    /** Servers before version 7 do not count; then what was trimmed cannot be told from what was read. */
    private static long added(Reply info) {
        Reply added = info.get("entries-added");
        return added.isAbsent() ? 0 : added.number();
    }

    String id(QueueName queue) {
        return marks.getOrDefault(queue, Mark.START).id();
    }

    void passed(QueueName queue, String id) {
        Mark mark = marks.getOrDefault(queue, Mark.START);
        marks.put(queue, new Mark(id, mark.read() + 1));
    }

    /** True when entries were dropped before they were read; the reading goes on behind them. */
    boolean findGaps(Wire wire, Map<QueueName, String> streams) {
        boolean gap = false;
        for (Map.Entry<QueueName, String> stream : streams.entrySet())
            gap |= findGap(wire, stream.getKey(), stream.getValue());
        return gap;
    }

    private boolean findGap(Wire wire, QueueName queue, String key) {
        Mark mark = marks.getOrDefault(queue, Mark.START);
        if (!exists(wire, key)) return false;
        Reply info = info(wire, key);
        long trimmed = added(info) - info.get("length").number();
        if (mark.isStart()) {
            marks.put(queue, new Mark(BEGIN, trimmed));
            return false;
        }
        if (compare(info.get("last-generated-id").text(), mark.id()) < 0) {
            marks.put(queue, Mark.START);
            return false;
        }
        if (trimmed <= mark.read()) return false;
        marks.put(queue, new Mark(mark.id(), trimmed));
        return true;
    }

    private static int compare(String one, String other) {
        String[] a = one.split("-");
        String[] b = other.split("-");
        int byMillis = Long.compare(Long.parseLong(a[0]), Long.parseLong(b[0]));
        return byMillis != 0 ? byMillis : Long.compare(Long.parseLong(a[1]), Long.parseLong(b[1]));
    }

    EventPosition position() {
        List<String> parts = new ArrayList<>();
        marks.forEach((queue, mark) -> parts.add(mark.id() + "@" + mark.read() + ":" + queue));
        return new EventPosition(String.join(":", parts));
    }

    private void standAt(String position) {
        String[] parts = position.split(":");
        String rule = "was not made by this backend";
        InvalidInputException.unless(parts.length % 2 == 0, "event position", position, rule);
        for (int i = 0; i < parts.length; i += 2) {
            boolean valid = parts[i].matches("[0-9]{1,18}-[0-9]{1,18}@[0-9]{1,18}");
            InvalidInputException.unless(valid, "event position", position, rule);
            int at = parts[i].indexOf('@');
            Mark mark = new Mark(parts[i].substring(0, at), Long.parseLong(parts[i].substring(at + 1)));
            marks.replace(QueueName.of(parts[i + 1]), mark);
        }
    }
}
