package dev.aurochs.queue.job;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A job on its way into the store.
 *
 * <p>A delay counts from {@code createdAt}, which is cut to whole milliseconds; for a parent that awaits children,
 * from its release.
 *
 * @param idSource who chose the id
 * @param id the id, or null when the store assigns it
 * @param parent the parent this job is a child of, or null
 * @param parentLease the lease under which a running parent adds this child, or null when added from outside
 * @param awaitsChildren true for a parent whose children come in the same unit
 */
public record NewJob(
        QueueName queue,
        IdSource idSource,
        @Nullable JobId id,
        String name,
        Json payload,
        JobOptions options,
        Instant createdAt,
        @Nullable ParentLink parent,
        @Nullable Lease parentLease,
        boolean awaitsChildren) {

    /** Who chose the id of a new job. */
    public enum IdSource {
        ASSIGNED_BY_STORE,
        /** Random, made by the portable layer. */
        GENERATED,
        /** The user's own; adding it again stores nothing. Needs the capability {@code UNIQUE_IDS}. */
        CUSTOM
    }

    public NewJob {
        Texts.check(name, "job name", 200, 200, "a job name has 1–200 bytes in UTF-8 and no control characters");
        InvalidInputException.present(payload, "payload");
        createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
        InvalidInputException.unless(
                (id == null) == (idSource == IdSource.ASSIGNED_BY_STORE),
                "job id",
                id,
                "an id and its source go together");
        checkDeduplication(options, parent, awaitsChildren);
        Duration delay = options.delay();
        if (!delay.isZero()) Spans.checkDue(createdAt.plus(delay));
    }

    private static void checkDeduplication(JobOptions options, @Nullable ParentLink parent, boolean awaitsChildren) {
        if (options.deduplication().isEmpty()) return;
        Deduplication deduplication = options.deduplication().get();
        InvalidInputException.unless(!awaitsChildren, "deduplication", deduplication.id(), "a parent cannot have one");
        InvalidInputException.unless(
                parent == null || !deduplication.keepLast(),
                "deduplication keepLast",
                true,
                "a child cannot be kept for later; leave keepLast out");
    }
}
