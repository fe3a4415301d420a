package dev.aurochs.tck.model;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.QueueChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes from outside to one job or one queue (rules K1–K12, K17–K20, L3, L7). */
final class Changing {
    private final JobList list;
    private final Parents parents;

    Changing(JobList list) {
        this.list = list;
        this.parents = new Parents(list);
    }

    Changed change(JobRef ref, JobChange change) {
        ModelJob job = list.find(ref);
        if (job == null) return new Changed.NoSuchJob();
        if (change instanceof JobChange.Promote) return reschedule(job, list.now());
        if (change instanceof JobChange.Reschedule to)
            return reschedule(job, list.now().plus(to.delay()));
        if (change instanceof JobChange.LeaveParent) return leaveParent(job);
        if (change instanceof JobChange.Retry retry) {
            if (!job.state.isFinished()) return new Changed.WrongState(job.state);
            retry(job, retry.resetCounters());
        } else if (change instanceof JobChange.Cancel cancel) {
            if (job.state.isFinished()) return new Changed.WrongState(job.state);
            ModelSchedule schedule = new Scheduling(list).current(job);
            if (job.state != JobState.ACTIVE && schedule != null)
                return new Changed.CurrentSchedule(schedule.schedule.id());
            cancel(job, cancel.reason());
        } else if (change instanceof JobChange.Reprioritise to) {
            job.priority = to.priority();
            if (job.state == JobState.WAITING) list.move(job, JobState.WAITING, to.lifo());
        } else if (change instanceof JobChange.ReplaceData data) {
            job.body = job.body.withPayload(data.payload());
        } else if (change instanceof JobChange.SetProgress progress) {
            progress(job, progress.progress());
        } else if (change instanceof JobChange.AppendLog log) {
            log(job, log.line());
        } else if (change instanceof JobChange.RemoveChildren) {
            removePendingChildren(job);
        }
        return new Changed.Done();
    }

    private Changed reschedule(ModelJob job, Instant due) {
        if (job.state != JobState.DELAYED) return new Changed.WrongState(job.state);
        if (due.isAfter(list.now())) list.toDelayed(job, due);
        else list.toWaiting(job, false);
        return new Changed.Done();
    }

    void retry(ModelJob job, boolean afresh) {
        list.toWaiting(job, false);
        job.startedAt = null;
        job.result = null;
        job.failedReason = null;
        if (afresh) {
            job.runs = new Runs(0, 0, job.runs.stalls());
            job.failures = List.of();
        }
        parents.retried(job.body);
    }

    private Changed leaveParent(ModelJob job) {
        if (!parents.waitFor(job.body)) return new Changed.NotAChild();
        parents.removed(job.body);
        job.body = job.body.withParent(null);
        return new Changed.Done();
    }

    /** Spares what runs or has failed, what is below that, and the parent itself. */
    private void removePendingChildren(ModelJob parent) {
        for (JobRef ref : parent.children(Child.Status.PENDING)) {
            ModelJob child = list.find(ref);
            boolean isThere = child != null && child.isChildOf(parent.ref);
            List<ModelJob> doomed = new ArrayList<>(isThere ? List.of(child) : List.of());
            for (int i = 0; i < doomed.size(); i++) {
                ModelJob job = doomed.get(i);
                boolean spared = job.state == JobState.ACTIVE || job.state == JobState.FAILED || job == parent;
                if (spared) doomed.remove(i--);
                else addChildren(job, doomed);
            }
            if (isThere && doomed.isEmpty()) continue;
            doomed.forEach(this::drop);
            parents.forgets(parent, ref);
        }
    }

    private void drop(ModelJob job) {
        new Deduplicating(list).removed(job);
        list.drop(job);
        list.tell(job.ref.queue(), new QueueEvent.Removed(job.ref, list.now(), job.state));
    }

    private void cancel(ModelJob job, String reason) {
        if (job.state == JobState.ACTIVE) job.cancelReason = reason;
        else
            new Settling(list)
                    .failForGood(job, reason, job.body.options().keepFailed().orElse(Retention.all()));
    }

    void progress(ModelJob job, Json progress) {
        job.progress = progress;
        list.tell(job.ref.queue(), new QueueEvent.Progress(job.ref, list.now(), progress));
    }

    void log(ModelJob job, String line) {
        job.log.add(line);
        int surplus = job.log.size() - job.body.options().logLines();
        if (surplus > 0) job.log.subList(0, surplus).clear();
    }

    Changed remove(JobRef ref, boolean withChildren) {
        ModelJob root = list.find(ref);
        if (root == null) return new Changed.NoSuchJob();
        List<ModelJob> doomed = new ArrayList<>(List.of(root));
        for (int i = 0; withChildren && i < doomed.size(); i++) addChildren(doomed.get(i), doomed);
        for (ModelJob job : doomed) {
            if (job.state == JobState.ACTIVE) return new Changed.ActiveLeased(job.ref);
            ModelSchedule schedule = new Scheduling(list).current(job);
            if (schedule != null) return new Changed.CurrentSchedule(schedule.schedule.id());
        }
        doomed.forEach(this::removeOne);
        return new Changed.Done();
    }

    private void addChildren(ModelJob parent, List<ModelJob> found) {
        for (JobRef ref : parent.children.keySet()) {
            ModelJob child = list.find(ref);
            if (child != null && child.isChildOf(parent.ref) && !found.contains(child)) found.add(child);
        }
    }

    void removeOne(ModelJob job) {
        drop(job);
        parents.removed(job.body);
    }

    /** In the course of emptying a queue: its parents that wait for nobody else go as well. */
    void sweepOut(ModelJob job) {
        QueueName queue = job.ref.queue();
        ModelJob doomed = job;
        while (doomed != null) {
            drop(doomed);
            doomed = parents.removedFrom(queue, doomed.body);
        }
    }

    void configure(QueueName name, QueueChange change) {
        ModelQueue queue = list.queue(name);
        QueueSettings before = queue.settings;
        queue.settings = changed(before, change);
        if (!before.equals(queue.settings)) queue.known = true;
        if (before.paused() != queue.settings.paused())
            list.tell(
                    name,
                    before.paused()
                            ? new QueueEvent.Resumed(name, list.now())
                            : new QueueEvent.Paused(name, list.now()));
        queue.signals++;
        list.notifyAll();
    }

    private QueueSettings changed(QueueSettings settings, QueueChange change) {
        if (change instanceof QueueChange.SetPaused set) return settings.withPaused(set.paused());
        if (change instanceof QueueChange.SetRateLimit set) return settings.withRateLimit(set.limit());
        if (change instanceof QueueChange.Hold hold)
            return settings.withHeldUntil(Optional.of(list.now().plus(hold.span())));
        if (change instanceof QueueChange.LiftHold) return settings.withHeldUntil(Optional.empty());
        if (change instanceof QueueChange.SetConcurrency set) {
            boolean valid = set.max().isEmpty() || set.max().getAsInt() >= 1;
            InvalidInputException.unless(valid, "concurrency", set.max(), "must be 1 or more");
            return settings.withConcurrency(set.max());
        }
        if (change instanceof QueueChange.SetEventCap set) {
            InvalidInputException.unless(set.rows() >= 0, "event cap", set.rows(), "must be 0 or more");
            return settings.withEventCap(set.rows());
        }
        throw new AssertionError(change);
    }
}
