package dev.aurochs.queue.job;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything this library throws. All of it is unchecked.
 *
 * <p>{@link #isTemporary()} tells a caller whether the same call may succeed later without anybody changing anything.
 */
public abstract class QueueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    protected QueueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** True when the same call may succeed later: the store was away, overloaded or being restarted. */
    public boolean isTemporary() {
        return false;
    }
}
