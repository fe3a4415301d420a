package dev.aurochs.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.rabbitmq.wire.Troubles;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One channel with one consumer. What it brings stays the channel's until it is acknowledged: when the channel goes,
 * the broker hands it to others. Thread-safe.
 */
final class Inlet {
    /** How long after the last acknowledgement a channel may be closed. */
    static final long LAG_NANOS = 50_000_000L;

    private static final long PAUSE_NANOS = 1_000_000L;
    private static final int MOST_PREFETCH = 65_535;

    private final Channel channel;
    private final String queue;
    private final Consumer<Parcel> taker;
    private final Runnable lost;
    private final AtomicInteger unsettled = new AtomicInteger();
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
        channel.addShutdownListener(cause -> lost.run());
        // What was on its way when the consumer was stopped comes all the same.
        channel.setDefaultConsumer(new Taking());
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
        while (unsettled.get() < prefetch
                && channel.queueDeclarePassive(queue).getMessageCount() > 0
                && System.nanoTime() < deadline) LockSupport.parkNanos(PAUSE_NANOS);
        flush();
        channel.basicCancel(tag);
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
        try {
            channel.basicAck(tag, false);
        } catch (IOException | ShutdownSignalException gone) {
            return;
        } finally {
            settled();
        }
    }

    /** Back to where it was, as a message that was handed out before. */
    void giveBack(long tag) {
        try {
            channel.basicReject(tag, true);
        } catch (IOException | ShutdownSignalException gone) {
            return;
        } finally {
            settled();
        }
    }

    private void settled() {
        settledNanos = System.nanoTime();
        unsettled.decrementAndGet();
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
        return !channel.isOpen() || retired && unsettled.get() <= 0 && isQuietFor(LAG_NANOS);
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
            unsettled.incrementAndGet();
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
