package dev.aurochs.redis;

import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.EventBatch;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.redis.layout.EventEntry;
import dev.aurochs.redis.layout.Keys;
import dev.aurochs.redis.wire.Reply;
import dev.aurochs.redis.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;

/** Reads the event streams of some queues over a connection of its own. */
final class RedisEventReader implements EventReader {
    /** In one piece the server waits no longer; a longer wait is made of several. */
    private static final long LONGEST_BLOCK_MILLIS = 5_000;

    private static final int OVERDUE_MILLIS = (int) LONGEST_BLOCK_MILLIS + 2_000;

    private final Wire wire;
    private final Consumer<RedisEventReader> whenClosed;
    private final Map<QueueName, String> streams = new TreeMap<>();
    private final StreamPositions positions;
    private final String name;
    private final Object lock = new Object();
    private @Nullable Connection connection;
    private boolean closed;

    /** @param whenClosed told when the reader is closed */
    RedisEventReader(
            Wire wire, Keys keys, Set<QueueName> queues, EventPosition from, Consumer<RedisEventReader> whenClosed) {
        this.wire = wire;
        this.whenClosed = whenClosed;
        for (QueueName queue : queues) streams.put(queue, keys.events(queue));
        this.name = keys.listenerName(streams.keySet().iterator().next());
        this.positions = StreamPositions.at(wire, streams, from);
    }

    @Override
    public EventBatch read(int max, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        boolean gap = positions.findGaps(wire, streams);
        while (true) {
            if (isClosed()) return new EventBatch(List.of(), positions.position(), gap);
            long leftMillis = Math.max(0, (deadline - System.nanoTime()) / 1_000_000);
            List<QueueEvent> events = readOnce(max, Math.min(leftMillis, LONGEST_BLOCK_MILLIS));
            boolean over = deadline - System.nanoTime() <= 0;
            if (!events.isEmpty() || over || gap) return new EventBatch(events, positions.position(), gap);
            if (Thread.interrupted()) throw new InterruptedException();
            gap = positions.findGaps(wire, streams);
        }
    }

    private List<QueueEvent> readOnce(int max, long blockMillis) {
        try {
            return events(Wire.command(connected(), Protocol.Command.XREAD, arguments(max, blockMillis)));
        } catch (JedisException failure) {
            disconnect();
            if (isClosed()) return List.of();
            throw wire.connections().translated(failure);
        }
    }

    private List<Object> arguments(int max, long blockMillis) {
        List<Object> arguments = new ArrayList<>(List.of("COUNT", max));
        if (blockMillis > 0) arguments.addAll(List.of("BLOCK", blockMillis));
        arguments.add("STREAMS");
        arguments.addAll(streams.values());
        for (QueueName queue : streams.keySet()) arguments.add(positions.id(queue));
        return arguments;
    }

    private List<QueueEvent> events(Reply reply) {
        List<QueueEvent> events = new ArrayList<>();
        for (Reply stream : reply.list()) {
            String key = stream.at(0).text();
            for (Map.Entry<QueueName, String> known : streams.entrySet())
                if (known.getValue().equals(key))
                    read(known.getKey(), stream.at(1).list(), events);
        }
        return events;
    }

    private void read(QueueName queue, List<Reply> entries, List<QueueEvent> into) {
        for (Reply entry : entries) {
            String id = entry.at(0).text();
            into.add(EventEntry.read(queue, id, entry.at(1).fields()));
            positions.passed(queue, id);
        }
    }

    private Connection connected() {
        synchronized (lock) {
            if (connection != null) return connection;
        }
        Connection fresh = wire.connections().open(name, OVERDUE_MILLIS);
        synchronized (lock) {
            connection = fresh;
            if (closed) cut();
            return fresh;
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed || wire.connections().isClosed();
        }
    }

    private void disconnect() {
        synchronized (lock) {
            cut();
            connection = null;
        }
    }

    private void cut() {
        if (connection == null) return;
        try {
            connection.forceDisconnect();
        } catch (IOException | JedisException gone) {
            connection.setBroken();
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            cut();
        }
        whenClosed.accept(this);
    }
}
