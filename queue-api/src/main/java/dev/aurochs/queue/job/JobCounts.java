package dev.aurochs.queue.job;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How many jobs stand where. What a backend cannot tell is absent, never 0.
 *
 * @param states a count per state; a missing state is unknown
 * @param prioritized the part of waiting that has a priority
 * @param paused the part of waiting that a pause holds back
 * @param approximate true when the numbers may be off
 */
public record JobCounts(
        Map<JobState, Long> states, OptionalLong prioritized, OptionalLong paused, boolean approximate) {
    public JobCounts {
        states = states.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(states));
    }

    /** Absent when the backend cannot count this state. */
    public OptionalLong of(JobState state) {
        Long count = states.get(state);
        return count == null ? OptionalLong.empty() : OptionalLong.of(count);
    }
}
