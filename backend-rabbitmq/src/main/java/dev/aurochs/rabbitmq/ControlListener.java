package dev.aurochs.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.rabbitmq.wire.Line;
import dev.aurochs.rabbitmq.wire.Topology;
import dev.aurochs.rabbitmq.wire.Troubles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hears what processes tell each other. Thread-safe. */
final class ControlListener {
    private static final String ALL = "#";

    private final Line line;
    private final Topology topology;
    private final Consumer<Control.Message> heard;
    private @Nullable Channel channel;

    ControlListener(Line line, Topology topology, Consumer<Control.Message> heard) {
        this.line = line;
        this.topology = topology;
        this.heard = heard;
    }

    /** Also after the connection was lost. */
    synchronized void ensureListening() {
        if (channel != null && channel.isOpen()) return;
        topology.declareShared();
        Channel fresh = line.channel();
        try {
            String queue = fresh.queueDeclare().getQueue();
            fresh.queueBind(queue, topology.names().control(), ALL);
            fresh.basicConsume(queue, true, new DefaultConsumer(fresh) {
                @Override
                public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
                    Control.Message.parse(new String(body, StandardCharsets.UTF_8))
                            .ifPresent(heard);
                }
            });
            channel = fresh;
        } catch (IOException | ShutdownSignalException away) {
            throw Troubles.away("listening to other processes", Outcome.NOT_APPLIED, away);
        }
    }
}
