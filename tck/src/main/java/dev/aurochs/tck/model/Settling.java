package dev.aurochs.tck.model;

import dev.aurochs.queue.job.Child.Status;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.WorkerProfile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends runs, and jobs (rules C6, C7, C12, F3, F4, F14, L4–L8, L12, R1–R9). */
final class Settling {
    private final JobList list;
    private final Parents parents;
    private final Deduplicating deduplicating;

    Settling(JobList list) {
        this.list = list;
        this.parents = new Parents(list);
        this.deduplicating = new Deduplicating(list);
    }

    Settled settle(WorkerProfile worker, Settlement settlement) {
        ModelJob job = list.find(settlement.lease().job());
        if (job == null) return new Settled.NoSuchJob();
        if (job.state != JobState.ACTIVE) return new Settled.NotActive();
        if (!job.isHeldBy(settlement.lease().token())) return new Settled.LeaseLost();
        Settled obstacle = obstacle(job, settlement.outcome());
        if (obstacle != null) return obstacle;
        end(worker, job, settlement.outcome());
        return new Settled.Done();
    }

    private static @Nullable Settled obstacle(ModelJob job, Outcome outcome) {
        boolean completes = outcome instanceof Outcome.Completed;
        if (!completes && !(outcome instanceof Outcome.AwaitChildren)) return null;
        if (!job.children(Status.FAILED).isEmpty()) return new Settled.ChildrenFailed(job.children(Status.FAILED));
        boolean pends = !job.children(Status.PENDING).isEmpty();
        return completes && pends ? new Settled.ChildrenPending() : null;
    }

    private void end(WorkerProfile worker, ModelJob job, Outcome outcome) {
        if (outcome instanceof Outcome.Completed completed) complete(worker, job, completed.result());
        else if (outcome instanceof Outcome.Failed failed) fail(worker, job, failed.reason(), failed.history());
        else if (outcome instanceof Outcome.Retry retry) {
            job.runs = job.runs.plusMade();
            job.failures = retry.history();
            job.failedReason = retry.reason();
            again(job, retry.due(), job.joinsFront());
        } else if (outcome instanceof Outcome.Postponed postponed) again(job, postponed.due(), false);
        else if (outcome instanceof Outcome.GivenBack) list.toWaiting(job, true);
        else if (outcome instanceof Outcome.RateLimited limited) {
            ModelQueue queue = list.queue(job.ref.queue());
            queue.settings = queue.settings.withHeldUntil(Optional.of(list.now().plus(limited.hold())));
            list.toWaiting(job, true);
        } else awaitChildren(job);
    }

    private void complete(WorkerProfile worker, ModelJob job, Json result) {
        job.runs = job.runs.plusMade();
        job.result = result;
        deduplicating.finished(job);
        list.tell(job.ref.queue(), new QueueEvent.Completed(job.ref, list.now(), result));
        finish(job, JobState.COMPLETED, job.body.options().keepCompleted().orElse(worker.completed()));
        parents.completed(job.body, result);
    }

    private void fail(WorkerProfile worker, ModelJob job, String reason, List<Failure> history) {
        job.runs = job.runs.plusMade();
        job.failures = history;
        failForGood(job, reason, job.body.options().keepFailed().orElse(worker.failed()));
    }

    void failForGood(ModelJob job, String reason, Retention keep) {
        QueueName queue = job.ref.queue();
        job.result = null;
        job.failedReason = reason;
        deduplicating.finished(job);
        list.tell(queue, new QueueEvent.Failed(job.ref, list.now(), reason));
        int made = job.runs.made();
        if (made >= job.body.options().attempts())
            list.tell(queue, new QueueEvent.RetriesExhausted(job.ref, list.now(), made));
        finish(job, JobState.FAILED, keep);
        parents.failed(job.body, reason);
    }

    private void again(ModelJob job, Instant due, boolean front) {
        if (due.isAfter(list.now())) list.toDelayed(job, due);
        else list.toWaiting(job, front);
    }

    private void awaitChildren(ModelJob job) {
        if (job.children(Status.PENDING).isEmpty()) {
            list.toWaiting(job, true);
            return;
        }
        list.move(job, JobState.WAITING_CHILDREN, false);
        list.tell(job.ref.queue(), new QueueEvent.WaitingChildren(job.ref, list.now(), Optional.of(JobState.ACTIVE)));
    }

    private void finish(ModelJob job, JobState ending, Retention keep) {
        job.deferredFailure = null;
        list.move(job, ending, false);
        job.finishedAt = list.now();
        if (keep.keepsNothing()) list.drop(job);
        else trim(job.ref.queue(), ending, keep);
    }

    private void trim(QueueName queue, JobState ending, Retention keep) {
        List<ModelJob> finished = list.inOrder(queue, ending);
        long surplus = keep.count() == Retention.UNBOUNDED ? 0 : finished.size() - keep.count();
        Instant oldest = keep.age() == null ? Instant.MIN : list.now().minus(keep.age());
        int dropped = 0;
        for (ModelJob job : finished) {
            boolean stays = dropped >= surplus && JobList.finish(job).isAfter(oldest);
            if (stays || dropped == keep.limit()) return;
            list.drop(job);
            dropped++;
        }
    }
}
