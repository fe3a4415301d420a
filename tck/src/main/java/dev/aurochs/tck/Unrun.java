package dev.aurochs.tck;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.spi.Outcome;
import java.time.Instant;
import java.util.Optional;

/** The portable decision that a claimed job is not to be run (rules R8 and L6). */
final class Unrun {
    private Unrun() {}

    /** Why the job must be failed without running it; empty when it may run. */
    static Optional<String> reason(JobRecord job, Instant now) {
        if (job.status().deferredFailure() != null)
            return Optional.of(job.status().deferredFailure());
        boolean expired = job.options()
                .expiry()
                .map(expiry -> now.isAfter(job.body().createdAt().plus(expiry)))
                .orElse(false);
        return expired ? Optional.of("expired before it began to run") : Optional.empty();
    }

    /** True for outcomes after which the job does not come again by itself. */
    static boolean ends(Outcome outcome) {
        return outcome instanceof Outcome.Completed || outcome instanceof Outcome.Failed;
    }
}
