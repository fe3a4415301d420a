package dev.aurochs.redis;

import dev.aurochs.queue.job.Lease;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The leases that a session holds, as far as it knows. Thread-safe. */
final class HeldLeases {
    private final Set<Lease> leases = new HashSet<>();

    synchronized void add(Lease lease) {
        leases.add(lease);
    }

    synchronized void remove(Lease lease) {
        leases.remove(lease);
    }

    synchronized List<Lease> takeAll() {
        List<Lease> all = List.copyOf(leases);
        leases.clear();
        return all;
    }
}
