package dev.aurochs.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.EventBatch;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.rabbitmq.message.EventMessage;
import dev.aurochs.rabbitmq.wire.Names;
import dev.aurochs.rabbitmq.wire.Troubles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A queue of its own at the events' exchange, which lives as long as its channel. After a lost connection it listens
 * again and says that there was a gap.
 */
final class RabbitEventReader implements EventReader {
    /** Says where a reader is, and leads nowhere: what was told is told. */
    private static final EventPosition LIVE = new EventPosition("live");

    private static final int MOST_IN_HAND = 100_000;

    private final Parts parts;
    private final Set<QueueName> queues;
    private final Deque<QueueEvent> events = new ArrayDeque<>();
    private @Nullable Channel channel;
    private final Object relisten = new Object();
    private boolean gap;
    private boolean closed;

    RabbitEventReader(Parts parts, Set<QueueName> queues) {
        this.parts = parts;
        this.queues = Set.copyOf(queues);
        listen();
    }

    private void listen() {
        parts.topology().declareShared();
        parts.outbox().flush();
        Channel fresh = parts.link().consuming().channel();
        try {
            String queue = fresh.queueDeclare().getQueue();
            for (QueueName name : queues)
                fresh.queueBind(queue, parts.names().events(), Names.escaped(name.value()) + ".#");
            fresh.addShutdownListener(cause -> signal());
            fresh.basicConsume(queue, true, new Listening(fresh));
            synchronized (this) {
                channel = fresh;
            }
        } catch (IOException | ShutdownSignalException away) {
            throw Troubles.away("listening to events", Outcome.NOT_APPLIED, away);
        }
    }

    private synchronized void signal() {
        notifyAll();
    }

    private final class Listening extends DefaultConsumer {
        Listening(Channel channel) {
            super(channel);
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
            List<QueueEvent> told = EventMessage.read(body);
            synchronized (RabbitEventReader.this) {
                events.addAll(told);
                while (events.size() > MOST_IN_HAND) {
                    events.removeFirst();
                    gap = true;
                }
                RabbitEventReader.this.notifyAll();
            }
        }
    }

    @Override
    public EventBatch read(int max, Duration atMost) throws InterruptedException {
        if (isClosed()) return batch(0);
        parts.link().requireOpen();
        ensureListening();
        if (atMost.isZero()) catchUp();
        synchronized (this) {
            long deadline = System.nanoTime() + atMost.toNanos();
            while (events.isEmpty() && !closed && !gap && isListening()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) break;
                wait(left);
            }
            return batch(max);
        }
    }

    /** Listens again when the connection was lost, and remembers that something may have been missed. */
    void ensureListening() {
        synchronized (relisten) {
            if (isClosed() || isListening()) return;
            listen();
            synchronized (this) {
                gap = true;
                notifyAll();
            }
        }
    }

    /** Everything that this process told before the call is in hand. */
    private void catchUp() {
        Channel present;
        synchronized (this) {
            if (!events.isEmpty()) return;
            present = channel;
        }
        if (present == null) return;
        parts.outbox().flush();
        try {
            present.exchangeDeclarePassive(parts.names().events());
            present.exchangeDeclarePassive(parts.names().events());
        } catch (IOException | ShutdownSignalException away) {
            throw Troubles.away("reading events", Outcome.NOT_APPLIED, away);
        }
    }

    private synchronized boolean isListening() {
        return channel != null && channel.isOpen();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized EventBatch batch(int max) {
        List<QueueEvent> taken = new ArrayList<>();
        while (taken.size() < max && !events.isEmpty()) taken.add(events.removeFirst());
        boolean missed = gap;
        gap = false;
        return new EventBatch(taken, LIVE, missed);
    }

    @Override
    public void close() {
        Channel present;
        synchronized (this) {
            if (closed) return;
            closed = true;
            present = channel;
            parts.readers().remove(this);
            notifyAll();
        }
        if (present == null) return;
        try {
            present.abort();
        } catch (IOException gone) {
            return;
        }
    }
}
