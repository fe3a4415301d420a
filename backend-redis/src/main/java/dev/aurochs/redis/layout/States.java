package dev.aurochs.redis.layout;

import dev.aurochs.queue.job.JobState;
import java.util.Map;

/** The containers in which jobs stand, and the states they mean. */
public final class States {
    private static final Map<String, JobState> STATES = Map.of(
            "wait", JobState.WAITING,
            "waiting", JobState.WAITING,
            "prioritized", JobState.WAITING,
            "paused", JobState.WAITING,
            "delayed", JobState.DELAYED,
            "active", JobState.ACTIVE,
            "waiting-children", JobState.WAITING_CHILDREN,
            "completed", JobState.COMPLETED,
            "failed", JobState.FAILED);

    private States() {}

    /** Throws {@link IllegalArgumentException} for what is no container. */
    public static JobState read(String container) {
        JobState state = STATES.get(container);
        if (state == null) throw new IllegalArgumentException("'" + container + "' is no state");
        return state;
    }
}
