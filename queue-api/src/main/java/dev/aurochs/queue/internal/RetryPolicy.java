package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decides what follows a failed run (rules R2–R6). Pure, apart from the random numbers it is given. */
public final class RetryPolicy {
    private static final Duration LONGEST = Duration.ofDays(3652);

    private final Map<String, BackoffFunction> functions;
    private final RandomGenerator random;

    public RetryPolicy(Map<String, BackoffFunction> functions, RandomGenerator random) {
        this.functions = Map.copyOf(functions);
        this.random = random;
    }

    /** A retry when an attempt is left, else the end. */
    public Outcome afterFailure(JobRecord job, Failure failure, Instant now) {
        int runsMade = job.runs().made() + 1;
        if (runsMade >= job.options().attempts()) return forGood(job, failure);
        Backoff backoff = job.options().backoff();
        Duration delay;
        try {
            delay = delay(backoff, runsMade, job, failure);
        } catch (RuntimeException | Error broken) {
            return forGood(job, note(failure, "backoff '" + backoff.type() + "' threw " + broken));
        }
        if (delay == null)
            return forGood(job, note(failure, "backoff '" + backoff.type() + "' is not registered on this worker"));
        return retryAfter(job, failure, bounded(backoff, delay), now);
    }

    /** Null when nobody knows this kind of backoff. */
    private @Nullable Duration delay(Backoff backoff, int runsMade, JobRecord job, Failure failure) {
        BackoffFunction function = functions.get(backoff.type());
        if (function != null)
            return Objects.requireNonNull(function.delay(runsMade, job, failure), "it answered no delay");
        return switch (backoff.type()) {
            case "none", "fixed" -> backoff.delay();
            case "exponential" -> doubled(backoff.delay(), runsMade - 1);
            default -> null;
        };
    }

    /** The next run after {@code delay}, when an attempt is left. */
    public Outcome retryAfter(JobRecord job, Failure failure, Duration delay, Instant now) {
        if (job.runs().made() + 1 >= job.options().attempts()) return forGood(job, failure);
        return new Outcome.Retry(now.plus(delay), failure.message(), history(job, failure));
    }

    /** The end, whatever attempts are left. */
    public Outcome forGood(JobRecord job, Failure failure) {
        return new Outcome.Failed(failure.message(), history(job, failure));
    }

    private Duration bounded(Backoff backoff, Duration delay) {
        Duration capped = backoff.cap() != null && delay.compareTo(backoff.cap()) > 0 ? backoff.cap() : delay;
        if (capped.compareTo(LONGEST) > 0) capped = LONGEST;
        if (capped.isNegative()) capped = Duration.ZERO;
        if (backoff.jitter() == 0) return capped;
        double share = 1 - backoff.jitter() * random.nextDouble();
        return Duration.ofMillis(Math.round(capped.toMillis() * share));
    }

    private static Duration doubled(Duration base, int times) {
        if (base.isZero()) return base;
        return times > 40 || base.toMillis() > LONGEST.toMillis() >> times ? LONGEST : base.multipliedBy(1L << times);
    }

    private static Failure note(Failure failure, String note) {
        return new Failure(
                failure.type(), failure.message() + " (not retried: " + note + ")", failure.stack(), failure.at());
    }

    /** The failures of the job with one more, as many of the newest as its options keep. */
    static List<Failure> history(JobRecord job, Failure failure) {
        List<Failure> history = new ArrayList<>(job.failures());
        history.add(failure);
        int surplus = history.size() - job.options().stackTraces();
        return surplus <= 0 ? history : List.copyOf(history.subList(surplus, history.size()));
    }
}
