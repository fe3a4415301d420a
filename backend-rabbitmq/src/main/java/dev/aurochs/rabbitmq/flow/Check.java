package dev.aurochs.rabbitmq.flow;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.rabbitmq.message.EventMessage;
import dev.aurochs.rabbitmq.message.Family;
import dev.aurochs.rabbitmq.message.LedgerEntry.Root;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases a parent when all that it waits for is in its ledger, or something that decides. The parent is safe in its
 * queue before its ledger goes: a process that dies in between leaves both, and the parent is released again.
 */
final class Check {
    private static final Logger LOG = LoggerFactory.getLogger(Check.class);

    private final Ledgers ledgers;
    private final FlowHost host;
    private final Steps steps;
    private final long mostBytes;

    /** @param mostBytes how much the children of one parent may return altogether */
    Check(Ledgers ledgers, FlowHost host, Steps steps, long mostBytes) {
        this.ledgers = ledgers;
        this.host = host;
        this.steps = steps;
        this.mostBytes = mostBytes;
    }

    /** When it returns, the parent is released, or something that it waits for is still to come, or it is gone. */
    void check(JobRef parent, Instant now) {
        Optional<HeldLedger> taken = ledgers.take(parent);
        if (taken.isEmpty()) return;
        try (HeldLedger held = taken.get()) {
            steps.reached(Step.COLLECTED, parent);
            decide(held, held.state(), now);
        }
        steps.reached(Step.PUT_DOWN, parent);
    }

    private void decide(HeldLedger held, LedgerState state, Instant now) {
        if (!state.hasRoot()) {
            LOG.warn("results for parent {} came when it was gone; they are dropped", held.parent());
            held.dropOrphans();
            return;
        }
        boolean all = !state.isPending();
        if (!state.isParked() || !all && !state.isDecided()) {
            held.dropRepeated();
            return;
        }
        boolean settled = all && state.failed().isEmpty();
        release(state, !settled, now);
        steps.reached(Step.RELEASED, held.parent());
        if (settled) {
            ledgers.delete(held);
            steps.reached(Step.LEDGER_DELETED, held.parent());
        } else {
            note(held, state);
        }
    }

    /** The parent is elsewhere from now on; what the other children do is still written down here. */
    private void note(HeldLedger held, LedgerState state) {
        JobRecord note =
                Family.NONE.withOpen(true).withChildren(state.children()).on(bare(state.parent()));
        Root root = new Root(note, false, state.root().generation());
        Ledgers.join(ledgers.write(held.parent(), root), "releasing job " + held.parent());
        steps.reached(Step.NOTED, held.parent());
        held.dropEarlier();
    }

    static JobRecord bare(JobRecord job) {
        return new JobRecord(job.body().withPayload(Json.NULL), job.status(), List.of());
    }

    private void release(LedgerState state, boolean open, Instant now) {
        Family all = Family.of(state.parent())
                .withOpen(open)
                .withGeneration(state.root().generation() + 1)
                .withChildren(state.children());
        Optional<String> tooLarge = tooLarge(Math.max(all.byteLength(), state.excess()), all);
        Family family = tooLarge.isPresent() ? all.withChildren(withoutResults(state)) : all;
        Optional<String> failure = state.failure().or(() -> tooLarge);
        Duration delay = state.parent().options().delay();
        Instant due =
                failure.isPresent() || delay.isZero() || state.parent().runs().started() > 0 ? null : now.plus(delay);
        JobRecord released = released(state.parent(), due, failure.orElse(null));
        Ledgers.join(
                host.send(family.on(released), now),
                "releasing job " + state.parent().ref());
        host.tell(
                due == null
                        ? EventMessage.waiting(released.ref(), now, JobState.WAITING_CHILDREN)
                        : EventMessage.delayed(released.ref(), now, due));
    }

    private Optional<String> tooLarge(long bytes, Family family) {
        return bytes <= mostBytes
                ? Optional.empty()
                : Optional.of("the results of its " + family.children().size() + " children have " + bytes
                        + " bytes as JSON; together they must have at most " + mostBytes
                        + ", because the parent's message carries them; let children store what is large elsewhere and"
                        + " return where it is");
    }

    private static List<Child> withoutResults(LedgerState state) {
        return state.children().stream()
                .map(child -> child.result() == null ? child : new Child(child.job(), child.status(), Json.NULL, null))
                .toList();
    }

    /** It is not to run. */
    static JobRecord failing(JobRecord parent, String reason) {
        return released(parent, null, reason);
    }

    private static JobRecord released(JobRecord parent, @Nullable Instant due, @Nullable String failure) {
        JobStatus was = parent.status();
        JobStatus status = new JobStatus(
                due == null ? JobState.WAITING : JobState.DELAYED,
                was.priority(),
                was.runs(),
                due,
                null,
                null,
                null,
                was.progress(),
                null,
                was.failedReason(),
                failure,
                null);
        return new JobRecord(parent.body(), status, parent.failures());
    }
}
