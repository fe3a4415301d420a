package dev.aurochs.engine;

import dev.aurochs.queue.job.JobState;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The legal moves between states; anything else is a fault of the engine. {@code docs/states.md} draws them. */
final class Transitions {
    private static final Map<JobState, Set<JobState>> LEGAL = new EnumMap<>(Map.of(
            JobState.WAITING, EnumSet.of(JobState.WAITING, JobState.ACTIVE, JobState.FAILED),
            JobState.DELAYED, EnumSet.of(JobState.DELAYED, JobState.WAITING, JobState.FAILED),
            JobState.ACTIVE, EnumSet.complementOf(EnumSet.of(JobState.ACTIVE)),
            JobState.WAITING_CHILDREN, EnumSet.of(JobState.WAITING, JobState.DELAYED, JobState.FAILED),
            JobState.COMPLETED, EnumSet.of(JobState.WAITING),
            JobState.FAILED, EnumSet.of(JobState.WAITING)));

    private Transitions() {}

    static void check(JobState from, JobState to) {
        if (!LEGAL.getOrDefault(from, Set.of()).contains(to))
            throw new AssertionError("no move from " + from + " to " + to);
    }
}
