package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs of a worker whose end is not settled yet, and the door through which new ones come. Thread-safe.
 *
 * <p>A claim under way counts as running: a closing worker waits for its answer, so that no job slips in behind it.
 */
final class RunningJobs {
    private final Map<Lease, Run> runs = new ConcurrentHashMap<>();
    private boolean claiming;
    private boolean shut;

    /** True when a claim may begin; it is to be ended by {@link #claimEnded}, after its runs were added. */
    synchronized boolean claimBegins() {
        claiming = !shut;
        return claiming;
    }

    synchronized void claimEnded() {
        claiming = false;
        notifyAll();
    }

    /** No claim begins after this. */
    synchronized void shut() {
        shut = true;
    }

    synchronized boolean isShut() {
        return shut;
    }

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

    /** True when none was left, and no claim under way, by {@code deadline} of the steady clock. */
    synchronized boolean awaitNone(long deadlineNanos) throws InterruptedException {
        while (claiming || !runs.isEmpty()) {
            long leftNanos = deadlineNanos - System.nanoTime();
            if (leftNanos <= 0) return false;
            wait(leftNanos / 1_000_000 + 1);
        }
        return true;
    }
}
