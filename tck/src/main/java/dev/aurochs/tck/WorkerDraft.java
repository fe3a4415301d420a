package dev.aurochs.tck;

import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.job.SessionId;
import dev.aurochs.queue.spi.WorkerProfile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A worker as a spec describes it. Unless said otherwise it works on the main queue, one job at a time, with a lease of
 * 10 units, a sweep every 5, 3 stalls, no limit, and keeps every finished job. Mutable.
 */
public final class WorkerDraft {
    static final long LEASE_UNITS = 10;
    private static final long SWEEP_UNITS = 5;

    private final String name;
    private QueueName queue = QueueName.of(QueueDriver.MAIN);
    private int capacity = 1;
    private int maxStalls = 3;
    private @Nullable RateLimit limit;
    private Retention completed = Retention.all();
    private Retention failed = Retention.all();

    private WorkerDraft(String name) {
        this.name = name;
    }

    public static WorkerDraft worker() {
        return new WorkerDraft("worker");
    }

    public static WorkerDraft worker(String name) {
        return new WorkerDraft(name);
    }

    public WorkerDraft on(String queue) {
        this.queue = QueueName.of(queue);
        return this;
    }

    public WorkerDraft capacity(int jobs) {
        capacity = jobs;
        return this;
    }

    public WorkerDraft maxStalls(int stalls) {
        maxStalls = stalls;
        return this;
    }

    public WorkerDraft limit(RateLimit limit) {
        this.limit = limit;
        return this;
    }

    public WorkerDraft keepCompleted(Retention retention) {
        completed = retention;
        return this;
    }

    public WorkerDraft keepFailed(Retention retention) {
        failed = retention;
        return this;
    }

    QueueName queue() {
        return queue;
    }

    WorkerProfile profile(TestTime time) {
        return new WorkerProfile(
                SessionId.random(),
                name,
                capacity,
                time.units(LEASE_UNITS),
                time.units(SWEEP_UNITS),
                maxStalls,
                Optional.ofNullable(limit),
                completed,
                failed,
                0);
    }
}
