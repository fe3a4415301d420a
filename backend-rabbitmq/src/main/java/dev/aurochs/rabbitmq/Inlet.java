package dev.aurochs.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.rabbitmq.wire.Troubles;
import java.io.IOException;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel with one consumer. What it brings stays the channel's until it is acknowledged: when the channel goes,
 * the broker hands it to others. Thread-safe.
 */
final class Inlet {
    /** How long after the last acknowledgement a channel may be closed. */
    static final long LAG_NANOS = 50_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(Inlet.class);
    private static final long PAUSE_NANOS = 1_000_000L;
    private static final int MOST_PREFETCH = 65_535;

    private final Channel channel;
    private final String queue;
    private final Consumer<Parcel> taker;
    private final Runnable lost;
    /** The tags of what is not settled. Guarded by itself, for moments. */
    private final NavigableSet<Long> unsettled = new TreeSet<>();
    /** Held while it is answered what becomes of deliveries, which the thread that reads must never wait for. */
    private final Object answering = new Object();

    private volatile long settledNanos = System.nanoTime();
    private @Nullable String consumer;
    private int prefetch;
    private volatile boolean retired;
    private volatile boolean cancelled;

    /**
     * @param taker gets what is delivered, in the client's reading thread
     * @param lost told when the channel is gone
     */
    Inlet(Channel channel, String queue, Consumer<Parcel> taker, Runnable lost) {
        this.channel = channel;
        this.queue = queue;
        this.taker = taker;
        this.lost = lost;
        channel.addShutdownListener(this::lost);
        // What was on its way when the consumer was stopped comes all the same.
        channel.setDefaultConsumer(new Taking());
    }

    private void lost(ShutdownSignalException cause) {
        if (Troubles.isTooLong(cause))
            LOG.error(
                    "RabbitMQ has taken back what ran longer than its consumer_timeout on '{}'; it runs again. Set"
                            + " consumer_timeout in rabbitmq.conf to more than your longest run, in milliseconds",
                    queue);
        lost.run();
    }

    /** From now on at most so many messages are in hand, unsettled ones included; 0 for all there are. */
    synchronized void consume(int prefetch) {
        try {
            if (consumer != null) cancel(consumer);
            this.prefetch = Math.min(prefetch, MOST_PREFETCH);
            channel.basicQos(this.prefetch);
            cancelled = false;
            consumer = channel.basicConsume(queue, false, new Taking());
        } catch (IOException | ShutdownSignalException away) {
            throw Troubles.away("consuming '" + queue + "'", Outcome.NOT_APPLIED, away);
        }
    }

    /** Nothing more is delivered when it returns; what is in hand stays. */
    synchronized void stop() {
        String stopping = consumer;
        consumer = null;
        if (stopping == null || !channel.isOpen()) return;
        try {
            cancel(stopping);
            flush();
        } catch (IOException | ShutdownSignalException gone) {
            return;
        }
    }

    /**
     * First lets come what is on its way: quorum queues take back what a cancelled consumer has not got yet, and count
     * it as handed out all the same.
     */
    private void cancel(String tag) throws IOException {
        long deadline = System.nanoTime() + LAG_NANOS * 2;
        while (unsettled() < prefetch
                && channel.queueDeclarePassive(queue).getMessageCount() > 0
                && System.nanoTime() < deadline) LockSupport.parkNanos(PAUSE_NANOS);
        flush();
        channel.basicCancel(tag);
    }

    synchronized boolean hasRoom() {
        return consumer != null && (prefetch == 0 || unsettled() < prefetch);
    }

    boolean isOpen() {
        return channel.isOpen() && !cancelled;
    }

    /**
     * What the broker could hand out before the call is in hand when it returns. Answers how many messages are left for
     * which there is no room, or that are on their way.
     */
    int sync() {
        try {
            int ready = channel.queueDeclarePassive(queue).getMessageCount();
            flush();
            return ready;
        } catch (IOException | ShutdownSignalException away) {
            throw Troubles.away("asking '" + queue + "'", Outcome.NOT_APPLIED, away);
        }
    }

    private void flush() throws IOException {
        channel.basicQos(1);
    }

    /** Quiet when the channel is gone: then the broker has taken the message back. */
    void acknowledge(long tag) {
        acknowledge(List.of(tag));
    }

    /** The same for several, in as few words as the others that are unsettled allow. */
    void acknowledge(List<Long> tags) {
        synchronized (answering) {
            try {
                List<Long> settled = settled(tags);
                long upTo = upTo(settled);
                if (upTo > 0) channel.basicAck(upTo, true);
                for (long tag : settled) if (tag > upTo) channel.basicAck(tag, false);
            } catch (IOException | ShutdownSignalException gone) {
                return;
            }
        }
    }

    /** Back to where it was, as a message that was handed out before. */
    void giveBack(long tag) {
        synchronized (answering) {
            try {
                if (!settled(List.of(tag)).isEmpty()) channel.basicReject(tag, true);
            } catch (IOException | ShutdownSignalException gone) {
                return;
            }
        }
    }

    /** Those of them that were not settled before. */
    private List<Long> settled(List<Long> tags) {
        settledNanos = System.nanoTime();
        synchronized (unsettled) {
            return tags.stream().filter(unsettled::remove).toList();
        }
    }

    /** The last of these tags before which nothing else is unsettled; 0 when there is none. */
    private long upTo(List<Long> settled) {
        synchronized (unsettled) {
            long next = unsettled.isEmpty() ? Long.MAX_VALUE : unsettled.first();
            long upTo = 0;
            for (long tag : settled) if (tag < next) upTo = Math.max(upTo, tag);
            return upTo;
        }
    }

    private int unsettled() {
        synchronized (unsettled) {
            return unsettled.size();
        }
    }

    /** Takes nothing more; to be closed when it {@link #isDone is done}. */
    void retire() {
        stop();
        retired = true;
    }

    /**
     * True when all that a retired channel brought is settled, and was so for a while: quorum queues may hear of a
     * channel's end before they hear of its last acknowledgements.
     */
    boolean isDone() {
        return !channel.isOpen() || retired && unsettled() == 0 && isQuietFor(LAG_NANOS);
    }

    /** True when nothing was settled for so long. */
    boolean isQuietFor(long nanos) {
        return System.nanoTime() - settledNanos >= nanos;
    }

    /** Waits until the broker has seen what was given back. */
    void awaitGivenBack() {
        try {
            if (channel.isOpen()) flush();
        } catch (IOException | ShutdownSignalException gone) {
            return;
        }
    }

    /** What is unsettled goes back to the broker. */
    void close() {
        try {
            channel.abort();
        } catch (IOException gone) {
            return;
        }
    }

    private final class Taking extends DefaultConsumer {
        Taking() {
            super(Inlet.this.channel);
        }

        @Override
        public void handleDelivery(String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
            synchronized (unsettled) {
                unsettled.add(envelope.getDeliveryTag());
            }
            taker.accept(new Parcel(
                    Inlet.this,
                    envelope.getDeliveryTag(),
                    envelope.isRedeliver(),
                    properties,
                    body,
                    System.nanoTime()));
        }

        @Override
        public void handleCancel(String consumerTag) {
            cancelled = true;
            lost.run();
        }
    }
}
