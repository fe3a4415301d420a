package dev.aurochs.tck.walk;

import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.NewJob.IdSource;
import org.jspecify.annotations.Nullable;

/**
 * A job that a walk adds.
 *
 * @param id null when the store assigns it
 * @param ageMillis how long ago it was created
 * @param awaits true for a parent with children in the unit
 */
record Draft(
        int queue,
        IdSource source,
        @Nullable String id,
        String name,
        JobOptions options,
        int ageMillis,
        @Nullable Above above,
        boolean awaits) {

    /** What differs from a plain job. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name)
                .append(" = ")
                .append((char) ('a' + queue))
                .append(':')
                .append(id == null ? "?" : id);
        describe(options, text);
        if (ageMillis > 0) text.append(" created ").append(ageMillis).append(" ms ago");
        if (above != null)
            text.append(" child of ").append(above).append(", failing means ").append(options.childFailurePolicy());
        return awaits ? text.append(" awaits").toString() : text.toString();
    }

    /** What differs from the defaults. */
    static void describe(JobOptions options, StringBuilder text) {
        if (!options.delay().isZero()) text.append(" delay ").append(options.delay());
        if (options.priority() > 0) text.append(" priority ").append(options.priority());
        if (options.lifo()) text.append(" lifo");
        if (options.attempts() > 1) text.append(" attempts ").append(options.attempts());
        options.keepCompleted().ifPresent(keep -> text.append(" keepCompleted ").append(keep));
        options.keepFailed().ifPresent(keep -> text.append(" keepFailed ").append(keep));
        options.deduplication().ifPresent(id -> text.append(' ').append(id));
        if (options.logLines() != 1_000) text.append(" logLines ").append(options.logLines());
    }

    /** Whose child it is. */
    sealed interface Above {
        /** A member of the same unit. */
        record Member(int queue, String id) implements Above {}

        /** A job that may be stored. */
        record Known(int job) implements Above {}

        /** A job that a worker runs, or ran; added under its lease. */
        record Running(int worker, int lease) implements Above {}
    }
}
