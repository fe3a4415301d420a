package dev.aurochs.engine;

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
import java.util.Set;

/** Removes jobs that are not running, alone or with the tree below them (rules K8–K10). */
final class RemoveJobs {
    private static final int CHILDREN_PER_READ = 1_000;

    private RemoveJobs() {}

    static Changed remove(Step step, JobRef job, boolean withChildren) {
        StateRow root = step.state(job);
        if (root == null) return new Changed.NoSuchJob();
        List<StateRow> doomed = withChildren ? tree(step, root) : List.of(root);
        for (StateRow row : doomed) if (row.state() == JobState.ACTIVE) return new Changed.ActiveLeased(row.job());
        for (StateRow row : doomed) {
            // Read anew: the removal of one may have released another.
            StateRow last = step.state(row.job());
            if (last != null) removeOne(step, last);
        }
        return new Changed.Done();
    }

    /** Removes one job that is not running; a parent that waits for it waits for one less. */
    static void removeOne(Step step, StateRow row) {
        JobBody body = step.body(row.job());
        step.delete(row, List.of(new QueueEvent.Removed(row.job(), step.now(), row.state())));
        Families.childRemoved(step, body);
    }

    private static List<StateRow> tree(Step step, StateRow root) {
        List<StateRow> found = new ArrayList<>();
        Set<JobRef> seen = new HashSet<>();
        Deque<StateRow> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            StateRow row = open.poll();
            if (!seen.add(row.job())) continue;
            found.add(row);
            if (row.family().known() > 0) openChildren(step, row, open);
        }
        return found;
    }

    /** False for a job that has another parent by now. */
    private static boolean isChildOf(JobBody job, JobRef parent) {
        return job.parent() != null && job.parent().parent().equals(parent);
    }

    private static void openChildren(Step step, StateRow parent, Deque<StateRow> open) {
        JobRef after = null;
        List<Child> page;
        do {
            page = step.rows().children(parent.job(), after, CHILDREN_PER_READ);
            for (Child child : page) {
                after = child.job();
                StateRow row = step.state(child.job());
                if (row != null && isChildOf(step.body(row.job()), parent.job())) open.add(row);
            }
        } while (page.size() == CHILDREN_PER_READ);
    }
}
