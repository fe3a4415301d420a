package dev.aurochs.rabbitmq.flow;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.rabbitmq.wire.Line;
import dev.aurochs.rabbitmq.wire.Publisher;
import dev.aurochs.rabbitmq.wire.Troubles;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Hears when the jobs of a unit that this process added are in place. A reply that never comes harms nobody. */
final class Replies {
    private static final long PATIENCE_SECONDS = 2;
    private static final String DIRECTLY = "";
    private static final byte[] NOTHING = {};

    private final Line line;
    private final Publisher publisher;
    private final Map<String, CompletableFuture<@Nullable Void>> open = new ConcurrentHashMap<>();
    private @Nullable Channel channel;
    private String queue = "";

    Replies(Line line, Publisher publisher) {
        this.line = line;
        this.publisher = publisher;
    }

    /** The queue in which replies arrive. */
    synchronized String queue() {
        if (channel != null && channel.isOpen()) return queue;
        Channel fresh = line.channel();
        try {
            queue = fresh.queueDeclare().getQueue();
            fresh.basicConsume(queue, true, new DefaultConsumer(fresh) {
                @Override
                public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
                    arrived(String.valueOf(properties.getCorrelationId()));
                }
            });
            channel = fresh;
            return queue;
        } catch (IOException | ShutdownSignalException away) {
            throw Troubles.away("listening for replies", Outcome.NOT_APPLIED, away);
        }
    }

    /** Completes when all is in place, or soon anyway. */
    CompletableFuture<@Nullable Void> expect(String id) {
        CompletableFuture<@Nullable Void> reply = new CompletableFuture<>();
        open.put(id, reply);
        reply.completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS).whenComplete((done, late) -> open.remove(id));
        return reply;
    }

    void forget(String id) {
        CompletableFuture<@Nullable Void> reply = open.remove(id);
        if (reply != null) reply.complete(null);
    }

    private void arrived(String id) {
        forget(id);
    }

    /** Tells whoever added it that a unit is in place. */
    void reply(BasicProperties unit) {
        String id = String.valueOf(unit.getCorrelationId());
        if (open.containsKey(id)) {
            arrived(id);
            return;
        }
        if (unit.getReplyTo() == null) return;
        BasicProperties properties =
                new BasicProperties.Builder().correlationId(id).deliveryMode(1).build();
        publisher.tell(DIRECTLY, unit.getReplyTo(), properties, NOTHING);
    }
}
