package dev.aurochs.rabbitmq.flow;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.rabbitmq.flow.Deletions.Deletion;
import dev.aurochs.rabbitmq.message.JobMessage;
import dev.aurochs.rabbitmq.message.LedgerEntry;
import dev.aurochs.rabbitmq.wire.Envelope;
import dev.aurochs.rabbitmq.wire.Line;
import dev.aurochs.rabbitmq.wire.Names;
import dev.aurochs.rabbitmq.wire.Publisher;
import dev.aurochs.rabbitmq.wire.QueueArguments;
import dev.aurochs.rabbitmq.wire.Troubles;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The ledgers of parents: a queue each, which is there as long as something of the family is to come. Thread-safe. */
final class Ledgers {
    private static final long PATIENCE_SECONDS = 35;

    private final Line line;
    private final Names names;
    private final QueueArguments arguments;
    private final Publisher publisher;
    private final Deletions deletions = new Deletions();
    private final ConcurrentLinkedDeque<Channel> asking = new ConcurrentLinkedDeque<>();

    /** @param publisher answers {@link Gone} for what finds no queue */
    Ledgers(Line line, Names names, QueueArguments arguments, Publisher publisher) {
        this.line = line;
        this.names = names;
        this.arguments = arguments;
        this.publisher = publisher;
    }

    /** One question to the broker on a channel. */
    private interface Question<T> {
        T ask(Channel channel) throws IOException;
    }

    void declare(JobRef parent) {
        String name = names.ledger(parent);
        ask(name, channel -> channel.queueDeclare(name, true, false, false, arguments.ledger()));
    }

    /**
     * True when so many entries are there, and when somebody has the ledger in hand, so that nobody can tell. False
     * when there are fewer, or no ledger.
     */
    boolean mayBeComplete(JobRef parent, int entries) {
        String name = names.ledger(parent);
        return ask(name, channel -> channel.queueDeclarePassive(name))
                .map(there -> there.getMessageCount() >= entries || there.getConsumerCount() > 0)
                .orElse(false);
    }

    /** All that is in it, for the caller alone; empty when there is no such ledger. The caller closes it. */
    Optional<HeldLedger> take(JobRef parent) {
        Channel channel = asking.pollFirst();
        if (channel == null || !channel.isOpen()) channel = line.channel();
        return HeldLedger.take(channel, asking::addFirst, parent, names.ledger(parent));
    }

    /** @param generation of the run that ends, for which it was there */
    void delete(JobRef parent, int generation) {
        String name = names.ledger(parent);
        deletions.note(parent, generation);
        ask(name, channel -> channel.queueDelete(name));
    }

    /** With all that is in it. */
    void delete(HeldLedger held) {
        LedgerState state = held.state();
        if (state.hasRoot()) deletions.note(held.parent(), state.root().generation());
        held.delete();
    }

    Deletions deletions() {
        return deletions;
    }

    /** Puts right what the broker may have forgotten: what was deleted goes, unless it has come to life since. */
    void deleteAgain(Deletion deletion) {
        JobRef parent = deletion.parent();
        if (isDeletedWhenEmpty(parent)) return;
        Optional<HeldLedger> taken = take(parent);
        if (taken.isEmpty()) return;
        try (HeldLedger held = taken.get()) {
            LedgerState state = held.state();
            if (!state.hasRoot()) held.dropOrphans();
            else if (!deletion.isBefore(state)) held.delete();
        }
    }

    private boolean isDeletedWhenEmpty(JobRef parent) {
        String name = names.ledger(parent);
        return ask(name, AMQP.PRECONDITION_FAILED, channel -> channel.queueDelete(name, true, true))
                .isPresent();
    }

    /** The stage completes when the entry is on disk; with {@link Gone} when there is no such ledger. */
    CompletableFuture<Void> write(JobRef parent, LedgerEntry entry) {
        JobMessage.Encoded message = LedgerEntry.write(entry);
        return publisher.publish(Envelope.to(names.ledger(parent), message.properties(), message.body()));
    }

    /** Empty when there is no such queue. */
    private <T> Optional<T> ask(String name, Question<T> question) {
        return ask(name, AMQP.NOT_FOUND, question);
    }

    /** Empty when the broker refuses to answer, with this code. */
    private <T> Optional<T> ask(String name, int refusal, Question<T> question) {
        Channel channel = asking.pollFirst();
        if (channel == null || !channel.isOpen()) channel = line.channel();
        try {
            Optional<T> answer = Optional.of(question.ask(channel));
            asking.addFirst(channel);
            return answer;
        } catch (IOException | ShutdownSignalException refused) {
            if (Troubles.code(refused) == refusal) return Optional.empty();
            throw Troubles.away("asking '" + name + "'", Outcome.UNKNOWN, refused);
        }
    }

    /** Waits for the broker's confirm; never on the thread that hears of it. */
    static <T> T join(CompletableFuture<T> answer, String doing) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof BackendUnavailableException away) throw away;
            if (failed.getCause() instanceof Gone gone) throw gone;
            throw Troubles.away(doing, Outcome.UNKNOWN, failed);
        } catch (TimeoutException late) {
            throw Troubles.away(doing, Outcome.UNKNOWN, late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Troubles.away(doing, Outcome.UNKNOWN, interrupted);
        }
    }
}
