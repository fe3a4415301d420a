package dev.aurochs.engine;

import dev.aurochs.engine.Step.Entry;
import dev.aurochs.engine.store.ScheduleRow;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.JobChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Changes one job from outside; never moves a running one (rules K1–K7, K19, K20). */
final class ChangeJob {
    private final Step step;
    private final StateRow row;

    private ChangeJob(Step step, StateRow row) {
        this.step = step;
        this.row = row;
    }

    static Changed change(Step step, JobRef job, JobChange change) {
        StateRow row = step.state(job);
        return row == null ? new Changed.NoSuchJob() : new ChangeJob(step, row).apply(change);
    }

    private Changed apply(JobChange change) {
        if (change instanceof JobChange.Promote) return reschedule(step.now());
        if (change instanceof JobChange.Reschedule to)
            return reschedule(step.now().plus(to.delay()));
        if (change instanceof JobChange.Reprioritise to) return reprioritise(to);
        if (change instanceof JobChange.Retry retry) return retry(retry.resetCounters());
        if (change instanceof JobChange.Cancel cancel) return cancel(cancel.reason());
        if (change instanceof JobChange.LeaveParent) return leaveParent();
        if (change instanceof JobChange.ReplaceData data)
            step.rows().putBody(step.body(row.job()).withPayload(data.payload()));
        else if (change instanceof JobChange.SetProgress progress)
            KeepLease.setProgress(step, row, progress.progress());
        else if (change instanceof JobChange.AppendLog log) KeepLease.appendLog(step, row, log.line());
        else if (change instanceof JobChange.RemoveChildren) RemoveJobs.removePendingChildren(step, row);
        else throw new AssertionError(change);
        return new Changed.Done();
    }

    private Changed reschedule(Instant due) {
        if (row.state() != JobState.DELAYED) return new Changed.WrongState(row.state());
        if (due.isAfter(step.now())) {
            QueueEvent event = new QueueEvent.Delayed(row.job(), step.now(), due);
            step.move(row, Statuses.delayed(row.status(), due), Entry.BACK, List.of(event));
        } else {
            toWaiting(Statuses.waiting(row.status()), Entry.BACK);
        }
        return new Changed.Done();
    }

    private Changed reprioritise(JobChange.Reprioritise to) {
        JobStatus status = Statuses.withPriority(row.status(), to.priority());
        if (row.state() == JobState.WAITING)
            step.move(row, Statuses.waiting(status), to.lifo() ? Entry.FRONT : Entry.BACK, List.of());
        else step.keep(row.with(status), List.of());
        return new Changed.Done();
    }

    private Changed retry(boolean afresh) {
        if (!row.state().isFinished()) return new Changed.WrongState(row.state());
        retryFinished(step, row, afresh);
        return new Changed.Done();
    }

    /** Makes a finished job wait again and its unfinished parent wait for it. */
    static void retryFinished(Step step, StateRow row, boolean afresh) {
        QueueEvent event = new QueueEvent.Waiting(row.job(), step.now(), Optional.of(row.state()));
        step.move(row, Statuses.unfinished(row.status(), afresh), Entry.BACK, List.of(event));
        if (afresh) step.rows().putFailures(row.job(), List.of());
        Families.childRetried(step, step.body(row.job()));
    }

    private Changed cancel(String reason) {
        if (row.state().isFinished()) return new Changed.WrongState(row.state());
        ScheduleRow schedule = row.state() == JobState.ACTIVE ? null : ScheduledRuns.current(step, row.job());
        if (schedule != null)
            return new Changed.CurrentSchedule(schedule.schedule().id());
        if (row.state() == JobState.ACTIVE) {
            step.keep(row.with(Statuses.withCancelReason(row.status(), reason)), List.of());
        } else {
            JobBody body = step.body(row.job());
            SettleRun.failForGood(
                    step, row, body, reason, body.options().keepFailed().orElse(Retention.all()));
        }
        return new Changed.Done();
    }

    private Changed leaveParent() {
        JobBody body = step.body(row.job());
        if (!Families.isPending(step, body)) return new Changed.NotAChild();
        Families.childRemoved(step, body);
        step.rows().putBody(body.withParent(null));
        return new Changed.Done();
    }

    private void toWaiting(JobStatus status, Entry entry) {
        QueueEvent event = new QueueEvent.Waiting(row.job(), step.now(), Optional.of(row.state()));
        step.move(row, status, entry, List.of(event));
    }
}
