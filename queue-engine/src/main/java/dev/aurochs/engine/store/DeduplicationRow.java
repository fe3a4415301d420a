package dev.aurochs.engine.store;

import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.QueueName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a deduplication id of a queue.
 *
 * @param owner the job that holds it, or null when it was released while another job is remembered
 * @param until when its time is over, or null when the owner holds it until it has finished
 * @param next what is to be stored when the owner has finished, or null
 */
public record DeduplicationRow(
        QueueName queue,
        String id,
        @Nullable JobId owner,
        @Nullable Instant until,
        @Nullable JobBody next) {
    public DeduplicationRow heldBy(@Nullable JobId owner, @Nullable Instant until) {
        return new DeduplicationRow(queue, id, owner, until, next);
    }

    public DeduplicationRow with(@Nullable JobBody next) {
        return new DeduplicationRow(queue, id, owner, until, next);
    }

    public boolean isOver(Instant now) {
        return until != null && !until.isAfter(now);
    }
}
