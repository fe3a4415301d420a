package dev.aurochs.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.RateLimit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Starts under a rate limit, as processes tell of them on the clock of their machine. A grant lies between the claim
 * that asked for it and the start; so, both sorted, a start is at least a window later than the claim of the one that
 * is as many places before it as the limit has grants. However busy the machine is.
 */
final class LimitedStarts {
    /** Processes follow the machine's clock to within so much. */
    private static final long CLOCK_MILLIS = 50;

    private final RateLimit limit;
    private final List<Long> claims = new ArrayList<>();
    private final List<Long> starts = new ArrayList<>();

    LimitedStarts(RateLimit limit) {
        this.limit = limit;
    }

    synchronized void add(long claimedMillis, long startedMillis) {
        claims.add(claimedMillis);
        starts.add(startedMillis);
    }

    synchronized int count() {
        return starts.size();
    }

    /** By how many milliseconds at least a start is later than the claim as many places before it as the limit has. */
    synchronized long closest() {
        Collections.sort(claims);
        Collections.sort(starts);
        long closest = Long.MAX_VALUE;
        for (int i = 0; i + limit.max() < starts.size(); i++)
            closest = Math.min(closest, starts.get(i + limit.max()) - claims.get(i));
        return closest;
    }

    void requireWithinLimit() {
        assertThat(closest())
                .as("milliseconds between a claim and the start %d places behind it, limit %s", limit.max(), limit)
                .isGreaterThanOrEqualTo(limit.window().toMillis() - CLOCK_MILLIS);
    }
}
