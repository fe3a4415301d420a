package dev.aurochs.cli.work;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobState;
import java.util.List;
import java.util.Optional;

/** Tells when none of several queues has anything left to do, whoever does it. Not thread-safe. */
final class Emptiness {
    private static final List<JobState> LEFT_TO_DO = List.of(JobState.WAITING, JobState.DELAYED, JobState.ACTIVE);

    private final List<Queue> queues;
    private boolean emptyBefore;

    Emptiness(List<Queue> queues) {
        this.queues = queues;
    }

    /** A queue whose waiting, delayed or active jobs the backend cannot count, if there is one. */
    Optional<Queue> uncountable() {
        return queues.stream()
                .filter(queue -> LEFT_TO_DO.stream()
                        .anyMatch(state -> queue.counts().of(state).isEmpty()))
                .findFirst();
    }

    /**
     * True when two looks in a row found nothing. One look is not enough: while one queue is read, a job of it may
     * finish and release its parent into a queue that was read before.
     */
    boolean reached() {
        boolean empty = queues.stream().allMatch(Emptiness::isEmpty);
        boolean reached = empty && emptyBefore;
        emptyBefore = empty;
        return reached;
    }

    private static boolean isEmpty(Queue queue) {
        if (queue.settings().paused()) return true;
        JobCounts counts = queue.counts();
        return LEFT_TO_DO.stream().allMatch(state -> counts.of(state).orElse(0) == 0);
    }
}
