package dev.aurochs.rocksdb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aurochs.engine.store.QueueRow;
import dev.aurochs.engine.store.SessionRow;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.SessionId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is kept in memory of committed steps: all queues and sessions, which are few, the heads of their lines, and the
 * bodies added last. Changed under {@link #lock} alone; queues, sessions and bodies may be read without it.
 */
final class Memory {
    private static final long BODIES_WEIGHT = 32 << 20;
    private static final int BODY_OVERHEAD = 400;

    /** Held by the step that runs. */
    final ReentrantLock lock = new ReentrantLock();

    final Heads heads = new Heads();
    final Map<QueueName, QueueRow> queues = new ConcurrentHashMap<>();
    final Map<SessionId, SessionRow> sessions = new ConcurrentHashMap<>();
    final Cache<JobRef, JobBody> bodies = Caffeine.newBuilder()
            .maximumWeight(BODIES_WEIGHT)
            .weigher((JobRef job, JobBody body) -> weight(body))
            .executor(Runnable::run)
            .build();

    /** Takes over what a step changed; the heads have it already. */
    void apply(Changes step) {
        apply(step.queues, queues);
        apply(step.sessions, sessions);
        step.bodies.forEach(
                (job, body) -> body.ifPresentOrElse(it -> bodies.put(job, it), () -> bodies.invalidate(job)));
    }

    /** About how many bytes a body takes in memory. */
    static int weight(JobBody body) {
        return BODY_OVERHEAD + 2 * (body.name().length() + body.payload().text().length());
    }

    private static <K, V> void apply(Map<K, Optional<V>> changes, Map<K, V> kept) {
        changes.forEach((key, row) -> row.ifPresentOrElse(it -> kept.put(key, it), () -> kept.remove(key)));
    }
}
