package dev.aurochs.queue.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next run after a failed one.
 *
 * <p>Before run n+1 (n = runs made): {@code fixed} waits {@code delay}; {@code exponential} waits {@code
 * delay·2^(n−1)};
 * then {@code cap} bounds it; then jitter j draws uniformly from [d(1−j), d]. Any other type names a function that the
 * worker registered; an unknown name fails the job for good and says so (rule R3).
 *
 * @param type {@code none}, {@code fixed}, {@code exponential}, or the name of a function on the worker
 * @param delay the base delay; zero where the type needs none
 * @param cap the longest wait, or null for none
 * @param jitter 0 (none) to 1
 */
public record Backoff(String type, Duration delay, @Nullable Duration cap, double jitter) {
    private static final String TYPE_RULE = "a backoff type has 1–100 characters and no control characters";

    /** Retry at once. */
    public static final Backoff NONE = new Backoff("none", Duration.ZERO, null, 0);

    public Backoff {
        Texts.check(type, "backoff type", 100, 200, TYPE_RULE);
        Spans.check(delay, "backoff delay");
        if (cap != null) Spans.check(cap, "backoff cap");
        InvalidInputException.unless(
                jitter >= 0 && jitter <= 1, "backoff jitter", jitter, "jitter lies between 0 and 1");
    }

    public static Backoff fixed(Duration delay) {
        return new Backoff("fixed", delay, null, 0);
    }

    public static Backoff exponential(Duration delay) {
        return new Backoff("exponential", delay, null, 0);
    }

    /** The function that the worker registered under {@code name}. */
    public static Backoff custom(String name) {
        return new Backoff(name, Duration.ZERO, null, 0);
    }

    public Backoff cappedAt(Duration cap) {
        return new Backoff(type, delay, cap, jitter);
    }

    public Backoff withJitter(double jitter) {
        return new Backoff(type, delay, cap, jitter);
    }
}
