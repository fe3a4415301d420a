package dev.aurochs.queue.job;

import org.jspecify.annotations.Nullable;

/** The store holds something this version cannot read: damage, or a newer format. Says which and what to do. */
public final class BackendCorruptException extends QueueException {
    private static final long serialVersionUID = 1L;

    public BackendCorruptException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
