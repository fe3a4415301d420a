package dev.aurochs.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Moments as people read them: relative to now on a terminal, ISO-8601 elsewhere. */
public final class Times {
    private final Instant now;
    private final boolean relative;

    public Times(Instant now, boolean relative) {
        this.now = now;
        this.relative = relative;
    }

    /** {@code 3 min ago}, {@code in 2 h}, or the ISO form; {@code -} when there is none. */
    public String show(@Nullable Instant moment) {
        if (moment == null) return "-";
        if (!relative) return moment.truncatedTo(ChronoUnit.MILLIS).toString();
        Duration since = Duration.between(moment, now);
        if (since.abs().toMillis() < 1_000) return since.isNegative() ? "in a moment" : "just now";
        return since.isNegative() ? "in " + rough(since.negated()) : rough(since) + " ago";
    }

    /** A duration to two significant parts: {@code 850 ms}, {@code 42 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
    public static String rough(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < 1) return span.toMillis() + " ms";
        if (seconds < 60) return seconds + " s";
        if (seconds < 3_600) return two(seconds / 60, "min", seconds % 60, "s");
        if (seconds < 86_400) return two(seconds / 3_600, "h", seconds % 3_600 / 60, "min");
        return two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }

    private static String two(long first, String unit, long second, String smaller) {
        return second == 0 ? first + " " + unit : first + " " + unit + " " + second + " " + smaller;
    }
}
