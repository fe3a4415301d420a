package dev.aurochs.rocksdb;

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
 * states and bodies of running jobs. Changed under {@link #lock} alone; all but the heads may be read without it.
 */
final class Memory {
    private static final int BODY_OVERHEAD = 400;
    private static final int LONG_PROGRESS = 2_000;

    /** Held by the step that runs. */
    final ReentrantLock lock = new ReentrantLock();

    final Heads heads = new Heads();
    final Map<QueueName, QueueRow> queues = new ConcurrentHashMap<>();
    final Map<SessionId, SessionRow> sessions = new ConcurrentHashMap<>();
    /** States of jobs that run, which are read again soon; a job that is not here may run all the same. */
    final Map<JobRef, StateRow> running = new ConcurrentHashMap<>();

    final RunningBodies runningBodies = new RunningBodies();

    /** Takes over what a step changed, but for its bodies; the heads have it already. */
    void apply(Changes step) {
        apply(step.queues, queues);
        apply(step.sessions, sessions);
        step.states.forEach((job, state) -> {
            if (state.filter(Memory::isWorthKeeping).isPresent()) running.put(job, state.get());
            else running.remove(job);
            if (state.isEmpty() || state.get().state() != JobState.ACTIVE) runningBodies.remove(job);
        });
    }

    /** Takes over the bodies of a step that is committed. */
    void changeBodies(Changes step) {
        step.bodies.values().forEach(body -> body.ifPresent(runningBodies::changed));
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
