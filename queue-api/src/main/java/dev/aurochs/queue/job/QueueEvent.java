package dev.aurochs.queue.job;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Something that happened in a queue (rules E1–E5). */
public sealed interface QueueEvent {
    QueueName queue();

    /** When it happened, by the clock of the caller that made it happen. */
    Instant at();

    /** The name people read: {@code waiting-children}. */
    default String label() {
        StringBuilder label = new StringBuilder();
        for (char c : getClass().getSimpleName().toCharArray()) {
            if (Character.isUpperCase(c) && label.length() > 0) label.append('-');
            label.append(Character.toLowerCase(c));
        }
        return label.toString();
    }

    /** An event about one job. */
    sealed interface OfJob extends QueueEvent {
        JobRef job();

        @Override
        default QueueName queue() {
            return job().queue();
        }
    }

    /** A job was stored. Where it went follows as an event of its own. */
    record Added(JobRef job, Instant at, String name) implements OfJob {}

    /** A job can be claimed. {@code from} is empty when it is new. */
    record Waiting(JobRef job, Instant at, Optional<JobState> from) implements OfJob {}

    record Delayed(JobRef job, Instant at, Instant dueAt) implements OfJob {}

    record WaitingChildren(JobRef job, Instant at, Optional<JobState> from) implements OfJob {}

    record Active(JobRef job, Instant at) implements OfJob {}

    record Progress(JobRef job, Instant at, Json progress) implements OfJob {}

    record Completed(JobRef job, Instant at, Json result) implements OfJob {}

    /** A job failed for good; a failed run that will be retried shows as {@link Waiting} or {@link Delayed}. */
    record Failed(JobRef job, Instant at, String reason) implements OfJob {}

    /** Follows {@link Failed} when no attempt was left. */
    record RetriesExhausted(JobRef job, Instant at, int attemptsMade) implements OfJob {}

    /** Follows the {@link Waiting} of a job whose worker went away. */
    record Stalled(JobRef job, Instant at) implements OfJob {}

    record Removed(JobRef job, Instant at, JobState from) implements OfJob {}

    /** An add with an own id that was already there; nothing was stored. */
    record Duplicated(JobRef job, Instant at) implements OfJob {}

    /**
     * Of two jobs with the same deduplication id only {@code job} is there: it kept the other out, or took its place.
     *
     * @param refused the one that was not stored, or was removed
     */
    record Deduplicated(JobRef job, Instant at, String deduplicationId, JobId refused) implements OfJob {}

    /** A hint: nothing was waiting or running. May be missed or repeated. */
    record Drained(QueueName queue, Instant at) implements QueueEvent {}

    record Paused(QueueName queue, Instant at) implements QueueEvent {}

    record Resumed(QueueName queue, Instant at) implements QueueEvent {}

    record Cleaned(QueueName queue, Instant at, long count) implements QueueEvent {}

    /** An event of the users' own. */
    record Custom(QueueName queue, Instant at, String name, Map<String, String> fields) implements QueueEvent {}

    /** An entry that somebody else wrote and this version does not know; it never stops a reader. */
    record Unknown(QueueName queue, Instant at, String name, Map<String, String> fields) implements QueueEvent {}
}
