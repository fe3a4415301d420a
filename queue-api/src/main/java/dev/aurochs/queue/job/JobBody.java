package dev.aurochs.queue.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was added: written once, apart from the small part that every step rewrites.
 *
 * @param parent the parent that waits for this job, or null
 * @param schedule the schedule that made this job, or null
 * @param foreignOptions options that another library stored and this one does not know, kept as they are; or null
 */
public record JobBody(
        JobRef ref,
        String name,
        Json payload,
        JobOptions options,
        Instant createdAt,
        @Nullable ParentLink parent,
        @Nullable ScheduleSlot schedule,
        @Nullable Json foreignOptions) {

    public JobBody(
            JobRef ref, String name, Json payload, JobOptions options, Instant createdAt, @Nullable ParentLink parent) {
        this(ref, name, payload, options, createdAt, parent, null, null);
    }

    public JobBody withPayload(Json payload) {
        return new JobBody(ref, name, payload, options, createdAt, parent, schedule, foreignOptions);
    }

    public JobBody withParent(@Nullable ParentLink parent) {
        return new JobBody(ref, name, payload, options, createdAt, parent, schedule, foreignOptions);
    }
}
