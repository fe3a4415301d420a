package dev.aurochs.rabbitmq.wire;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.QueueName;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Declares what there is on the broker, each thing once per connection. What was declared elsewhere with other
 * arguments
 * is an error that names both; nothing is ever deleted to make room. Thread-safe.
 */
public final class Topology {
    private static final String TOPIC = "topic";

    private final Line line;
    private final Names names;
    private final QueueArguments arguments;
    private final Set<String> declared = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<String, Object>> known = new ConcurrentHashMap<>();
    private volatile @Nullable Connection connection;
    private @Nullable Channel channel;

    public Topology(Line line, Names names, QueueArguments arguments) {
        this.line = line;
        this.names = names;
        this.arguments = arguments;
    }

    public Names names() {
        return names;
    }

    /** The exchanges, and the queue for jobs that are due soon. */
    public synchronized void declareShared() {
        declareExchange(names.events());
        declareExchange(names.control());
        declareQueue(names.near(), arguments.plain());
    }

    /** All that one job queue needs. */
    public void declare(QueueName queue) {
        if (!isDeclared(names.paused(queue))) declareAll(queue);
    }

    /** Without waiting for others who ask the broker. */
    private boolean isDeclared(String queue) {
        Connection present = connection;
        return present != null && present.isOpen() && declared.contains(queue);
    }

    private synchronized void declareAll(QueueName queue) {
        forgetWithConnection();
        if (declared.contains(names.paused(queue))) return;
        declareShared();
        declareQueue(names.waiting(queue), arguments.waiting());
        declareQueue(names.failed(queue), arguments.failed());
        declareQueue(names.paused(queue), arguments.marker());
    }

    /** The buckets of long delays, all of them: one that was just made does not survive a crash of some brokers. */
    public void declareBuckets() {
        if (!isDeclared(names.bucket(QueueArguments.BUCKETS - 1))) declareAllBuckets();
    }

    private synchronized void declareAllBuckets() {
        forgetWithConnection();
        if (declared.contains(names.bucket(QueueArguments.BUCKETS - 1))) return;
        declareShared();
        for (int i = 0; i < QueueArguments.BUCKETS; i++)
            declareQueue(names.bucket(i), arguments.bucket(i, names.near()));
    }

    /** A queue that was declared before and is gone. That of a limit may be gone because there is another limit now. */
    public synchronized void declareAgain(String queue) {
        Map<String, Object> as = known.get(queue);
        if (as == null || Names.isLimit(queue)) return;
        declared.remove(queue);
        declareQueue(queue, as);
    }

    /** Any queue by its arguments. */
    public synchronized void declareQueue(String queue, Map<String, Object> as) {
        forgetWithConnection();
        if (declared.contains(queue)) return;
        known.put(queue, as);
        try {
            channel().queueDeclare(queue, true, false, false, as);
            declared.add(queue);
        } catch (IOException | ShutdownSignalException refused) {
            throw explained(queue, as, refused);
        }
    }

    private void declareExchange(String exchange) {
        forgetWithConnection();
        if (declared.contains(exchange)) return;
        try {
            channel().exchangeDeclare(exchange, TOPIC, true);
            declared.add(exchange);
        } catch (IOException | ShutdownSignalException refused) {
            throw explained(exchange, Map.of("type", TOPIC), refused);
        }
    }

    private static RuntimeException explained(String name, Map<String, Object> as, Exception refused) {
        if (Troubles.code(refused) != AMQP.PRECONDITION_FAILED)
            return Troubles.away("declaring '" + name + "'", Outcome.NOT_APPLIED, refused);
        return new InvalidInputException(
                "broker queue",
                name,
                "is declared there with other arguments than this address asks for (" + new TreeMap<>(as)
                        + "); the broker says: " + Troubles.reason(refused)
                        + ". Nothing was changed: use the address's settings that it was declared with, another prefix,"
                        + " or empty and delete it yourself",
                refused);
    }

    /** How many messages are ready in a queue; -1 when there is no such queue. */
    public synchronized long ready(String queue) {
        try {
            return channel().messageCount(queue);
        } catch (IOException | ShutdownSignalException refused) {
            if (Troubles.code(refused) == AMQP.NOT_FOUND) return -1;
            throw Troubles.away("counting '" + queue + "'", Outcome.NOT_APPLIED, refused);
        }
    }

    /** Removes what is ready in a queue; answers how many. */
    public synchronized long purge(String queue) {
        try {
            return channel().queuePurge(queue).getMessageCount();
        } catch (IOException | ShutdownSignalException refused) {
            if (Troubles.code(refused) == AMQP.NOT_FOUND) return 0;
            throw Troubles.away("emptying '" + queue + "'", Outcome.UNKNOWN, refused);
        }
    }

    /** Removes a queue with all that is in it. */
    public synchronized void delete(String queue) {
        declared.remove(queue);
        try {
            channel().queueDelete(queue);
        } catch (IOException | ShutdownSignalException refused) {
            throw Troubles.away("deleting '" + queue + "'", Outcome.UNKNOWN, refused);
        }
    }

    /** The names of all queues that this backend declared. */
    public Set<String> queues() {
        return new TreeSet<>(known.keySet());
    }

    private void forgetWithConnection() {
        Connection now = line.open();
        if (now.equals(connection)) return;
        connection = now;
        declared.clear();
    }

    private Channel channel() {
        if (channel == null || !channel.isOpen()) channel = line.channel();
        return channel;
    }
}
