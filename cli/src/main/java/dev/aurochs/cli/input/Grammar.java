package dev.aurochs.cli.input;

import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.job.Retention;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The small languages of single options: {@code --backoff}, {@code --keep-*}, {@code --limit}, and state names. */
public final class Grammar {
    private static final String BACKOFF_RULE =
            "a backoff reads TYPE:DURATION or TYPE:DURATION:JITTER with jitter 0 to 1:"
                    + " fixed:5s, exponential:1s, exponential:1s:0.5";
    private static final String KEEP_RULE = "write all, none, a count (500), or a duration (7d)";
    private static final String LIMIT_RULE = "a limit reads MAX/DURATION: 100/1m is at most 100 starts a minute";

    private Grammar() {}

    /** {@code TYPE:DURATION[:JITTER]}. */
    public static Backoff backoff(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty()) throw refused(text, BACKOFF_RULE);
        Duration delay = Durations.parse(parts[1]);
        double jitter = parts.length == 3 ? jitter(text, parts[2]) : 0;
        return checked(() -> new Backoff(parts[0], delay, null, jitter));
    }

    private static double jitter(String text, String part) {
        if (!part.matches("[0-9]{1,10}(\\.[0-9]{1,10})?")) throw refused(text, BACKOFF_RULE);
        return Double.parseDouble(part);
    }

    /** {@code all}, {@code none}, a count, or a duration. */
    public static Retention keep(String text) {
        if (text.equals("all")) return Retention.all();
        if (text.equals("none")) return Retention.none();
        if (text.matches("[0-9]{1,15}")) return Retention.newest(Long.parseLong(text));
        if (!text.matches("[0-9]+(ms|s|m|h|d)")) throw refused(text, KEEP_RULE);
        return checked(() -> Retention.youngerThan(Durations.parse(text)));
    }

    /** {@code MAX/DURATION}. */
    public static RateLimit limit(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(0, slash).matches("[0-9]{1,9}")) throw refused(text, LIMIT_RULE);
        int max = Integer.parseInt(text.substring(0, slash));
        Duration window = Durations.parse(text.substring(slash + 1));
        return checked(() -> new RateLimit(max, window));
    }

    /** A state by the name people read. */
    public static JobState state(String text) {
        for (JobState state : JobState.values()) if (state.label().equals(text)) return state;
        String known = Arrays.stream(JobState.values()).map(JobState::label).collect(Collectors.joining(", "));
        throw new UsageException("'" + text + "' is no state; write one of " + known);
    }

    private static UsageException refused(String text, String rule) {
        return new UsageException("'" + text + "': " + rule);
    }

    private static <T> T checked(java.util.function.Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidInputException broken) {
            throw new UsageException(broken.getMessage());
        }
    }
}
