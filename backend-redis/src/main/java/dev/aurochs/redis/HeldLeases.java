package dev.aurochs.redis;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.spi.ClaimedJob;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Settlement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The leases that a session holds, as far as it knows. Thread-safe. */
final class HeldLeases {
    /** True for jobs whose completion concerns no other job. */
    private final Map<Lease, Boolean> leases = new HashMap<>();

    synchronized void add(ClaimedJob job) {
        leases.put(job.lease(), isAlone(job.record()));
    }

    private static boolean isAlone(JobRecord job) {
        return job.body().parent() == null && job.options().deduplication().isEmpty();
    }

    synchronized void remove(Lease lease) {
        leases.remove(lease);
    }

    /** True when these make nothing claimable, but room. */
    synchronized boolean onlyMakeRoom(List<Settlement> batch) {
        for (Settlement settlement : batch)
            if (!(settlement.outcome() instanceof Outcome.Completed) || !leases.getOrDefault(settlement.lease(), false))
                return false;
        return true;
    }

    synchronized List<Lease> takeAll() {
        List<Lease> all = List.copyOf(leases.keySet());
        leases.clear();
        return all;
    }
}
