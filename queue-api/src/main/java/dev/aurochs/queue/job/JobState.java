package dev.aurochs.queue.job;

import java.util.Locale;

/** Where a job stands. "Prioritized" and "paused" are views of {@link #WAITING}, not states. */
public enum JobState {
    WAITING,
    DELAYED,
    ACTIVE,
    WAITING_CHILDREN,
    COMPLETED,
    FAILED;

    /** True for {@link #COMPLETED} and {@link #FAILED}. */
    public boolean isFinished() {
        return this == COMPLETED || this == FAILED;
    }

    /** The name people read and type: {@code waiting-children}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
