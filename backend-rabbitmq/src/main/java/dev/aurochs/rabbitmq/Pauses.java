package dev.aurochs.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.rabbitmq.wire.Envelope;
import dev.aurochs.rabbitmq.wire.Publisher;
import dev.aurochs.rabbitmq.wire.RefusedException;
import dev.aurochs.rabbitmq.wire.Topology;

/** A queue is paused while its marker is there: one message in a queue that takes no second. */
final class Pauses {
    private static final byte[] NOTHING = {};
    private static final BasicProperties PERSISTENT =
            new BasicProperties.Builder().deliveryMode(2).messageId("paused").build();

    private final Topology topology;
    private final Publisher publisher;

    Pauses(Topology topology, Publisher publisher) {
        this.topology = topology;
        this.publisher = publisher;
    }

    void set(QueueName queue, boolean paused) {
        topology.declare(queue);
        String marker = topology.names().paused(queue);
        if (!paused) {
            topology.purge(marker);
            return;
        }
        try {
            Waits.join(publisher.publish(Envelope.to(marker, PERSISTENT, NOTHING)), "pausing");
        } catch (RefusedException already) {
            return;
        }
    }

    void declare(QueueName queue) {
        topology.declare(queue);
    }

    boolean isPaused(QueueName queue) {
        return topology.ready(topology.names().paused(queue)) > 0;
    }
}
