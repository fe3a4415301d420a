package dev.aurochs.tck.model;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Child.Status;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.job.QueueName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a job's parent learns of it (rules F2–F11, F20, K11, K12, K19, K20). A finished parent takes note as well, and
 * stays where it is: it may be retried.
 */
final class Parents {
    private final JobList list;

    Parents(JobList list) {
        this.list = list;
    }

    void adopt(ModelJob parent, JobRef child) {
        parent.children.put(child, new Child(child, Status.PENDING, null, null));
    }

    void completed(JobBody child, Json result) {
        ModelJob parent = waitingFor(child);
        if (parent == null) return;
        parent.children.put(child.ref(), new Child(child.ref(), Status.COMPLETED, result, null));
        releaseWhenNonePends(parent);
    }

    void failed(JobBody child, String reason) {
        ModelJob parent = waitingFor(child);
        ParentLink link = child.parent();
        if (parent == null || link == null) return;
        JobRef ref = child.ref();
        switch (link.onFailure()) {
            case WAIT -> parent.children.put(ref, new Child(ref, Status.PENDING, null, reason));
            case FAIL_PARENT -> {
                parent.children.put(ref, new Child(ref, Status.FAILED, null, reason));
                doom(parent, "child " + ref + " failed: " + reason);
            }
            case CONTINUE_PARENT -> {
                parent.children.put(ref, new Child(ref, Status.IGNORED, null, reason));
                if (parent.state == JobState.WAITING_CHILDREN) release(parent);
            }
            case IGNORE -> {
                parent.children.put(ref, new Child(ref, Status.IGNORED, null, reason));
                releaseWhenNonePends(parent);
            }
            case REMOVE_DEPENDENCY -> {
                parent.children.remove(ref);
                releaseWhenNonePends(parent);
            }
        }
    }

    boolean waitFor(JobBody child) {
        return waitingFor(child) != null;
    }

    /** The child is no more, or no longer this parent's. */
    void removed(JobBody child) {
        ModelJob parent = waitingFor(child);
        if (parent != null) forgets(parent, child.ref());
    }

    /** The same, but the parent is only answered, to be released when all of a unit are stored. */
    @Nullable
    ModelJob withoutRelease(JobBody child) {
        ModelJob parent = waitingFor(child);
        if (parent != null) parent.children.remove(child.ref());
        return parent;
    }

    void forgets(ModelJob parent, JobRef child) {
        parent.children.remove(child);
        releaseWhenNonePends(parent);
    }

    /** The same when the queue is being emptied; answers a parent in it that waited for this child alone. */
    @Nullable
    ModelJob removedFrom(QueueName queue, JobBody child) {
        ModelJob parent = waitingFor(child);
        boolean alone = parent != null
                && parent.ref.queue().equals(queue)
                && parent.state == JobState.WAITING_CHILDREN
                && parent.children(Status.PENDING).size() == 1;
        if (alone) parent.children.remove(child.ref());
        else removed(child);
        return alone ? parent : null;
    }

    void retried(JobBody child) {
        ModelJob parent = knowing(child);
        if (parent != null) adopt(parent, child.ref());
    }

    void releaseWhenNonePends(ModelJob parent) {
        boolean waits = parent.state == JobState.WAITING_CHILDREN;
        if (waits && parent.children(Status.PENDING).isEmpty()) release(parent);
    }

    private void release(ModelJob parent) {
        Duration delay = parent.body.options().delay();
        if (delay.isZero()) toFront(parent);
        else list.toDelayed(parent, list.now().plus(delay));
    }

    private void doom(ModelJob parent, String reason) {
        if (parent.state == JobState.ACTIVE || parent.state.isFinished()) return;
        parent.deferredFailure = reason;
        if (parent.state != JobState.WAITING) toFront(parent);
    }

    private void toFront(ModelJob parent) {
        list.toWaiting(parent, parent.priority == 0);
    }

    private @Nullable ModelJob waitingFor(JobBody child) {
        ModelJob parent = knowing(child);
        if (parent == null) return null;
        Child known = parent.children.get(child.ref());
        return known != null && known.status() == Status.PENDING ? parent : null;
    }

    private @Nullable ModelJob knowing(JobBody child) {
        ParentLink link = child.parent();
        ModelJob parent = link == null ? null : list.find(link.parent());
        return parent != null && parent.children.containsKey(child.ref()) ? parent : null;
    }
}
