package dev.aurochs.cli.demo;

import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Locale;

/** Numbers and reasons in the words that people read. */
final class Wording {
    private Wording() {}

    /** {@code 412 B}, {@code 1.6 kB}, {@code 66 kB}, {@code 2.3 MB}. */
    static String size(long bytes) {
        if (bytes < 1_000) return bytes + " B";
        if (bytes < 9_950) return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
        if (bytes < 999_500) return Math.round(bytes / 1_000.0) + " kB";
        if (bytes < 999_950_000) return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    /** {@code 2.3 MB to 66 kB, 97 % smaller}, or {@code 1.6 kB, kept as it is}. */
    static String change(long before, long after) {
        if (after >= before) return size(before) + ", kept as it is";
        return size(before) + " to " + size(after) + ", " + percent(before, after) + " smaller";
    }

    private static String percent(long before, long after) {
        long percent = Math.round(100.0 * (before - after) / before);
        if (percent == 0) return "a little";
        return (percent == 100 ? "over 99" : Long.toString(percent)) + " %";
    }

    /** {@code once}, {@code twice}, {@code 3 times}. */
    static String times(long count) {
        if (count == 1) return "once";
        return count == 2 ? "twice" : count + " times";
    }

    /** {@code 1 job}, {@code 2 jobs}. */
    static String many(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** {@code 10 ms}, {@code 0.4 s}, {@code 3 s}, {@code 12.5 s}. */
    static String seconds(Duration span) {
        if (span.toMillis() < 100) return span.toMillis() + " ms";
        String text = String.format(Locale.ROOT, "%.1f", span.toMillis() / 1_000.0);
        return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " s";
    }

    /** Why a file could not be used; paths only where they help. */
    static String reason(Throwable problem) {
        if (problem instanceof NoSuchFileException gone) return "its file is gone: " + gone.getFile();
        String message = problem.getMessage();
        return message == null || message.isBlank() ? problem.getClass().getSimpleName() : message;
    }

    /** In quotes for a shell, where it needs any. */
    static String shell(String word) {
        if (word.matches("[\\p{L}\\p{N}_@%+=:,./~-]+")) return word;
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
