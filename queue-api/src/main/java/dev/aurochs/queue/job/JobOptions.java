package dev.aurochs.queue.job;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a job is to be treated. Immutable; made by {@link #builder()}, every value checked there.
 *
 * <p>Defaults: attempts 1 · no backoff · no delay · priority 0 (none) · FIFO · retention of the worker · no run
 * timeout ·
 * no waiting expiry · a failed child leaves its parent waiting · 1,000 log lines · 10 stack traces.
 */
public final class JobOptions {
    /** The lowest of the 2,097,152 levels; 0 is the most urgent. */
    public static final int MAX_PRIORITY = 2_097_151;

    private static final JobOptions DEFAULTS = builder().build();

    private final @Nullable JobId id;
    private final Duration delay;
    private final int priority;
    private final boolean lifo;
    private final int attempts;
    private final Backoff backoff;
    private final @Nullable Retention keepCompleted;
    private final @Nullable Retention keepFailed;
    private final @Nullable Duration timeout;
    private final @Nullable Duration expiry;
    private final ChildFailurePolicy childFailurePolicy;
    private final @Nullable Deduplication deduplication;
    private final int logLines;
    private final int stackTraces;

    private JobOptions(Builder from) {
        id = from.id;
        delay = from.delay;
        priority = from.priority;
        lifo = from.lifo;
        attempts = from.attempts;
        backoff = from.backoff;
        keepCompleted = from.keepCompleted;
        keepFailed = from.keepFailed;
        timeout = from.timeout;
        expiry = from.expiry;
        childFailurePolicy = from.childFailurePolicy;
        deduplication = from.deduplication;
        logLines = from.logLines;
        stackTraces = from.stackTraces;
    }

    public static JobOptions defaults() {
        return DEFAULTS;
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder copy = new Builder();
        copy.id = id;
        copy.delay = delay;
        copy.priority = priority;
        copy.lifo = lifo;
        copy.attempts = attempts;
        copy.backoff = backoff;
        copy.keepCompleted = keepCompleted;
        copy.keepFailed = keepFailed;
        copy.timeout = timeout;
        copy.expiry = expiry;
        copy.childFailurePolicy = childFailurePolicy;
        copy.deduplication = deduplication;
        copy.logLines = logLines;
        copy.stackTraces = stackTraces;
        return copy;
    }

    /** The user's own id; absent lets the store choose one. */
    public Optional<JobId> id() {
        return Optional.ofNullable(id);
    }

    /** How long after its creation the job becomes due; for a parent, how long after its release. */
    public Duration delay() {
        return delay;
    }

    /** 0 (none) runs first, then 1, 2, … {@link #MAX_PRIORITY}. */
    public int priority() {
        return priority;
    }

    /** True when the job joins the front of its queue instead of the end. */
    public boolean lifo() {
        return lifo;
    }

    /** How often the job may run before it fails for good; 1 or more. */
    public int attempts() {
        return attempts;
    }

    public Backoff backoff() {
        return backoff;
    }

    /** Absent: the worker's default decides. */
    public Optional<Retention> keepCompleted() {
        return Optional.ofNullable(keepCompleted);
    }

    /** Absent: the worker's default decides. */
    public Optional<Retention> keepFailed() {
        return Optional.ofNullable(keepFailed);
    }

    /** The longest a run may take; then it is interrupted and counts as a failed attempt. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** How long after its creation the job may still begin to run; claimed later, it fails unrun. */
    public Optional<Duration> expiry() {
        return Optional.ofNullable(expiry);
    }

    /** What this job's parent does when this job fails for good. */
    public ChildFailurePolicy childFailurePolicy() {
        return childFailurePolicy;
    }

    /** Which adds this job keeps out, and which keep it out. */
    public Optional<Deduplication> deduplication() {
        return Optional.ofNullable(deduplication);
    }

    /** How many of the newest log lines are kept. */
    public int logLines() {
        return logLines;
    }

    /** How many of the newest failures, with their stack traces, are kept. */
    public int stackTraces() {
        return stackTraces;
    }

    private List<@Nullable Object> fields() {
        return Arrays.asList(
                id,
                delay,
                priority,
                lifo,
                attempts,
                backoff,
                keepCompleted,
                keepFailed,
                timeout,
                expiry,
                childFailurePolicy,
                deduplication,
                logLines,
                stackTraces);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JobOptions options && fields().equals(options.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    @Override
    public String toString() {
        return "JobOptions" + fields();
    }

    /** Not thread-safe. Each method throws {@link InvalidInputException} for a value outside its range. */
    public static final class Builder {
        private @Nullable JobId id;
        private Duration delay = Duration.ZERO;
        private int priority;
        private boolean lifo;
        private int attempts = 1;
        private Backoff backoff = Backoff.NONE;
        private @Nullable Retention keepCompleted;
        private @Nullable Retention keepFailed;
        private @Nullable Duration timeout;
        private @Nullable Duration expiry;
        private ChildFailurePolicy childFailurePolicy = ChildFailurePolicy.WAIT;
        private @Nullable Deduplication deduplication;
        private int logLines = 1_000;
        private int stackTraces = 10;

        private Builder() {}

        /** An own id: adding it twice stores one job. Checked by rule N2. */
        public Builder id(String id) {
            this.id = JobId.custom(id);
            return this;
        }

        /** 0 to 10 years. */
        public Builder delay(Duration delay) {
            Spans.check(delay, "delay");
            this.delay = delay;
            return this;
        }

        /** 0 (none, the default) to {@link #MAX_PRIORITY}; lower runs first. */
        public Builder priority(int priority) {
            InvalidInputException.unless(
                    priority >= 0 && priority <= MAX_PRIORITY, "priority", priority, "must be 0 to 2097151");
            this.priority = priority;
            return this;
        }

        /** Joins the front instead of the end. Cannot be combined with a priority. */
        public Builder lifo(boolean lifo) {
            this.lifo = lifo;
            return this;
        }

        /** 1 or more runs in all. */
        public Builder attempts(int attempts) {
            InvalidInputException.unless(attempts >= 1, "attempts", attempts, "must be 1 or more");
            this.attempts = attempts;
            return this;
        }

        public Builder backoff(Backoff backoff) {
            this.backoff = InvalidInputException.present(backoff, "backoff");
            return this;
        }

        public Builder keepCompleted(Retention retention) {
            this.keepCompleted = InvalidInputException.present(retention, "keepCompleted");
            return this;
        }

        public Builder keepFailed(Retention retention) {
            this.keepFailed = InvalidInputException.present(retention, "keepFailed");
            return this;
        }

        /** 1 ms to 10 years. */
        public Builder timeout(Duration timeout) {
            Spans.checkPositive(timeout, "timeout");
            this.timeout = timeout;
            return this;
        }

        /** 1 ms to 10 years. */
        public Builder expiry(Duration expiry) {
            Spans.checkPositive(expiry, "expiry");
            this.expiry = expiry;
            return this;
        }

        public Builder childFailurePolicy(ChildFailurePolicy policy) {
            this.childFailurePolicy = InvalidInputException.present(policy, "childFailurePolicy");
            return this;
        }

        public Builder deduplication(Deduplication deduplication) {
            this.deduplication = InvalidInputException.present(deduplication, "deduplication");
            return this;
        }

        /** 0 to 100,000 of the newest lines. */
        public Builder logLines(int lines) {
            InvalidInputException.unless(lines >= 0 && lines <= 100_000, "logLines", lines, "must be 0 to 100000");
            this.logLines = lines;
            return this;
        }

        /** 0 to 100 of the newest failures. */
        public Builder stackTraces(int traces) {
            InvalidInputException.unless(traces >= 0 && traces <= 100, "stackTraces", traces, "must be 0 to 100");
            this.stackTraces = traces;
            return this;
        }

        public JobOptions build() {
            InvalidInputException.unless(
                    !(lifo && priority > 0), "lifo", true, "cannot be combined with priority " + priority);
            return new JobOptions(this);
        }
    }
}
