package dev.aurochs.cli.input;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as they are typed: {@code 0}, or digits followed at once by {@code ms s m h d}; nothing else. */
public final class Durations {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,15})(ms|s|m|h|d)");
    private static final String RULE =
            "a duration is 0, or digits followed at once by ms, s, m, h or d: 250ms, 5s, 10m, 2h, 7d";

    private Durations() {}

    /** Throws {@link UsageException} for anything that is no duration. */
    public static Duration parse(String text) {
        if (text.equals("0")) return Duration.ZERO;
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) throw new UsageException("'" + text + "': " + RULE);
        long amount = Long.parseLong(shape.group(1));
        return switch (shape.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(Math.min(amount, 1_000_000));
        };
    }

    /** The shortest text that {@link #parse} reads as {@code span}, to the millisecond: {@code 90s}, {@code 250ms}. */
    public static String format(Duration span) {
        long millis = span.toMillis();
        if (millis == 0) return "0";
        if (millis % 86_400_000 == 0) return millis / 86_400_000 + "d";
        if (millis % 3_600_000 == 0) return millis / 3_600_000 + "h";
        if (millis % 60_000 == 0) return millis / 60_000 + "m";
        if (millis % 1_000 == 0) return millis / 1_000 + "s";
        return millis + "ms";
    }
}
