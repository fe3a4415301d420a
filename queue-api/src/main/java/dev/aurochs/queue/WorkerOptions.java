package dev.aurochs.queue;

import dev.aurochs.queue.internal.BackoffFunction;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.job.Retention;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How a worker works. Immutable; made by {@link #builder()}.
 *
 * <p>Defaults: concurrency 1 · lease 30 s, renewed at half · stalled check every 15 s · max stalls 3 · close grace
 * 30 s · no rate limit · no run timeout · completed jobs: the newest 1,000 stay; failed jobs: all stay · processors
 * on virtual threads where the JVM has them.
 */
public final class WorkerOptions {
    private static final Retention NEWEST_THOUSAND = Retention.newest(1_000);

    private final Builder values;

    private WorkerOptions(Builder values) {
        this.values = values;
    }

    public static WorkerOptions defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A worker's own backoff: how long to wait after the {@code runsMade}-th failed run. */
    @FunctionalInterface
    public interface CustomBackoff {
        Duration delay(int runsMade, JobRecord job, Failure failure);
    }

    Optional<String> name() {
        return Optional.ofNullable(values.name);
    }

    int concurrency() {
        return values.concurrency;
    }

    Optional<SharedSlots> slots() {
        return Optional.ofNullable(values.slots);
    }

    Duration lease() {
        return values.lease;
    }

    Duration stalledInterval() {
        return values.stalledInterval;
    }

    int maxStalls() {
        return values.maxStalls;
    }

    Duration closeGrace() {
        return values.closeGrace;
    }

    Optional<RateLimit> rateLimit() {
        return Optional.ofNullable(values.rateLimit);
    }

    @Nullable
    Duration timeout() {
        return values.timeout;
    }

    Retention keepCompleted() {
        return values.keepCompleted;
    }

    Retention keepFailed() {
        return values.keepFailed;
    }

    Map<String, BackoffFunction> backoffs() {
        return values.backoffs;
    }

    Optional<Executor> executor() {
        return Optional.ofNullable(values.executor);
    }

    /** Not thread-safe. Each method throws {@link InvalidInputException} for a value outside its range. */
    public static final class Builder {
        private @Nullable String name;
        private int concurrency = 1;
        private @Nullable SharedSlots slots;
        private Duration lease = Duration.ofSeconds(30);
        private Duration stalledInterval = Duration.ofSeconds(15);
        private int maxStalls = 3;
        private Duration closeGrace = Duration.ofSeconds(30);
        private @Nullable RateLimit rateLimit;
        private @Nullable Duration timeout;
        private Retention keepCompleted = NEWEST_THOUSAND;
        private Retention keepFailed = Retention.all();
        private Map<String, BackoffFunction> backoffs = new HashMap<>();
        private @Nullable Executor executor;

        private Builder() {}

        /** How records and dashboards name this worker; the process id and a number by default. */
        public Builder name(String name) {
            this.name = InvalidInputException.present(name, "worker name");
            return this;
        }

        /** 1 to 10,000 jobs at once. */
        public Builder concurrency(int concurrency) {
            InvalidInputException.unless(
                    concurrency >= 1 && concurrency <= 10_000, "concurrency", concurrency, "must be 1 to 10000");
            this.concurrency = concurrency;
            return this;
        }

        /** Shares a bound with other workers, instead of a concurrency of its own. */
        public Builder sharing(SharedSlots slots) {
            this.slots = InvalidInputException.present(slots, "slots");
            return this;
        }

        /** 100 ms to 1 day; how soon a dead worker's jobs may run again, and twice how often leases are renewed. */
        public Builder lease(Duration lease) {
            between(lease, "lease", Duration.ofMillis(100), Duration.ofDays(1));
            this.lease = lease;
            return this;
        }

        /** 50 ms to 1 day. */
        public Builder stalledInterval(Duration interval) {
            between(interval, "stalledInterval", Duration.ofMillis(50), Duration.ofDays(1));
            this.stalledInterval = interval;
            return this;
        }

        /** 0 or more recoveries that a job survives; the next one fails it. */
        public Builder maxStalls(int maxStalls) {
            InvalidInputException.unless(maxStalls >= 0, "maxStalls", maxStalls, "must be 0 or more");
            this.maxStalls = maxStalls;
            return this;
        }

        /** 0 to 1 day; how long {@link Worker#close()} waits for running jobs. */
        public Builder closeGrace(Duration grace) {
            between(grace, "closeGrace", Duration.ZERO, Duration.ofDays(1));
            this.closeGrace = grace;
            return this;
        }

        /** At most so many starts per window, together with all other workers of the queue. */
        public Builder rateLimit(RateLimit limit) {
            this.rateLimit = InvalidInputException.present(limit, "rateLimit");
            return this;
        }

        /** The run timeout of jobs that bring none. */
        public Builder timeout(Duration timeout) {
            JobOptions.builder().timeout(timeout);
            this.timeout = timeout;
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

        /** What {@code Backoff.custom(name)} means on this worker. */
        public Builder backoff(String name, CustomBackoff function) {
            backoffs.put(name, function::delay);
            return this;
        }

        /** Runs processors on the caller's executor; it is not shut down by the worker. */
        public Builder executor(Executor executor) {
            this.executor = InvalidInputException.present(executor, "executor");
            return this;
        }

        public WorkerOptions build() {
            Builder copy = new Builder();
            copy.name = name;
            copy.concurrency = concurrency;
            copy.slots = slots;
            copy.lease = lease;
            copy.stalledInterval = stalledInterval;
            copy.maxStalls = maxStalls;
            copy.closeGrace = closeGrace;
            copy.rateLimit = rateLimit;
            copy.timeout = timeout;
            copy.keepCompleted = keepCompleted;
            copy.keepFailed = keepFailed;
            copy.backoffs = Map.copyOf(backoffs);
            copy.executor = executor;
            return new WorkerOptions(copy);
        }

        private static void between(@Nullable Duration span, String field, Duration least, Duration most) {
            boolean valid = span != null && span.compareTo(least) >= 0 && span.compareTo(most) <= 0;
            InvalidInputException.unless(valid, field, span, "must be " + least + " to " + most);
        }
    }
}
