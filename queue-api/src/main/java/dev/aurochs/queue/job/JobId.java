package dev.aurochs.queue.job;

import java.util.Set;
import java.util.UUID;

/**
 * The id of a job, unique in its queue. Any stored id can be read; what a user may choose is narrower, see
 * {@link #custom(String)}.
 */
public record JobId(String value) {
    private static final String RULE =
            "an own job id has 1–128 characters (at most 200 bytes in UTF-8), no control characters,"
                    + " no ':', is not digits only and is not a reserved name";

    /** Names that the shared Redis layout uses beside job ids (rule N2). */
    private static final Set<String> RESERVED = Set.of(
            "id",
            "wait",
            "active",
            "prioritized",
            "delayed",
            "waiting-children",
            "completed",
            "failed",
            "paused",
            "pc",
            "marker",
            "meta",
            "events",
            "stalled",
            "stalled-check",
            "limiter",
            "repeat",
            "de",
            "dn",
            "metrics",
            "delay",
            "priority");

    public JobId {
        InvalidInputException.unless(value != null && !value.isEmpty(), "job id", value, "a job id must not be empty");
    }

    /** An id as the store has it; any text. */
    public static JobId of(String value) {
        return new JobId(value);
    }

    /** An id that a user chose, checked against rule N2. */
    public static JobId custom(String value) {
        Texts.check(value, "job id", 128, 200, RULE);
        boolean free = value.indexOf(':') < 0
                && !value.chars().allMatch(c -> c >= '0' && c <= '9')
                && !RESERVED.contains(value);
        InvalidInputException.unless(free, "job id", value, RULE);
        return new JobId(value);
    }

    /** A random id, for jobs whose id must be known before they are stored. */
    public static JobId random() {
        return new JobId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
