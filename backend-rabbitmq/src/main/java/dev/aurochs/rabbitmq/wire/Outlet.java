package dev.aurochs.rabbitmq.wire;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One channel with confirms, and what was published on it without an answer yet. Confirms come in any order, single
 * and multiple mixed; a return comes before the confirm of its message.
 */
final class Outlet {
    private final Channel channel;
    private final Consumer<List<Posting>> answered;
    private final ConcurrentSkipListMap<Long, Posting> open = new ConcurrentSkipListMap<>();

    /** @param answered gets the postings whose answer is known, in the client's reading thread */
    Outlet(Channel channel, Consumer<List<Posting>> answered) throws IOException {
        this.channel = channel;
        this.answered = answered;
        channel.confirmSelect();
        channel.addConfirmListener(
                (tag, multiple) -> confirmed(tag, multiple, null),
                (tag, multiple) -> confirmed(tag, multiple, new RefusedException("a full queue")));
        channel.addReturnListener((code, text, exchange, key, properties, body) -> returned(key, properties));
        channel.addShutdownListener(this::lost);
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** For one caller at a time. */
    void post(Posting posting) throws IOException {
        Envelope envelope = posting.envelope();
        long number = channel.getNextPublishSeqNo();
        open.put(number, posting);
        try {
            channel.basicPublish(envelope.exchange(), envelope.key(), true, envelope.properties(), envelope.body());
        } catch (IOException | RuntimeException away) {
            open.remove(number);
            throw away;
        }
        // A shutdown that looked at the open ones just before may have missed this one.
        if (!channel.isOpen() && open.remove(number) != null) throw new IOException("the channel was closed meanwhile");
    }

    private void confirmed(long tag, boolean multiple, @Nullable RuntimeException refusal) {
        List<Posting> known = new ArrayList<>();
        if (multiple) {
            for (Long number : open.headMap(tag, true).keySet()) take(number, refusal, known);
        } else {
            take(tag, refusal, known);
        }
        answered.accept(known);
    }

    private void take(long number, @Nullable RuntimeException refusal, List<Posting> known) {
        Posting posting = open.remove(number);
        if (posting == null) return;
        if (refusal != null) posting.fails(refusal);
        known.add(posting);
    }

    private void returned(String key, BasicProperties properties) {
        String id = properties.getMessageId();
        for (Posting posting : open.values()) {
            Envelope envelope = posting.envelope();
            boolean same = envelope.key().equals(key)
                    && (id == null || id.equals(envelope.properties().getMessageId()));
            if (same && posting.markUnroutable()) return;
        }
    }

    /** True when the oldest message has waited for its answer since before that moment of the steady clock. */
    boolean isStuckSince(long nanos) {
        var oldest = open.firstEntry();
        return oldest != null && oldest.getValue().postedNanos() - nanos < 0;
    }

    /** Gives up what has been on the way since before that moment of the steady clock; the channel stays. */
    void giveUp(long nanos, BackendUnavailableException why) {
        List<Posting> known = new ArrayList<>();
        for (Map.Entry<Long, Posting> each : open.entrySet())
            if (each.getValue().postedNanos() - nanos < 0) take(each.getKey(), why, known);
        answered.accept(known);
    }

    /** Gives up what is on the way: its outcome is unknown. */
    void abort() {
        try {
            channel.abort();
        } catch (IOException gone) {
            lost(new ShutdownSignalException(false, true, null, channel));
        }
    }

    private void lost(ShutdownSignalException cause) {
        List<Posting> known = new ArrayList<>();
        BackendUnavailableException away = Troubles.away("taking a message", Outcome.UNKNOWN, cause);
        for (Long number : open.keySet()) take(number, away, known);
        answered.accept(known);
    }
}
