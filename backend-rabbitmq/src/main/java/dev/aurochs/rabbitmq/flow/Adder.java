package dev.aurochs.rabbitmq.flow;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.rabbitmq.message.Family;
import dev.aurochs.rabbitmq.message.FlowMessage;
import dev.aurochs.rabbitmq.message.FlowMessage.Member;
import dev.aurochs.rabbitmq.message.LedgerEntry;
import dev.aurochs.rabbitmq.message.LedgerEntry.Root;
import dev.aurochs.rabbitmq.wire.Envelope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Takes units in. A unit is accepted when the broker has confirmed its one message; whoever is there then puts its jobs
 * in place. Children of a parent that is there already are accepted while its ledger is in hand, so that it cannot be
 * released before it knows of them.
 */
final class Adder {
    /** What every broker takes in one message, less what goes with it. */
    static final int MOST_BYTES = 15 << 20;

    private final Means means;
    private final Replies replies;
    private final Executor pool;

    Adder(Means means, Replies replies, Executor pool) {
        this.means = means;
        this.replies = replies;
        this.pool = pool;
    }

    /** @param leases by which running parents of this process give themselves children */
    CompletionStage<List<Added>> add(Unit unit, Map<JobRef, Lease> leases, Function<Lease, Optional<Running>> runs) {
        // Queues that are declared otherwise are the adder's to hear of: nobody could ever put their jobs in place.
        for (Member member : unit.members())
            means.topology().declare(member.ref().queue());
        if (!unit.joining().isEmpty())
            return CompletableFuture.supplyAsync(() -> join(unit, leases, runs), pool)
                    .thenCompose(answer -> answer);
        try {
            Acceptance accepted = accept(unit.counted(Map.of()));
            return accepted.confirmed().thenCompose(done -> accepted.inPlace()).thenApply(done -> unit.stored());
        } catch (BackendUnavailableException away) {
            return CompletableFuture.failedStage(away);
        }
    }

    /** The broker has the unit; all its jobs are where they belong. */
    private record Acceptance(CompletableFuture<Void> confirmed, CompletableFuture<Void> inPlace) {}

    private Acceptance accept(Unit unit) {
        byte[] body = FlowMessage.write(unit.members());
        InvalidInputException.unless(
                body.length <= MOST_BYTES,
                "flow",
                body.length + " bytes",
                "must have at most " + MOST_BYTES + " bytes, all its jobs together, because it goes in one message;"
                        + " store large payloads elsewhere, or add the flow in parts");
        String id = UUID.randomUUID().toString();
        Envelope envelope =
                Envelope.to(means.topology().names().intake(), FlowMessage.properties(id, replies.queue()), body);
        CompletableFuture<Void> inPlace = replies.expect(id);
        boolean sent = false;
        try {
            CompletableFuture<Void> confirmed = means.publisher().publish(envelope);
            sent = true;
            return new Acceptance(
                    confirmed.whenComplete((done, failure) -> {
                        if (failure != null) replies.forget(id);
                        else means.steps().reached(Step.ACCEPTED, unit.first());
                    }),
                    inPlace);
        } finally {
            if (!sent) replies.forget(id);
        }
    }

    private CompletableFuture<List<Added>> join(
            Unit unit, Map<JobRef, Lease> leases, Function<Lease, Optional<Running>> runs) {
        Map<JobRef, List<JobRef>> joining = new TreeMap<>(Comparator.comparing(JobRef::toString));
        joining.putAll(unit.joining());
        List<HeldLedger> held = new ArrayList<>();
        try {
            Map<JobRef, Integer> expected = new HashMap<>();
            for (Map.Entry<JobRef, List<JobRef>> family : joining.entrySet()) {
                JobRef parent = family.getKey();
                Lease lease = leases.get(parent);
                Optional<Running> run = lease == null ? Optional.empty() : runs.apply(lease);
                Optional<HeldLedger> ledger = lease == null ? means.ledgers().take(parent) : run.flatMap(this::open);
                if (ledger.isEmpty()) return CompletableFuture.completedFuture(unit.refused(parent));
                held.add(ledger.get());
                LedgerState state = ledger.get().state();
                if (run.isEmpty() && !state.hasRoot()) return CompletableFuture.completedFuture(unit.refused(parent));
                expected.put(parent, state.expectedWith(family.getValue().size()));
            }
            return admit(unit.counted(expected), joining);
        } finally {
            held.forEach(HeldLedger::close);
        }
    }

    /** While the ledgers are in hand; whether all is in place is waited for after that. */
    private CompletableFuture<List<Added>> admit(Unit unit, Map<JobRef, List<JobRef>> joining) {
        Acceptance accepted = accept(unit);
        Ledgers.join(accepted.confirmed(), "adding children");
        joining.forEach((parent, children) -> {
            means.steps().reached(Step.JOIN_ACCEPTED, parent);
            Ledgers.join(means.ledgers().write(parent, new LedgerEntry.Joined(children)), "adding children");
            means.steps().reached(Step.JOINED, parent);
        });
        return accepted.inPlace().thenApply(done -> unit.stored());
    }

    private Optional<HeldLedger> declared(JobRef parent) {
        means.ledgers().declare(parent);
        means.steps().reached(Step.LEDGER_DECLARED, parent);
        return means.ledgers().take(parent);
    }

    /** The ledger of a job that runs; it is there from now on. Empty when the job is not this process's any more. */
    private Optional<HeldLedger> open(Running run) {
        JobRef parent = run.job().ref();
        if (!run.isHeld()) return Optional.empty();
        JobRecord came = run.job();
        run.opened();
        Optional<HeldLedger> held = declared(parent);
        if (held.isPresent() && held.get().state().isOver(came)) {
            means.ledgers().delete(held.get());
            held.get().close();
            held = declared(parent);
        }
        if (held.isEmpty() || held.get().state().hasRoot()) return held;
        if (!run.isHeld()) {
            means.ledgers().delete(held.get());
            held.get().close();
            return Optional.empty();
        }
        JobRecord note = Family.NONE
                .withOpen(true)
                .withChildren(Family.of(run.job()).children())
                .on(Check.bare(run.job()));
        Root root = new Root(note, false, Family.generationOf(run.job()));
        Ledgers.join(means.ledgers().write(parent, root), "adding children to job " + parent);
        return held;
    }
}
