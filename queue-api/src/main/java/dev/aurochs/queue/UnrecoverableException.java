package dev.aurochs.queue;

import org.jspecify.annotations.Nullable;

/** Thrown by a handler: this job fails for good, whatever attempts are left (rule R5). */
public class UnrecoverableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnrecoverableException(String reason) {
        this(reason, null);
    }

    public UnrecoverableException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
