package dev.aurochs.rocksdb.bytes;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.JobState;
import java.util.List;

/** The numbers that stand for enum values on the disk: the position in these lists. Only ever append. */
final class Codes {
    private Codes() {}

    static final List<JobState> STATES = List.of(
            JobState.WAITING,
            JobState.DELAYED,
            JobState.ACTIVE,
            JobState.WAITING_CHILDREN,
            JobState.COMPLETED,
            JobState.FAILED);
    static final List<Child.Status> CHILD_STATUSES =
            List.of(Child.Status.PENDING, Child.Status.COMPLETED, Child.Status.FAILED, Child.Status.IGNORED);
    static final List<ChildFailurePolicy> POLICIES = List.of(
            ChildFailurePolicy.WAIT,
            ChildFailurePolicy.FAIL_PARENT,
            ChildFailurePolicy.CONTINUE_PARENT,
            ChildFailurePolicy.IGNORE,
            ChildFailurePolicy.REMOVE_DEPENDENCY);

    static <E> E value(List<E> codes, int code) {
        if (code >= codes.size()) throw new MalformedBytesException("it has the unknown code " + code);
        return codes.get(code);
    }
}
