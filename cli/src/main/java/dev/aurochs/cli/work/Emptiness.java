package dev.aurochs.cli.work;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.ScheduleRecord;
import java.util.List;
import java.util.Optional;

/** Tells when none of several queues has anything left to do, whoever does it. Not thread-safe. */
final class Emptiness {
    private static final List<JobState> LEFT_TO_DO = List.of(JobState.WAITING, JobState.DELAYED, JobState.ACTIVE);

    private static final int AT_ONCE = 1_000;

    private final List<Queue> queues;
    private final boolean schedules;
    private boolean emptyBefore;

    /** @param schedules true when the queues may have schedules, whose delayed jobs are not waited for */
    Emptiness(List<Queue> queues, boolean schedules) {
        this.queues = queues;
        this.schedules = schedules;
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
        boolean empty = queues.stream().allMatch(this::isEmpty);
        boolean reached = empty && emptyBefore;
        emptyBefore = empty;
        return reached;
    }

    private boolean isEmpty(Queue queue) {
        if (queue.settings().paused()) return true;
        JobCounts counts = queue.counts();
        boolean more = counts.of(JobState.WAITING).orElse(0)
                        + counts.of(JobState.ACTIVE).orElse(0)
                > 0;
        long delayed = more ? 0 : counts.of(JobState.DELAYED).orElse(0);
        return !more && (delayed == 0 || schedules && delayed == scheduled(queue));
    }

    /** How many delayed jobs only wait for the slot of their schedule. */
    private static long scheduled(Queue queue) {
        long delayed = 0;
        Page<ScheduleRecord> page = queue.schedules().list(PageRequest.first(AT_ONCE));
        while (true) {
            for (ScheduleRecord schedule : page.items()) if (!schedule.over() && isDelayed(queue, schedule)) delayed++;
            if (page.next().isEmpty()) return delayed;
            page = queue.schedules().list(PageRequest.after(page.next().get(), AT_ONCE));
        }
    }

    private static boolean isDelayed(Queue queue, ScheduleRecord schedule) {
        return queue.find(schedule.job().value())
                .filter(job -> job.state() == JobState.DELAYED)
                .isPresent();
    }
}
