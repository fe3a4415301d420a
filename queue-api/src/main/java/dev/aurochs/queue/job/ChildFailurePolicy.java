package dev.aurochs.queue.job;

/** What a parent does when this child fails for good (rules F5–F9). */
public enum ChildFailurePolicy {
    /** The parent keeps waiting; a retry of the child can still release it. The failure is readable. */
    WAIT,
    /** The parent fails with the child's reason, and its own policy applies upward. */
    FAIL_PARENT,
    /** The parent becomes claimable at once and can read the failure; its other children go on. */
    CONTINUE_PARENT,
    /** Counts as done; the failure is readable. */
    IGNORE,
    /** The link is cut; counts as done, nothing is recorded. */
    REMOVE_DEPENDENCY
}
