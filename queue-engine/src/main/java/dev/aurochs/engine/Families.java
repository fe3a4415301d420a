package dev.aurochs.engine;

import dev.aurochs.engine.Step.Entry;
import dev.aurochs.engine.store.Family;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.job.QueueEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of a parent when one of its children finishes, goes away or comes back (rules F2–F9). */
final class Families {
    private Families() {}

    static void childCompleted(Step step, JobBody child, Json result) {
        StateRow parent = waitingFor(step, child);
        if (parent == null) return;
        step.rows().putChild(parent.job(), new Child(child.ref(), Child.Status.COMPLETED, result, null));
        countDown(step, parent, false);
    }

    static void childFailed(Step step, JobBody child, String reason) {
        StateRow parent = waitingFor(step, child);
        ParentLink link = child.parent();
        if (parent == null || link == null) return;
        switch (link.onFailure()) {
            case WAIT -> put(step, parent, child, Child.Status.PENDING, reason);
            case FAIL_PARENT -> {
                put(step, parent, child, Child.Status.FAILED, reason);
                failParent(step, parent, "child " + child.ref() + " failed: " + reason);
            }
            case CONTINUE_PARENT -> {
                put(step, parent, child, Child.Status.IGNORED, reason);
                countDown(step, parent, true);
            }
            case IGNORE -> {
                put(step, parent, child, Child.Status.IGNORED, reason);
                countDown(step, parent, false);
            }
            case REMOVE_DEPENDENCY -> childRemoved(step, child);
        }
    }

    /** True when the job has a parent that does not know yet how it ended. */
    static boolean isPending(Step step, JobBody child) {
        return waitingFor(step, child) != null;
    }

    /** The child goes away unfinished; its parent waits for one less. */
    static void childRemoved(Step step, JobBody child) {
        StateRow bereft = forget(step, child);
        if (bereft != null) release(step, bereft);
    }

    /** Cuts the link to a child that is pending there, whatever became of the job itself. */
    static void forgotten(Step step, JobRef parent, JobRef child) {
        StateRow row = step.state(parent);
        StateRow bereft = row == null ? null : forget(step, row, child);
        if (bereft != null) release(step, bereft);
    }

    /** Cuts a pending child's link; answers the parent when it waited for nobody else, to be released or removed. */
    static @Nullable StateRow forget(Step step, JobBody child) {
        StateRow parent = waitingFor(step, child);
        return parent == null ? null : forget(step, parent, child.ref());
    }

    private static @Nullable StateRow forget(Step step, StateRow parent, JobRef child) {
        step.rows().deleteChild(parent.job(), child);
        Family family = parent.family();
        StateRow counted = parent.with(new Family(family.known() - 1, family.pending() - 1, family.failed()));
        step.keep(counted, List.of());
        boolean bereft =
                counted.state() == JobState.WAITING_CHILDREN && counted.family().pending() == 0;
        return bereft ? counted : null;
    }

    /** A finished child is to run again; its parent waits for it anew. */
    static void childRetried(Step step, JobBody child) {
        StateRow parent = parentOf(step, child);
        if (parent != null && step.rows().child(parent.job(), child.ref()) != null) adopt(step, parent, child.ref());
    }

    /** Makes a child pending at a stored parent, whether the parent knew it before or not. */
    static void adopt(Step step, StateRow parent, JobRef child) {
        Child before = step.rows().child(parent.job(), child);
        step.rows().putChild(parent.job(), new Child(child, Child.Status.PENDING, null, null));
        Family family = parent.family();
        int known = family.known() + (before == null ? 1 : 0);
        int pending = family.pending() + (has(before, Child.Status.PENDING) ? 0 : 1);
        int failed = family.failed() - (has(before, Child.Status.FAILED) ? 1 : 0);
        step.keep(parent.with(new Family(known, pending, failed)), List.of());
    }

    private static boolean has(@Nullable Child child, Child.Status status) {
        return child != null && child.status() == status;
    }

    /** The parent can be claimed; its delay begins now. */
    static void release(Step step, StateRow parent) {
        Duration delay = step.body(parent.job()).options().delay();
        JobStatus status = parent.status();
        if (!delay.isZero()) {
            Instant due = step.now().plus(delay);
            step.move(
                    parent,
                    Statuses.delayed(status, due),
                    Entry.BACK,
                    List.of(new QueueEvent.Delayed(parent.job(), step.now(), due)));
            return;
        }
        toFront(step, parent);
    }

    /** Without a priority the parent runs next, else it joins the end of its level. */
    private static void toFront(Step step, StateRow parent) {
        QueueEvent event = new QueueEvent.Waiting(parent.job(), step.now(), Optional.of(parent.state()));
        Entry entry = parent.status().priority() == 0 ? Entry.FRONT : Entry.BACK;
        step.move(parent, Statuses.waiting(parent.status()), entry, List.of(event));
    }

    /** The parent is not to run any more: it goes to the front at once and fails when it is claimed. */
    private static void failParent(Step step, StateRow parent, String reason) {
        Family family = parent.family();
        StateRow counted = parent.with(new Family(family.known(), family.pending() - 1, family.failed() + 1));
        if (parent.state() == JobState.ACTIVE || parent.state().isFinished()) {
            step.keep(counted, List.of());
            return;
        }
        StateRow doomed = counted.with(Statuses.withDeferredFailure(parent.status(), reason));
        if (parent.state() == JobState.WAITING) step.keep(doomed, List.of());
        else toFront(step, doomed);
    }

    private static void countDown(Step step, StateRow parent, boolean atOnce) {
        Family family = parent.family();
        Family after = new Family(family.known(), family.pending() - 1, family.failed());
        StateRow counted = parent.with(after);
        step.keep(counted, List.of());
        boolean releases = parent.state() == JobState.WAITING_CHILDREN && (atOnce || after.pending() == 0);
        if (releases) release(step, counted);
    }

    private static void put(Step step, StateRow parent, JobBody child, Child.Status status, String reason) {
        step.rows().putChild(parent.job(), new Child(child.ref(), status, null, reason));
    }

    /** The parent, when this child is still pending there. */
    private static @Nullable StateRow waitingFor(Step step, JobBody child) {
        StateRow parent = parentOf(step, child);
        if (parent == null) return null;
        return has(step.rows().child(parent.job(), child.ref()), Child.Status.PENDING) ? parent : null;
    }

    /** A finished parent takes note as well: it may be retried. */
    private static @Nullable StateRow parentOf(Step step, JobBody child) {
        ParentLink link = child.parent();
        return link == null ? null : step.state(link.parent());
    }
}
