package dev.aurochs.engine;

import dev.aurochs.engine.store.ScheduleRow;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.spi.Changed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Removes jobs that are not running, alone or with the tree below them (rules K8–K12, K20). */
final class RemoveJobs {
    private static final int CHILDREN_PER_READ = 1_000;

    private RemoveJobs() {}

    static Changed remove(Step step, JobRef job, boolean withChildren) {
        StateRow root = step.state(job);
        if (root == null) return new Changed.NoSuchJob();
        List<StateRow> doomed = withChildren ? tree(step, root, row -> false) : List.of(root);
        for (StateRow row : doomed) {
            if (row.state() == JobState.ACTIVE) return new Changed.ActiveLeased(row.job());
            ScheduleRow schedule = ScheduledRuns.current(step, row.job());
            if (schedule != null)
                return new Changed.CurrentSchedule(schedule.schedule().id());
        }
        doomed.forEach(row -> removeAnew(step, row));
        return new Changed.Done();
    }

    /** Reads the row again first: the removal of one job may have released another. */
    private static void removeAnew(Step step, StateRow row) {
        StateRow last = step.state(row.job());
        if (last != null) removeOne(step, last);
    }

    /** Removes one job that is not running; a parent that waits for it waits for one less. */
    static void removeOne(Step step, StateRow row) {
        JobBody body = step.body(row.job());
        delete(step, row, body);
        Families.childRemoved(step, body);
    }

    /** Removes a job that another takes the place of; answers a parent that waited for it alone, to be released. */
    static Optional<StateRow> replace(Step step, JobRef job) {
        StateRow row = step.state(job);
        if (row == null) throw new IllegalStateException("job " + job + " was just there");
        JobBody body = step.body(job);
        delete(step, row, body);
        return Optional.ofNullable(Families.forget(step, body));
    }

    /**
     * Removes one job in the course of emptying its queue: a parent of that queue that waited for nobody else goes as
     * well, and so on upwards; one in another queue is released. Answers the parents that went.
     */
    static List<JobRef> removeWithParents(Step step, StateRow row) {
        List<JobRef> gone = new ArrayList<>();
        StateRow doomed = row;
        while (doomed != null) {
            JobBody body = step.body(doomed.job());
            delete(step, doomed, body);
            StateRow bereft = Families.forget(step, body);
            boolean here =
                    bereft != null && bereft.job().queue().equals(row.job().queue());
            if (here) gone.add(bereft.job());
            else if (bereft != null) Families.release(step, bereft);
            doomed = here ? bereft : null;
        }
        return gone;
    }

    /** Removes the pending children of a job, with all below them; spares what runs or has failed (rule K20). */
    static void removePendingChildren(Step step, StateRow parent) {
        Predicate<StateRow> spared = row -> row.state() == JobState.ACTIVE
                || row.state() == JobState.FAILED
                || row.job().equals(parent.job());
        for (Child child : pendingChildren(step, parent.job())) {
            StateRow row = step.state(child.job());
            boolean isThere = row != null && isChildOf(step.body(row.job()), parent.job());
            List<StateRow> doomed = isThere ? tree(step, row, spared) : List.of();
            if (isThere && doomed.isEmpty()) continue;
            for (StateRow one : doomed) delete(step, one, step.body(one.job()));
            Families.forgotten(step, parent.job(), child.job());
        }
    }

    private static void delete(Step step, StateRow row, JobBody body) {
        Deduplicator deduplicator =
                Deduplicator.of(step, row.job().queue(), body.options().deduplication());
        if (deduplicator != null) deduplicator.removed(row.job().id());
        step.delete(row, List.of(new QueueEvent.Removed(row.job(), step.now(), row.state())));
    }

    private static List<Child> pendingChildren(Step step, JobRef parent) {
        List<Child> pending = new ArrayList<>();
        eachChild(step, parent, child -> {
            if (child.status() == Child.Status.PENDING) pending.add(child);
        });
        return pending;
    }

    /** A job and all below it, without what is spared and what is below that. */
    private static List<StateRow> tree(Step step, StateRow root, Predicate<StateRow> spared) {
        List<StateRow> found = new ArrayList<>();
        Set<JobRef> seen = new HashSet<>();
        Deque<StateRow> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            StateRow row = open.poll();
            if (spared.test(row) || !seen.add(row.job())) continue;
            found.add(row);
            if (row.family().known() > 0)
                eachChild(step, row.job(), child -> {
                    StateRow below = step.state(child.job());
                    if (below != null && isChildOf(step.body(below.job()), row.job())) open.add(below);
                });
        }
        return found;
    }

    /** False for a job that has another parent by now. */
    private static boolean isChildOf(JobBody job, JobRef parent) {
        return job.parent() != null && job.parent().parent().equals(parent);
    }

    private static void eachChild(Step step, JobRef parent, Consumer<Child> look) {
        JobRef after = null;
        List<Child> page;
        do {
            page = step.rows().children(parent, after, CHILDREN_PER_READ);
            page.forEach(look);
            if (!page.isEmpty()) after = page.get(page.size() - 1).job();
        } while (page.size() == CHILDREN_PER_READ);
    }
}
