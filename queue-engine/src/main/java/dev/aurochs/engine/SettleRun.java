package dev.aurochs.engine;

import dev.aurochs.engine.Step.Entry;
import dev.aurochs.engine.store.DamagedRowException;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
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

/** Ends one run (rules C6–C8, R1–R6, F3, F4). */
final class SettleRun {
    private static final int CHILDREN_SHOWN = 1_000;

    private final Step step;
    private final WorkerProfile worker;
    private final StateRow row;
    private final JobBody body;

    private SettleRun(Step step, WorkerProfile worker, StateRow row, JobBody body) {
        this.step = step;
        this.worker = worker;
        this.row = row;
        this.body = body;
    }

    static Settled settle(Step step, WorkerProfile worker, Settlement settlement) {
        JobRef job = settlement.lease().job();
        try {
            StateRow row = step.state(job);
            if (row == null) return new Settled.NoSuchJob();
            if (row.state() != JobState.ACTIVE) return new Settled.NotActive();
            if (!settlement.lease().token().equals(row.standing().token())) return new Settled.LeaseLost();
            return new SettleRun(step, worker, row, step.body(job)).end(settlement.outcome());
        } catch (DamagedRowException damaged) {
            return new Settled.Refused("job " + damaged.job() + " cannot be read: " + damaged.getMessage());
        }
    }

    private Settled end(Outcome outcome) {
        if (outcome instanceof Outcome.Completed completed) return complete(completed);
        if (outcome instanceof Outcome.Failed failed) return fail(failed.reason(), failed.history());
        if (outcome instanceof Outcome.Retry retry) return retry(retry);
        if (outcome instanceof Outcome.Postponed postponed) return runAgain(row.status(), postponed.due(), Entry.BACK);
        if (outcome instanceof Outcome.GivenBack) return runAgain(row.status(), step.now(), Entry.FRONT);
        if (outcome instanceof Outcome.RateLimited limited) {
            QueueDraft queue = step.queue(row.job().queue());
            queue.set(queue.settings().withHeldUntil(Optional.of(step.now().plus(limited.hold()))));
            return runAgain(row.status(), step.now(), Entry.FRONT);
        }
        if (outcome instanceof Outcome.AwaitChildren) return awaitChildren();
        throw new AssertionError(outcome);
    }

    private Settled complete(Outcome.Completed completed) {
        if (row.family().failed() > 0) return new Settled.ChildrenFailed(failedChildren());
        if (row.family().pending() > 0) return new Settled.ChildrenPending();
        JobStatus ended = Statuses.withRuns(row.status(), row.status().runs().plusMade());
        JobStatus status = Statuses.completed(ended, completed.result(), step.now());
        QueueEvent event = new QueueEvent.Completed(row.job(), step.now(), completed.result());
        passOn(step, body);
        finish(step, row, status, List.of(event), body.options().keepCompleted().orElse(worker.completed()));
        Families.childCompleted(step, body, completed.result());
        return new Settled.Done();
    }

    private Settled fail(String reason, List<Failure> history) {
        JobStatus ended = Statuses.withRuns(row.status(), row.status().runs().plusMade());
        step.rows().putFailures(row.job(), history);
        failForGood(
                step, row.with(ended), body, reason, body.options().keepFailed().orElse(worker.failed()));
        return new Settled.Done();
    }

    private Settled retry(Outcome.Retry retry) {
        step.rows().putFailures(row.job(), retry.history());
        JobStatus ended = Statuses.withRuns(row.status(), row.status().runs().plusMade());
        return runAgain(
                Statuses.withFailedReason(ended, retry.reason()),
                retry.due(),
                body.options().lifo() && row.status().priority() == 0 ? Entry.FRONT : Entry.BACK);
    }

    private Settled runAgain(JobStatus status, Instant due, Entry entry) {
        if (due.isAfter(step.now())) {
            QueueEvent event = new QueueEvent.Delayed(row.job(), step.now(), due);
            step.move(row, Statuses.delayed(status, due), Entry.BACK, List.of(event));
        } else {
            QueueEvent event = new QueueEvent.Waiting(row.job(), step.now(), Optional.of(JobState.ACTIVE));
            step.move(row, Statuses.waiting(status), entry, List.of(event));
        }
        return new Settled.Done();
    }

    private Settled awaitChildren() {
        if (row.family().failed() > 0) return new Settled.ChildrenFailed(failedChildren());
        if (row.family().pending() == 0) return runAgain(row.status(), step.now(), Entry.FRONT);
        QueueEvent event = new QueueEvent.WaitingChildren(row.job(), step.now(), Optional.of(JobState.ACTIVE));
        step.move(row, Statuses.waitingChildren(row.status()), Entry.BACK, List.of(event));
        roomForOthers(step, row.job().queue());
        return new Settled.Done();
    }

    private List<JobRef> failedChildren() {
        return step.rows().children(row.job(), null, CHILDREN_SHOWN).stream()
                .filter(child -> child.status() == Child.Status.FAILED)
                .map(Child::job)
                .toList();
    }

    /** The end of a job that failed for good, from whatever state; tells its parent. */
    static void failForGood(Step step, StateRow row, JobBody body, String reason, Retention keep) {
        JobStatus status = Statuses.failed(row.status(), reason, step.now());
        QueueEvent failed = new QueueEvent.Failed(row.job(), step.now(), reason);
        int made = status.runs().made();
        List<QueueEvent> events = made >= body.options().attempts()
                ? List.of(failed, new QueueEvent.RetriesExhausted(row.job(), step.now(), made))
                : List.of(failed);
        passOn(step, body);
        finish(step, row, status, events, keep);
        Families.childFailed(step, body, reason);
    }

    /** Others may have its deduplication id now (rules A13, A16). */
    private static void passOn(Step step, JobBody body) {
        Deduplicator deduplicator =
                Deduplicator.of(step, body.ref().queue(), body.options().deduplication());
        if (deduplicator != null) deduplicator.finished(body.ref().id());
    }

    private static void finish(Step step, StateRow row, JobStatus status, List<QueueEvent> events, Retention keep) {
        QueueName queue = row.job().queue();
        if (keep.keepsNothing()) {
            step.delete(row, events);
        } else {
            step.move(row, status, Entry.BACK, events);
            Keeping.trim(step, queue, status.state(), keep);
        }
        boolean drained =
                step.rows().count(queue, JobState.WAITING) == 0 && step.rows().count(queue, JobState.ACTIVE) == 0;
        if (drained) step.append(queue, List.of(new QueueEvent.Drained(queue, step.now())));
        roomForOthers(step, queue);
    }

    private static void roomForOthers(Step step, QueueName queue) {
        QueueDraft draft = step.queue(queue);
        if (draft.settings().concurrency().isPresent()) draft.wakeOne();
    }
}
