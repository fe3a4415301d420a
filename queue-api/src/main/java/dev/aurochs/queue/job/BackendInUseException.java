package dev.aurochs.queue.job;

import org.jspecify.annotations.Nullable;

/** The store allows one owner and another process has it. Says which one and what to do. */
public final class BackendInUseException extends QueueException {
    private static final long serialVersionUID = 1L;

    public BackendInUseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
