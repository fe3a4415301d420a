package dev.aurochs.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a handler ends its run when a plain return value or an exception does not say it. A handler that returns
 * anything else completes its job with that as the result.
 */
public sealed interface RunResult {
    record Complete(@Nullable Object result) implements RunResult {}

    record RetryAfter(Duration delay, String reason) implements RunResult {}

    record FailedAttempt(String reason) implements RunResult {}

    record Postpone(Duration delay) implements RunResult {}

    record Fail(String reason) implements RunResult {}

    record WaitForChildren() implements RunResult {}

    record RateLimited(Duration hold) implements RunResult {}

    static RunResult complete(@Nullable Object result) {
        return new Complete(result);
    }

    /** A failed attempt, as if the handler had thrown; what follows is decided by the attempts left and the backoff. */
    static RunResult failedAttempt(String reason) {
        return new FailedAttempt(reason);
    }

    /** A failed attempt; the next one comes after {@code delay}, whatever the backoff says. */
    static RunResult retryAfter(Duration delay, String reason) {
        return new RetryAfter(delay, reason);
    }

    /** Back until {@code delay} has passed; costs no attempt. */
    static RunResult postpone(Duration delay) {
        return new Postpone(delay);
    }

    /** Fails for good, whatever attempts are left. */
    static RunResult fail(String reason) {
        return new Fail(reason);
    }

    /** Waits for the job's pending children and then runs again; costs no attempt. */
    static RunResult waitForChildren() {
        return new WaitForChildren();
    }

    /** A remote service says "slow down": gives the job back and holds the whole queue; costs no attempt. */
    static RunResult rateLimited(Duration hold) {
        return new RateLimited(hold);
    }
}
