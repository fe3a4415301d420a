package dev.aurochs.rocksdb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aurochs.engine.store.QueueRow;
import dev.aurochs.engine.store.SessionRow;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.SessionId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is kept in memory of committed steps: all queues and sessions, which are few; the heads of their lines; the
 * states
 * of running jobs; the bodies used last. Changed under {@link #lock} alone; all but the heads may be read without it.
 */
final class Memory {
    private static final long BODIES_WEIGHT = 32 << 20;
    private static final int BODY_OVERHEAD = 400;
    private static final int LONG_PROGRESS = 2_000;

    /** Held by the step that runs. */
    final ReentrantLock lock = new ReentrantLock();

    final Heads heads = new Heads();
    final Map<QueueName, QueueRow> queues = new ConcurrentHashMap<>();
    final Map<SessionId, SessionRow> sessions = new ConcurrentHashMap<>();
    /** States of jobs that run, which are read again soon; a job that is not here may run all the same. */
    final Map<JobRef, StateRow> running = new ConcurrentHashMap<>();

    /** The bodies that were added or looked up last. */
    final Cache<JobRef, JobBody> bodies = Caffeine.newBuilder()
            .maximumWeight(BODIES_WEIGHT)
            .weigher((JobRef job, JobBody body) -> weight(body))
            .executor(Runnable::run)
            .build();

    /** Takes over what a step changed, but for its bodies; the heads have it already. */
    void apply(Changes step) {
        apply(step.queues, queues);
        apply(step.sessions, sessions);
        step.states.forEach((job, state) -> {
            if (state.filter(Memory::isWorthKeeping).isPresent()) running.put(job, state.get());
            else running.remove(job);
        });
    }

    /**
     * Takes over the bodies of a step that is committed. A body that somebody looked up before the commit, and has put
     * here since, is replaced.
     */
    void keepBodies(Changes step) {
        step.bodies.forEach(
                (job, body) -> body.ifPresentOrElse(it -> bodies.put(job, it), () -> bodies.invalidate(job)));
    }

    private static boolean isWorthKeeping(StateRow row) {
        Json progress = row.status().progress();
        return row.state() == JobState.ACTIVE
                && (progress == null || progress.text().length() < LONG_PROGRESS);
    }

    /** About how many bytes a body takes in memory. */
    static int weight(JobBody body) {
        return BODY_OVERHEAD + 2 * (body.name().length() + body.payload().text().length());
    }

    private static <K, V> void apply(Map<K, Optional<V>> changes, Map<K, V> kept) {
        changes.forEach((key, row) -> row.ifPresentOrElse(it -> kept.put(key, it), () -> kept.remove(key)));
    }
}
