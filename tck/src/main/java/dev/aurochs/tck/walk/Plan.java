package dev.aurochs.tck.walk;

import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.UnrecoverableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a walk's handler does in a run: first says something, then ends. */
record Plan(Saying saying, Ending ending, int value) {
    enum Saying {
        NOTHING,
        PROGRESS,
        LOG,
        PAYLOAD,
        CHILDREN,
        RENEW,
        SWEEP,
        PASS,
        ADD_CHILD
    }

    enum Ending {
        RETURN,
        RETURN_NULL,
        COMPLETE,
        THROW,
        THROW_FOR_GOOD,
        FAILED_ATTEMPT,
        FAIL,
        RETRY_AFTER,
        POSTPONE,
        WAIT_FOR_CHILDREN,
        RATE_LIMITED
    }

    /** Thrown without a stack, which would tell the two sides apart. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message, null, false, false);
        }
    }

    @Nullable
    Object end() throws Exception {
        Duration later = Duration.ofMillis(value * 20L);
        return switch (ending) {
            case RETURN -> value;
            case RETURN_NULL -> null;
            case COMPLETE -> RunResult.complete("done " + value);
            case THROW -> throw new Broken("broke " + value);
            case THROW_FOR_GOOD -> throw new UnrecoverableException("never " + value);
            case FAILED_ATTEMPT -> RunResult.failedAttempt("no " + value);
            case FAIL -> RunResult.fail("over " + value);
            case RETRY_AFTER -> RunResult.retryAfter(later, "again " + value);
            case POSTPONE -> RunResult.postpone(later);
            case WAIT_FOR_CHILDREN -> RunResult.waitForChildren();
            case RATE_LIMITED -> RunResult.rateLimited(later);
        };
    }
}
