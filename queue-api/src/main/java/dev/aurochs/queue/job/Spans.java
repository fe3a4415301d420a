package dev.aurochs.queue.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Checks on durations and moments. */
final class Spans {
    static final Duration LONGEST = Duration.ofDays(3652);
    private static final String RULE = "a duration lies between 0 and 10 years";
    private static final String DUE_RULE = "the due moment must lie before 2039-09-07";
    private static final Instant LATEST_DUE = Instant.parse("2039-09-07T00:00:00Z");

    private Spans() {}

    static void check(@Nullable Duration span, String field) {
        boolean valid = span != null && !span.isNegative() && span.compareTo(LONGEST) <= 0;
        InvalidInputException.unless(valid, field, span, RULE);
    }

    static void checkPositive(@Nullable Duration span, String field) {
        check(span, field);
        InvalidInputException.unless(
                span != null && span.toMillis() > 0, field, span, "must be at least 1 ms, and at most 10 years");
    }

    static void checkDue(Instant due) {
        InvalidInputException.unless(due.isBefore(LATEST_DUE), "delay", due, DUE_RULE);
    }
}
