package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.rabbitmq.flow.Flows;
import dev.aurochs.rabbitmq.flow.Flows.Parked;
import dev.aurochs.rabbitmq.message.EventMessage;
import dev.aurochs.rabbitmq.message.Family;
import dev.aurochs.rabbitmq.message.LedgerEntry.Result;
import dev.aurochs.rabbitmq.message.LedgerEntry.Verdict;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Ends runs of jobs that have relatives. The order is always: the job's own next place, then what its parent is to
 * know, then the job's own ledger, then the acknowledgement. Whoever dies in between leaves the job to another run,
 * which takes all these steps again.
 */
final class FlowEndings {
    private final Flows flows;
    private final Sender sender;
    private final Teller teller;

    FlowEndings(Flows flows, Sender sender, Teller teller) {
        this.flows = flows;
        this.sender = sender;
        this.teller = teller;
    }

    /** True for a child of somebody, and for a parent whose children may still be running. */
    static boolean concerns(JobRecord job) {
        return job.body().parent() != null || Family.of(job).open();
    }

    CompletionStage<Settled> complete(Held run, Json result, Instant now) {
        JobRecord job = run.job();
        EventMessage event = EventMessage.completed(job.ref(), now, result);
        return flows.hindrance(job).thenCompose(hindrance -> {
            if (hindrance.isPresent()) return CompletableFuture.completedStage(hindered(run, hindrance.get()));
            Optional<Result> end = job.body().parent() == null
                    ? Optional.empty()
                    : Optional.of(new Result(job.ref(), Verdict.COMPLETED, result, null));
            return told(run, end, now, event)
                    .thenCompose(done -> flows.drop(job))
                    .thenApply(done -> acknowledged(run));
        });
    }

    /** @param kept true when the job stays among the failed ones */
    CompletionStage<Settled> fail(Held run, JobRecord job, boolean kept, EventMessage event) {
        Instant now = job.status().finishedAt();
        Optional<Result> end = verdict(job)
                .map(verdict ->
                        new Result(job.ref(), verdict, null, job.status().failedReason()));
        return flows.gathered(job).thenCompose(gathered -> {
            if (gathered.isEmpty()) return CompletableFuture.completedStage(hindered(run, new Settled.LeaseLost()));
            JobRecord whole = gathered.get();
            CompletionStage<@Nullable Void> stored =
                    kept ? sender.sendFailed(whole) : CompletableFuture.completedStage(null);
            return stored.thenCompose(done -> told(run, end, now, event))
                    .thenCompose(done ->
                            kept && Family.of(whole).open() ? CompletableFuture.completedStage(null) : flows.drop(job))
                    .thenApply(done -> acknowledged(run));
        });
    }

    /** What answers a run that cannot end like this; the message of one that is out of date goes. */
    private static Settled hindered(Held run, Settled why) {
        if (why instanceof Settled.LeaseLost) run.parcel().acknowledge();
        return why;
    }

    /** Empty when its parent, if it has one, goes on waiting for it. */
    private static Optional<Verdict> verdict(JobRecord job) {
        ParentLink link = job.body().parent();
        ChildFailurePolicy policy = link == null ? ChildFailurePolicy.WAIT : link.onFailure();
        return switch (policy) {
            case WAIT -> Optional.empty();
            case FAIL_PARENT -> Optional.of(Verdict.FAILED);
            case CONTINUE_PARENT -> Optional.of(Verdict.CONTINUED);
            case IGNORE -> Optional.of(Verdict.IGNORED);
            case REMOVE_DEPENDENCY -> Optional.of(Verdict.REMOVED);
        };
    }

    private CompletionStage<@Nullable Void> told(
            Held run, Optional<Result> end, @Nullable Instant now, EventMessage event) {
        if (end.isEmpty()) {
            teller.tell(event);
            return CompletableFuture.completedStage(null);
        }
        boolean repeated =
                run.parcel().earlierDeliveries() > 0 || run.job().runs().stalls() > 0;
        Instant at = now == null ? Instant.EPOCH : now;
        return flows.ended(run.job(), end.get(), repeated, at, () -> teller.tell(event));
    }

    /** @param waiting the job as it is when it waits again */
    CompletionStage<Settled> awaitChildren(Held run, JobRecord waiting, Instant now) {
        EventMessage parks = EventMessage.waitingChildren(waiting.ref(), now);
        return flows.park(waiting, () -> teller.tell(parks)).thenCompose(parked -> {
            if (parked instanceof Parked.Cannot cannot) return CompletableFuture.completedStage(cannot.why());
            if (parked instanceof Parked.OutOfDate)
                return CompletableFuture.completedStage(hindered(run, new Settled.LeaseLost()));
            if (parked instanceof Parked.Nobody nobody) {
                return sender.send(nobody.job(), now)
                        .thenCompose(done -> flows.drop(run.job()))
                        .thenApply(done -> {
                            teller.tell(EventMessage.waiting(waiting.ref(), now, JobState.ACTIVE));
                            return acknowledged(run);
                        });
            }
            return CompletableFuture.completedStage(acknowledged(run));
        });
    }

    private static Settled acknowledged(Held run) {
        boolean held = run.isHeld();
        run.parcel().acknowledge();
        return held ? new Settled.Done() : new Settled.LeaseLost();
    }
}
