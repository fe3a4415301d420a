package dev.aurochs.rabbitmq.flow;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.rabbitmq.message.LedgerEntry;
import dev.aurochs.rabbitmq.message.UnreadableException;
import dev.aurochs.rabbitmq.wire.Troubles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ledger in hand, with all that is in it: nobody else can read it meanwhile, since the broker lets one consume at a
 * time. What is not acknowledged is back when it is closed, and when the process dies, both in one step of the queue:
 * who counts it sees either a consumer or everything. For one thread.
 */
final class HeldLedger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeldLedger.class);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long STEP_MILLIS = 5;
    private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long ALL = 0;
    /** As a question it orders what was said before; as a bound it leaves the next ledger on this channel unbounded. */
    private static final int UNBOUNDED = 0;
    /** What is beyond is not kept in memory: no parent may have as much. */
    private static final long MOST_IN_HAND = 2 * Flows.MOST_RESULT_BYTES;

    private final Channel channel;
    private final Consumer<Channel> reuse;
    private final JobRef parent;
    private final String name;
    private final LinkedBlockingQueue<Delivery> delivered = new LinkedBlockingQueue<>();
    private final Map<Long, LedgerEntry> entries = new LinkedHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean gone;
    private String consumer = "";
    private boolean mine;
    private boolean deleted;

    private HeldLedger(Channel channel, Consumer<Channel> reuse, JobRef parent, String name) {
        this.channel = channel;
        this.reuse = reuse;
        this.parent = parent;
        this.name = name;
    }

    private record Delivery(long tag, BasicProperties properties, byte[] body) {}

    /**
     * Waits while somebody else holds it; empty when there is no such ledger.
     *
     * @param reuse gets the channel when nothing is left on it
     */
    static Optional<HeldLedger> take(Channel channel, Consumer<Channel> reuse, JobRef parent, String name) {
        HeldLedger held = new HeldLedger(channel, reuse, parent, name);
        boolean taken = false;
        try {
            taken = held.collect();
            return taken ? Optional.of(held) : Optional.empty();
        } catch (IOException | ShutdownSignalException away) {
            if (held.gone || Troubles.code(away) == AMQP.NOT_FOUND) return Optional.empty();
            throw Troubles.away("reading '" + name + "'", Outcome.UNKNOWN, away);
        } finally {
            if (!taken) held.close();
        }
    }

    private boolean collect() throws IOException {
        consumer = channel.basicConsume(name, false, new Taking());
        long begin = System.nanoTime();
        long asked = begin;
        while (!gone) {
            AMQP.Queue.DeclareOk there = channel.queueDeclarePassive(name);
            flush();
            boolean nobodyElse = there.getConsumerCount() == 1;
            if (there.getMessageCount() == 0 && (drain() || nobodyElse || mine)) return !gone;
            long now = System.nanoTime();
            if (now - begin > PATIENCE_NANOS)
                throw new BackendUnavailableException(
                        "the ledger of job " + parent + " is in somebody else's hands; try again",
                        Outcome.UNKNOWN,
                        null);
            // Of several who wait for an empty ledger none could tell that it is his turn.
            if (now - asked > ASK_NANOS) {
                channel.basicPublish("", name, LedgerEntry.TURN, new byte[0]);
                asked = now;
            }
            if (there.getMessageCount() == 0 || entries.isEmpty()) await();
        }
        return false;
    }

    /** What was delivered before the call is in {@code delivered} when it returns; what was acknowledged is gone. */
    void flush() throws IOException {
        channel.basicQos(UNBOUNDED);
    }

    /** True when anything is in hand. */
    private boolean drain() {
        for (Delivery next = delivered.poll(); next != null; next = delivered.poll()) accept(next);
        return !entries.isEmpty();
    }

    private void accept(Delivery next) {
        if (LedgerEntry.isTurn(next.properties())) {
            mine = true;
            acknowledge(next.tag());
            return;
        }
        try {
            entries.put(next.tag(), LedgerEntry.read(parent, next.properties(), next.body()));
        } catch (UnreadableException foreign) {
            LOG.error("dropped a message from {} that is no entry of a ledger: {}", name, foreign.getMessage());
            acknowledge(next.tag());
        }
    }

    private void await() {
        try {
            Delivery next = delivered.poll(STEP_MILLIS, TimeUnit.MILLISECONDS);
            if (next != null) accept(next);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Troubles.away("waiting for '" + name + "'", Outcome.UNKNOWN, interrupted);
        }
    }

    JobRef parent() {
        return parent;
    }

    private boolean isTooLarge() {
        return bytes.get() > MOST_IN_HAND;
    }

    LedgerState state() {
        return LedgerState.of(List.copyOf(entries.values())).withExcess(isTooLarge() ? bytes.get() : 0);
    }

    /** What says nothing that another entry does not say goes. */
    void dropRepeated() {
        Set<Object> seen = new HashSet<>();
        LedgerState state = state();
        for (Map.Entry<Long, LedgerEntry> entry : List.copyOf(entries.entrySet())) {
            LedgerEntry value = entry.getValue();
            boolean first = value instanceof LedgerEntry.Root root
                    ? root.isSameAs(state.root()) && seen.add("root")
                    : !(value instanceof LedgerEntry.Result result) || seen.add(result);
            if (!first) drop(entry.getKey());
        }
    }

    /** The parent and the later children, as they were collected, go: another entry says it all by now. */
    void dropEarlier() {
        for (Map.Entry<Long, LedgerEntry> entry : List.copyOf(entries.entrySet()))
            if (!(entry.getValue() instanceof LedgerEntry.Result)) drop(entry.getKey());
        try {
            flush();
        } catch (IOException | ShutdownSignalException away) {
            throw Troubles.away("writing '" + name + "'", Outcome.UNKNOWN, away);
        }
    }

    /** Results that nobody will ever read go, and the ledger with them, unless something comes in that moment. */
    void dropOrphans() {
        try {
            channel.basicCancel(consumer);
            flush();
            if (!delivered.isEmpty()) return;
            for (Long tag : new ArrayList<>(entries.keySet())) drop(tag);
            flush();
            channel.queueDelete(name, false, true);
        } catch (IOException | ShutdownSignalException notEmpty) {
            LOG.debug("the ledger of job {} has come to life again", parent, notEmpty);
        }
    }

    private void drop(long tag) {
        entries.remove(tag);
        acknowledge(tag);
    }

    private void acknowledge(long tag) {
        try {
            channel.basicAck(tag, false);
        } catch (IOException | ShutdownSignalException away) {
            throw Troubles.away("writing '" + name + "'", Outcome.UNKNOWN, away);
        }
    }

    /** The ledger goes with all that is in it. */
    void delete() {
        try {
            channel.queueDelete(name);
            // The entries went with it: there is nothing that closing the channel would have to give back.
            if (!entries.isEmpty()) channel.basicAck(ALL, true);
            deleted = true;
        } catch (IOException | ShutdownSignalException away) {
            throw Troubles.away("deleting '" + name + "'", Outcome.UNKNOWN, away);
        }
    }

    @Override
    public void close() {
        if (deleted && channel.isOpen()) {
            reuse.accept(channel);
            return;
        }
        try {
            if (channel.isOpen()) channel.close();
        } catch (IOException | TimeoutException | ShutdownSignalException closed) {
            LOG.debug("the channel of {} is closed already", name, closed);
        }
    }

    private final class Taking extends DefaultConsumer {
        Taking() {
            super(HeldLedger.this.channel);
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
            boolean tooMuch = bytes.addAndGet(body.length) > MOST_IN_HAND;
            byte[] kept = tooMuch ? LedgerEntry.withoutResult(parent, properties, body) : body;
            delivered.add(new Delivery(envelope.getDeliveryTag(), properties, kept));
        }

        @Override
        public void handleCancel(String tag) {
            gone = true;
        }
    }
}
