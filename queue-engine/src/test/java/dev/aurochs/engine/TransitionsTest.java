package dev.aurochs.engine;

import static dev.aurochs.queue.job.JobState.ACTIVE;
import static dev.aurochs.queue.job.JobState.COMPLETED;
import static dev.aurochs.queue.job.JobState.DELAYED;
import static dev.aurochs.queue.job.JobState.FAILED;
import static dev.aurochs.queue.job.JobState.WAITING;
import static dev.aurochs.queue.job.JobState.WAITING_CHILDREN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobState;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The legal moves, said once more. */
class TransitionsTest {
    private static final Map<JobState, Set<JobState>> TABLE = Map.of(
            WAITING, Set.of(WAITING, ACTIVE, FAILED),
            DELAYED, Set.of(DELAYED, WAITING, FAILED),
            ACTIVE, Set.of(WAITING, DELAYED, WAITING_CHILDREN, COMPLETED, FAILED),
            WAITING_CHILDREN, Set.of(WAITING, DELAYED, FAILED),
            COMPLETED, Set.of(WAITING),
            FAILED, Set.of(WAITING));

    @DisplayName("Every pair of states is as the table says")
    @Test
    void table() {
        for (JobState from : JobState.values()) {
            Set<JobState> legal = new TreeSet<>();
            for (JobState to : JobState.values()) if (isLegal(from, to)) legal.add(to);
            assertThat(legal).as("from " + from).isEqualTo(new TreeSet<>(TABLE.getOrDefault(from, Set.of())));
        }
    }

    private static boolean isLegal(JobState from, JobState to) {
        try {
            Transitions.check(from, to);
            return true;
        } catch (AssertionError illegal) {
            assertThat(illegal).hasMessage("no move from " + from + " to " + to);
            return false;
        }
    }
}
