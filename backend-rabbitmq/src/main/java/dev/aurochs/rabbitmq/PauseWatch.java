package dev.aurochs.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.rabbitmq.wire.Names;
import dev.aurochs.rabbitmq.wire.Publisher;
import java.nio.charset.StandardCharsets;

/**
 * Knows whether queues are paused: asks the broker when a queue is first worked on and four times a second from
 * then on, and
 * hears at once of what others do.
 */
final class PauseWatch {
    private static final BasicProperties HINT =
            new BasicProperties.Builder().deliveryMode(1).build();

    private final Pauses pauses;
    private final Publisher publisher;
    private final Names names;

    PauseWatch(Pauses pauses, Publisher publisher, Names names) {
        this.pauses = pauses;
        this.publisher = publisher;
        this.names = names;
    }

    void ensureKnown(LocalQueue queue) {
        if (queue.isPauseKnown()) return;
        pauses.declare(queue.name());
        ask(queue);
    }

    void ask(LocalQueue queue) {
        queue.setPaused(pauses.isPaused(queue.name()));
    }

    /** On the broker, here, and for all who listen. */
    void set(LocalQueue queue, boolean paused) {
        pauses.set(queue.name(), paused);
        queue.setPaused(paused);
        QueueName name = queue.name();
        String text = new Control.Message(Control.PAUSE, name, paused ? 1 : 0).text();
        publisher.tell(names.control(), Names.escaped(name.value()), HINT, text.getBytes(StandardCharsets.UTF_8));
    }
}
