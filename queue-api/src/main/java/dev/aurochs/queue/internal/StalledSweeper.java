package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.JobRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for jobs whose worker went away (rule S1). */
final class StalledSweeper {
    private static final Logger LOG = LoggerFactory.getLogger(StalledSweeper.class);

    private final WorkerSetup setup;
    private @Nullable Instant last;

    StalledSweeper(WorkerSetup setup) {
        this.setup = setup;
    }

    /** One look; passed over when the clock jumped, so that a machine that slept does not lose its own leases. */
    void runOnce() {
        Instant now = setup.time().instant();
        Duration usual =
                setup.profile().sweepEvery().plus(setup.profile().lease().dividedBy(4));
        boolean jumped = last != null && Duration.between(last, now).compareTo(usual) > 0;
        last = now;
        if (!jumped) recover();
    }

    /** One look, whatever the clock did; answers what was recovered. */
    List<JobRef> recover() {
        List<JobRef> recovered = setup.backend()
                .recoverStalled(setup.queue(), setup.profile(), setup.time().instant());
        if (!recovered.isEmpty())
            LOG.warn("recovered {} stalled job(s) of queue '{}': {}", recovered.size(), setup.queue(), recovered);
        return recovered;
    }
}
