package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The runs of a worker whose end is not settled yet. Thread-safe. */
final class RunningJobs {
    private final Map<Lease, Run> runs = new ConcurrentHashMap<>();

    void add(Run run) {
        runs.put(run.lease(), run);
    }

    void remove(Run run) {
        synchronized (this) {
            runs.remove(run.lease());
            notifyAll();
        }
    }

    List<Run> all() {
        return new ArrayList<>(runs.values());
    }

    int count() {
        return runs.size();
    }

    /** True when none was left by {@code deadline} of the steady clock. */
    synchronized boolean awaitNone(long deadlineNanos) throws InterruptedException {
        while (!runs.isEmpty()) {
            long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) return false;
            wait(leftMillis);
        }
        return true;
    }
}
