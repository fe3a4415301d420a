package dev.aurochs.queue.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long finished jobs stay. Evaluated when another job of the same queue and the same ending finishes, never by a
 * clock of its own (rule L4).
 *
 * @param count keep at most this many of the newest; {@link #UNBOUNDED} for no bound; 0 keeps nothing
 * @param age keep only those that finished within this span; null for no bound
 * @param limit drop at most this many in one go
 */
public record Retention(long count, @Nullable Duration age, int limit) {
    public static final long UNBOUNDED = -1;
    private static final int DEFAULT_LIMIT = 1_000;

    public Retention {
        InvalidInputException.unless(count >= UNBOUNDED, "retention count", count, "must be 0 or more");
        if (age != null) Spans.check(age, "retention age");
        InvalidInputException.unless(limit >= 1, "retention limit", limit, "must be 1 or more");
    }

    public static Retention all() {
        return new Retention(UNBOUNDED, null, DEFAULT_LIMIT);
    }

    public static Retention none() {
        return new Retention(0, null, DEFAULT_LIMIT);
    }

    public static Retention newest(long count) {
        InvalidInputException.unless(count >= 0, "retention count", count, "must be 0 or more");
        return new Retention(count, null, DEFAULT_LIMIT);
    }

    public static Retention youngerThan(Duration age) {
        return new Retention(UNBOUNDED, age, DEFAULT_LIMIT);
    }

    /** True when a finished job is not stored at all. */
    public boolean keepsNothing() {
        return count == 0;
    }
}
