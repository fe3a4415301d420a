package dev.aurochs.rabbitmq.flow;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.QueueException;
import dev.aurochs.rabbitmq.message.EventMessage;
import dev.aurochs.rabbitmq.message.Family;
import dev.aurochs.rabbitmq.message.FlowMessage;
import dev.aurochs.rabbitmq.message.FlowMessage.Member;
import dev.aurochs.rabbitmq.message.LedgerEntry;
import dev.aurochs.rabbitmq.message.LedgerEntry.Root;
import dev.aurochs.rabbitmq.message.UnreadableException;
import dev.aurochs.rabbitmq.wire.Envelope;
import dev.aurochs.rabbitmq.wire.Troubles;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the jobs of accepted units in place: first each parent into its ledger, then, in one transaction with the end of
 * the unit's message, all jobs without children. Any process does, one unit at a time; one that dies leaves the unit to
 * another, which begins anew.
 */
final class Expander {
    private static final Logger LOG = LoggerFactory.getLogger(Expander.class);

    private final Means means;
    private final Replies replies;
    private final Executor pool;
    private final Set<String> homeless = ConcurrentHashMap.newKeySet();
    private @Nullable Channel channel;

    Expander(Means means, Replies replies, Executor pool) {
        this.means = means;
        this.replies = replies;
        this.pool = pool;
    }

    /** Also after the connection was lost. */
    synchronized void ensureConsuming() {
        if (channel != null && channel.isOpen()) return;
        Channel fresh = means.line().channel();
        try {
            fresh.txSelect();
            fresh.basicQos(1);
            fresh.addReturnListener(
                    (code, text, exchange, key, properties, body) -> homeless.add(properties.getMessageId()));
            fresh.basicConsume(means.topology().names().intake(), false, new DefaultConsumer(fresh) {
                @Override
                public void handleDelivery(
                        String tag, com.rabbitmq.client.Envelope envelope, BasicProperties properties, byte[] body) {
                    pool.execute(() -> expandOrLeave(fresh, envelope.getDeliveryTag(), properties, body));
                }
            });
            channel = fresh;
        } catch (IOException | ShutdownSignalException away) {
            throw Troubles.away("consuming units of jobs", Outcome.NOT_APPLIED, away);
        }
    }

    private void expandOrLeave(Channel on, long tag, BasicProperties properties, byte[] body) {
        try {
            Unit unit = new Unit(FlowMessage.read(body));
            expandOrNote(on, tag, unit);
            replies.reply(properties);
        } catch (UnreadableException foreign) {
            LOG.error("dropped a message that is no unit of jobs: {}", foreign.getMessage());
            drop(on, tag);
        } catch (QueueException | Gone | IOException | ShutdownSignalException away) {
            LOG.debug("a unit of jobs could not be put in place; somebody does it later", away);
            abort(on);
        } catch (RuntimeException broken) {
            LOG.error("a unit of jobs could not be put in place; it is tried again", broken);
            abort(on);
        }
    }

    /** A unit that the broker had not confirmed when it was killed never comes again; its ledgers are there. */
    private void expandOrNote(Channel on, long tag, Unit unit) throws IOException {
        boolean expanded = false;
        try {
            expand(on, tag, unit);
            expanded = true;
        } finally {
            if (!expanded)
                for (Member parent : unit.parents()) means.ledgers().deletions().noteUnused(parent.ref());
        }
    }

    private static void drop(Channel on, long tag) {
        try {
            on.basicAck(tag, false);
            on.txCommit();
        } catch (IOException | ShutdownSignalException away) {
            abort(on);
        }
    }

    private static void abort(Channel on) {
        try {
            on.abort();
        } catch (IOException gone) {
            LOG.debug("the channel is gone already", gone);
        }
    }

    private void expand(Channel on, long tag, Unit unit) throws IOException {
        Instant now = means.host().now();
        unit.joining().forEach(this::makeKnown);
        park(unit);
        means.steps().reached(Step.PARENTS_PARKED, unit.first());
        homeless.clear();
        for (Member leaf : unit.leaves()) {
            Envelope envelope = means.host().place(leaf.job(), now);
            on.basicPublish(envelope.exchange(), envelope.key(), true, envelope.properties(), envelope.body());
        }
        on.basicAck(tag, false);
        means.steps().reached(Step.LEAVES_SENT, unit.first());
        on.txCommit();
        means.steps().reached(Step.EXPANDED, unit.first());
        sendHomeless(unit, now);
        tell(unit, now);
    }

    /** Their adder died between the acceptance and this, or is about to do it and waits for us. */
    private void makeKnown(JobRef parent, List<JobRef> children) {
        Optional<HeldLedger> taken = means.ledgers().take(parent);
        if (taken.isEmpty()) return;
        try (HeldLedger held = taken.get()) {
            LedgerState state = held.state();
            if (!state.hasRoot() || state.knows(new HashSet<>(children))) return;
            Ledgers.join(means.ledgers().write(parent, new LedgerEntry.Joined(children)), "adding children");
        }
    }

    private void park(Unit unit) {
        List<CompletableFuture<Void>> parked = new ArrayList<>();
        for (Member parent : unit.parents()) {
            means.ledgers().declare(parent.ref());
            means.steps().reached(Step.LEDGER_DECLARED, parent.ref());
            JobRecord job = Family.of(parent.job())
                    .withChildren(unit.childrenOf(parent))
                    .on(waiting(parent.job()));
            parked.add(means.ledgers().write(parent.ref(), new Root(job, true, 0)));
        }
        for (CompletableFuture<Void> one : parked) Ledgers.join(one, "parking a parent");
    }

    private static JobRecord waiting(JobRecord job) {
        JobStatus was = job.status();
        JobStatus status = new JobStatus(
                JobState.WAITING_CHILDREN,
                was.priority(),
                was.runs(),
                null,
                null,
                null,
                null,
                was.progress(),
                null,
                was.failedReason(),
                null,
                null);
        return new JobRecord(job.body(), status, job.failures());
    }

    /** A queue that was there is gone: a transaction does not notice. */
    private void sendHomeless(Unit unit, Instant now) {
        for (Member leaf : unit.leaves())
            if (homeless.contains(leaf.ref().id().value()))
                Ledgers.join(means.host().send(leaf.job(), now), "adding job " + leaf.ref());
    }

    private void tell(Unit unit, Instant now) {
        Set<JobRef> parents = new HashSet<>();
        for (Member parent : unit.parents()) parents.add(parent.ref());
        for (Member member : unit.members()) {
            JobRecord job = member.job();
            means.host()
                    .tell(
                            parents.contains(member.ref())
                                    ? EventMessage.addedParent(job.ref(), now, job.name())
                                    : EventMessage.added(
                                            job.ref(),
                                            now,
                                            job.name(),
                                            job.status().dueAt()));
            if (!parents.contains(member.ref())) means.host().arrived(job.ref());
        }
    }
}
