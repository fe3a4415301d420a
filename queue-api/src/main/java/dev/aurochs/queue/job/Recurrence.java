package dev.aurochs.queue.job;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When the jobs of a schedule are due: again and again after the same span, or as a cron expression says (rules J3,
 * J6). The moments at which they are due are its slots. Immutable.
 *
 * @param every the span between slots, whole milliseconds; or null
 * @param offset slots lie this much behind the multiples of {@code every} since 1970; zero: the first run decides
 * @param cron the expression; or null
 * @param zone the zone in which the expression is read; null only without expression
 * @param limit how many runs there are in all, from the latest upsert on; or null
 * @param start no slot lies before; or null
 * @param end no slot lies after; or null
 */
public record Recurrence(
        @Nullable Duration every,
        Duration offset,
        @Nullable String cron,
        @Nullable String zone,
        @Nullable Long limit,
        @Nullable Instant start,
        @Nullable Instant end) {
    private static final String UTC = "UTC";

    public Recurrence {
        InvalidInputException.unless(
                (every == null) != (cron == null), "recurrence", cron, "needs either an interval or a cron expression");
        InvalidInputException.unless(
                (cron == null) == (zone == null), "zone", zone, "belongs to a cron expression, and is needed there");
        if (every != null) {
            Spans.checkPositive(every, "every");
            InvalidInputException.unless(
                    every.toNanosPart() % 1_000_000 == 0, "every", every, "must be whole milliseconds");
        }
        boolean phase = !offset.isNegative()
                && offset.toNanosPart() % 1_000_000 == 0
                && (offset.isZero() || every != null && offset.compareTo(every) < 0);
        InvalidInputException.unless(phase, "offset", offset, "must be whole milliseconds, 0 or more, and below every");
        InvalidInputException.unless(limit == null || limit >= 1, "limit", limit, "must be 1 or more");
        start = start == null ? null : start.truncatedTo(ChronoUnit.MILLIS);
        end = end == null ? null : end.truncatedTo(ChronoUnit.MILLIS);
        if (start != null) Spans.checkDue(start);
        InvalidInputException.unless(
                start == null || end == null || end.isAfter(start), "end", end, "must lie after the start " + start);
    }

    /** Every so often, 1 ms to 10 years; the first run is due at once. */
    public static Recurrence every(Duration span) {
        InvalidInputException.present(span, "every");
        return new Recurrence(span, Duration.ZERO, null, null, null, null, null);
    }

    /**
     * As a cron expression of five fields (minute, hour, day of month, month, day of week) or six (seconds first) says,
     * read in UTC.
     */
    public static Recurrence cron(String expression) {
        InvalidInputException.present(expression, "cron");
        return new Recurrence(null, Duration.ZERO, expression, UTC, null, null, null);
    }

    /** With the expression read in this zone, and its summer time. */
    public Recurrence in(ZoneId zone) {
        return new Recurrence(every, offset, cron, zone.getId(), limit, start, end);
    }

    /** With slots so much after the multiples of the interval since 1970, UTC: {@code every(1 h).offset(5 min)}. */
    public Recurrence offset(Duration offset) {
        return new Recurrence(every, offset, cron, zone, limit, start, end);
    }

    /** At most so many runs from now on; 1 or more. */
    public Recurrence limit(long runs) {
        return new Recurrence(every, offset, cron, zone, runs, start, end);
    }

    public Recurrence startingAt(Instant start) {
        return new Recurrence(every, offset, cron, zone, limit, start, end);
    }

    public Recurrence endingAt(Instant end) {
        return new Recurrence(every, offset, cron, zone, limit, start, end);
    }
}
