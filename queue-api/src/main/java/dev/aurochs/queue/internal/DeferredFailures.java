package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.spi.Outcome;
import java.time.Instant;
import java.util.Optional;

/** Claimed jobs that must not run: the one portable path on which they fail (rules R8, L6). */
public final class DeferredFailures {
    private DeferredFailures() {}

    /** How to settle {@code job} unrun, or empty when it may run. */
    public static Optional<Outcome> check(JobRecord job, Instant now) {
        String deferred = job.status().deferredFailure();
        if (deferred != null) return Optional.of(failed(job, deferred, now));
        return job.options()
                .expiry()
                .filter(expiry -> now.isAfter(job.body().createdAt().plus(expiry)))
                .map(expiry -> failed(job, "expired: not started within " + expiry.toMillis() + " ms", now));
    }

    private static Outcome failed(JobRecord job, String reason, Instant now) {
        return new Outcome.Failed(reason, RetryPolicy.history(job, Failure.of(reason, now)));
    }
}
