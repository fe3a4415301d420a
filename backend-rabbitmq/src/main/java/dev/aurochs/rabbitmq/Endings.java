package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueException;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.WorkerProfile;
import dev.aurochs.rabbitmq.message.EventMessage;
import dev.aurochs.rabbitmq.message.JobMessage;
import dev.aurochs.rabbitmq.message.UnreadableException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Ends runs: a completed job is acknowledged; any other goes to its next place first, and is acknowledged when it is
 * safe there. A process that dies between the two leaves a job in both places: it runs again, and is never lost.
 */
final class Endings {
    private final LocalQueue queue;
    private final WorkerProfile worker;
    private final Sender sender;
    private final Outbox outbox;
    private final Holds holds;
    private final FlowEndings flows;

    Endings(LocalQueue queue, WorkerProfile worker, Parts parts) {
        this.queue = queue;
        this.worker = worker;
        this.sender = parts.sender();
        this.outbox = parts.outbox();
        this.holds = parts.holds();
        this.flows = new FlowEndings(parts.flows(), sender, parts.teller());
    }

    CompletionStage<Settled> end(Held run, Outcome outcome, Instant now) {
        if (outcome instanceof Outcome.Completed completed) return complete(run, completed, now);
        if (outcome instanceof Outcome.Failed failed) return fail(run, failed, now);
        if (outcome instanceof Outcome.Retry retry) {
            JobRecord next = Records.explained(
                    Records.again(run.job(), true, Records.dueOrNull(retry.due(), now)),
                    retry.reason(),
                    retry.history());
            return again(run, next, now);
        }
        if (outcome instanceof Outcome.Postponed postponed)
            return again(run, Records.again(run.job(), false, Records.dueOrNull(postponed.due(), now)), now);
        if (outcome instanceof Outcome.RateLimited limited) {
            holds.hold(queue, limited.hold(), now);
            return again(run, Records.again(run.job(), false, null), now);
        }
        if (outcome instanceof Outcome.AwaitChildren) {
            CompletionStage<Settled> settled = flows.awaitChildren(run, Records.again(run.job(), false, null), now);
            queue.expect(settled);
            return settled;
        }
        return again(run, Records.again(run.job(), false, null), now);
    }

    private CompletionStage<Settled> complete(Held run, Outcome.Completed completed, Instant now) {
        if (FlowEndings.concerns(run.job())) return flows.complete(run, completed.result(), now);
        outbox.acknowledge(run.parcel());
        outbox.tell(EventMessage.completed(run.job().ref(), now, completed.result()));
        return CompletableFuture.completedStage(new Settled.Done());
    }

    private CompletionStage<Settled> fail(Held run, Outcome.Failed failed, Instant now) {
        JobRecord job = Records.explained(Records.failed(run.job(), now), failed.reason(), failed.history());
        int made = job.runs().made();
        int left = made >= job.options().attempts() ? made : 0;
        EventMessage event = EventMessage.failed(job.ref(), now, failed.reason(), left);
        Retention keep = job.options().keepFailed().orElse(worker.failed());
        if (FlowEndings.concerns(run.job())) return flows.fail(run, job, !keep.keepsNothing(), event);
        if (!keep.keepsNothing()) return after(run, sender.sendFailed(job), () -> outbox.tell(event));
        outbox.acknowledge(run.parcel());
        outbox.tell(event);
        return CompletableFuture.completedStage(new Settled.Done());
    }

    private CompletionStage<Settled> again(Held run, JobRecord next, Instant now) {
        Instant due = next.status().dueAt();
        EventMessage event = due == null
                ? EventMessage.waiting(next.ref(), now, JobState.ACTIVE)
                : EventMessage.delayed(next.ref(), now, due);
        Journey journey = queue.departs(next.id(), event);
        CompletionStage<Settled> settled =
                after(run, journey.by(() -> sender.send(next, now)), () -> journey.arrived(outbox));
        if (due == null) queue.expect(settled);
        return settled;
    }

    private CompletionStage<Settled> after(Held run, CompletableFuture<Void> sent, Runnable tell) {
        return sent.thenApply(stored -> {
            boolean held = run.isHeld();
            outbox.acknowledge(run.parcel());
            tell.run();
            return held ? new Settled.Done() : new Settled.LeaseLost();
        });
    }

    /** It was in hand and nobody began it: back among the waiting ones, as if nothing had happened. */
    void giveBackUnstarted(Parcel parcel, Instant now) {
        try {
            JobRecord job = JobMessage.read(queue.name(), parcel.properties(), parcel.body(), now);
            int times = parcel.earlierDeliveries();
            if (times > 0) job = Records.stalled(job, times);
            queue.expect(sender.send(job, now).handle((done, failure) -> {
                if (failure == null) parcel.acknowledge();
                else parcel.giveBack();
                return null;
            }));
        } catch (UnreadableException | QueueException foreign) {
            parcel.giveBack();
        }
    }
}
