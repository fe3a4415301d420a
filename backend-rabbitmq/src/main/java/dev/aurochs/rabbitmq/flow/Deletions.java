package dev.aurochs.rabbitmq.flow;

import dev.aurochs.queue.job.JobRef;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/** The ledgers that were deleted last: a broker that is killed may forget what it did within about a second. Thread-safe. */
final class Deletions {
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private record Deletion(JobRef parent, long nanos) {}

    private final Deque<Deletion> latest = new ConcurrentLinkedDeque<>();

    void note(JobRef parent) {
        long now = System.nanoTime();
        latest.add(new Deletion(parent, now));
        latest.removeIf(deletion -> now - deletion.nanos() > KEPT_NANOS);
    }

    /** Those of the last seconds in which anything was deleted; they are not known any more. */
    List<JobRef> take() {
        List<JobRef> taken = new ArrayList<>();
        for (Deletion next = latest.poll(); next != null; next = latest.poll()) taken.add(next.parent());
        return taken;
    }
}
