package dev.aurochs.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.rabbitmq.wire.Names;
import dev.aurochs.rabbitmq.wire.Publisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Queues that nobody claims from until a moment, because a run ended so. Told to all processes that have workers at the
 * time; who comes later does not know of it.
 */
final class Holds {
    private static final BasicProperties PROPERTIES =
            new BasicProperties.Builder().deliveryMode(1).build();

    private final Map<QueueName, Instant> until = new ConcurrentHashMap<>();
    private final Publisher publisher;
    private final Names names;

    Holds(Publisher publisher, Names names) {
        this.publisher = publisher;
        this.names = names;
    }

    void hold(LocalQueue queue, Duration span, Instant now) {
        Instant end = now.plus(span);
        heard(queue.name(), end);
        Control.Message message = new Control.Message(Control.HOLD, queue.name(), end.toEpochMilli());
        publisher.tell(
                names.control(),
                Names.escaped(queue.name().value()),
                PROPERTIES,
                message.text().getBytes(StandardCharsets.UTF_8));
    }

    void heard(QueueName queue, Instant end) {
        until.merge(queue, end, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** The moment until which nothing is claimed; in the past when there is none. */
    Instant until(QueueName queue) {
        return until.getOrDefault(queue, Instant.MIN);
    }
}
