package dev.aurochs.queue.job;

import org.jspecify.annotations.Nullable;

/**
 * The store could not answer. Temporary: workers retry by themselves, producers may call again.
 *
 * <p>When {@link #outcomeUnknown()} is true the call may have taken effect; repeating an add is then safe only with an
 * own job id.
 */
public final class BackendUnavailableException extends QueueException {
    private static final long serialVersionUID = 1L;

    /** What is known about the call that failed. */
    public enum Outcome {
        /** Nothing happened; repeating the call is safe. */
        NOT_APPLIED,
        /** The store went away in the middle; the call may have taken effect. */
        UNKNOWN
    }

    private final Outcome outcome;

    public BackendUnavailableException(String message, Outcome outcome, @Nullable Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** True when the call may have taken effect. */
    public boolean outcomeUnknown() {
        return outcome == Outcome.UNKNOWN;
    }

    @Override
    public boolean isTemporary() {
        return true;
    }
}
