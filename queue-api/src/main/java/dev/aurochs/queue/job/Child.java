package dev.aurochs.queue.job;

import org.jspecify.annotations.Nullable;

/**
 * A child as its parent sees it.
 *
 * @param result what the child returned; null unless {@code COMPLETED}
 * @param failure why it failed; null unless {@code FAILED} or {@code IGNORED}
 */
public record Child(
        JobRef job,
        Status status,
        @Nullable Json result,
        @Nullable String failure) {
    /** How far a child has got. */
    public enum Status {
        PENDING,
        COMPLETED,
        /** Failed for good, and its policy fails the parent. */
        FAILED,
        /** Failed for good, and the parent goes on. */
        IGNORED
    }
}
