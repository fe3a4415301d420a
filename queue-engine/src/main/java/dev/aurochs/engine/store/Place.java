package dev.aurochs.engine.store;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.QueueName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a job stands in its queue. Every job stands in exactly one place, computed from its state row, so that saving
 * the row moves the job and no step can forget to.
 *
 * <p>Places of one queue and state are ordered by lane, rank, seq and id text (UTF-8 byte order). The id takes part
 * only
 * so that a place can be taken away without its row.
 *
 * @param rank the priority of a waiting job, the due time of a delayed one, the finish time of a finished one (both in
 *     milliseconds since the epoch), else 0
 */
public record Place(QueueName queue, JobState state, String lane, long rank, long seq, JobId id)
        implements Comparable<Place> {
    public static Place of(StateRow row) {
        return new Place(
                row.job().queue(),
                row.state(),
                row.standing().lane(),
                rank(row.status()),
                row.standing().seq(),
                row.job().id());
    }

    public JobRef job() {
        return new JobRef(queue, id);
    }

    private static long rank(JobStatus status) {
        return switch (status.state()) {
            case WAITING -> status.priority();
            case DELAYED -> millis(status.dueAt());
            case COMPLETED, FAILED -> millis(status.finishedAt());
            case ACTIVE, WAITING_CHILDREN -> 0;
        };
    }

    private static long millis(@Nullable Instant moment) {
        if (moment == null) throw new IllegalStateException("a delayed or finished job has a moment");
        return moment.toEpochMilli();
    }

    @Override
    public int compareTo(Place other) {
        int order = compareLine(other);
        if (order == 0) order = Long.compare(rank, other.rank);
        if (order == 0) order = Long.compare(seq, other.seq);
        return order == 0 ? id.value().compareTo(other.id.value()) : order;
    }

    /** Compares queue, state and lane; mostly they are the same objects. */
    public int compareLine(Place other) {
        int order = queue == other.queue ? 0 : queue.compareTo(other.queue);
        if (order == 0) order = state.compareTo(other.state);
        return order == 0 && lane != other.lane ? lane.compareTo(other.lane) : order;
    }
}
