package dev.aurochs.tck.model;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.SessionId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All jobs of all queues in one list, and the little that is known beside them. The list's order is the order of each
 * level: who joins the front goes to the head of the list, who joins the back to its end. Also the lock of the model.
 */
final class JobList {
    private final List<ModelJob> jobs = new ArrayList<>();
    private final Map<QueueName, ModelQueue> queues = new TreeMap<>();
    /** How often a queue has begun anew. */
    private final Map<QueueName, Integer> beginnings = new HashMap<>();

    private final Map<SessionId, Instant> leases = new HashMap<>();
    private Instant now = Instant.EPOCH;
    private boolean closed;

    /** The moment that the present call brought. */
    Instant now() {
        return now;
    }

    void setNow(Instant moment) {
        requireOpen();
        now = moment.truncatedTo(ChronoUnit.MILLIS);
    }

    ModelQueue queue(QueueName name) {
        return queues.computeIfAbsent(name, unseen -> new ModelQueue());
    }

    Set<QueueName> known() {
        Set<QueueName> known = new TreeSet<>();
        queues.forEach((name, queue) -> {
            if (queue.known) known.add(name);
        });
        return known;
    }

    int beginnings(QueueName queue) {
        return beginnings.getOrDefault(queue, 0);
    }

    /** The queue begins anew; its sessions are told to look. */
    void forget(QueueName queue) {
        long signals = queue(queue).signals;
        queues.remove(queue);
        queue(queue).signals = signals + 1;
        beginnings.merge(queue, 1, Integer::sum);
        notifyAll();
    }

    @Nullable
    ModelJob find(JobRef ref) {
        for (ModelJob job : jobs)
            if (job.ref.id().equals(ref.id()) && job.ref.queue().equals(ref.queue())) return job;
        return null;
    }

    ModelJob add(JobBody body, JobState state, boolean front) {
        ModelJob job = new ModelJob(body, state);
        jobs.add(front ? 0 : jobs.size(), job);
        signal(job);
        return job;
    }

    /** Puts a job into another state, or elsewhere in its own; nobody holds it any more. */
    void move(ModelJob job, JobState state, boolean front) {
        jobs.remove(job);
        jobs.add(front ? 0 : jobs.size(), job);
        job.state = state;
        job.dueAt = null;
        job.finishedAt = null;
        job.cancelReason = null;
        job.session = null;
        job.token = null;
        signal(job);
    }

    void toWaiting(ModelJob job, boolean front) {
        JobState from = job.state;
        move(job, JobState.WAITING, front);
        tell(job.ref.queue(), new QueueEvent.Waiting(job.ref, now, Optional.of(from)));
    }

    /** Delayed until {@code due}, rounded up to the millisecond. */
    void toDelayed(ModelJob job, Instant due) {
        move(job, JobState.DELAYED, false);
        job.dueAt = wholeMillis(due);
        tell(job.ref.queue(), new QueueEvent.Delayed(job.ref, now, due));
    }

    void drop(ModelJob job) {
        jobs.remove(job);
    }

    void tell(QueueName queue, QueueEvent event) {
        queue(queue).tell(event);
        notifyAll();
    }

    long count(QueueName queue, JobState state) {
        return jobs.stream()
                .filter(job -> job.state == state && job.ref.queue().equals(queue))
                .count();
    }

    /** The jobs of a state: next to run, next due, or finished first, come first. */
    List<ModelJob> inOrder(QueueName queue, JobState state) {
        List<ModelJob> found = new ArrayList<>();
        for (ModelJob job : jobs) if (job.state == state && job.ref.queue().equals(queue)) found.add(job);
        if (state == JobState.WAITING) found.sort(Comparator.comparingInt(job -> job.priority));
        if (state == JobState.DELAYED) found.sort(Comparator.comparing(JobList::due));
        if (state.isFinished()) found.sort(Comparator.comparing(JobList::finish));
        return found;
    }

    static Instant due(ModelJob job) {
        return job.dueAt == null ? Instant.MAX : job.dueAt;
    }

    static Instant finish(ModelJob job) {
        return job.finishedAt == null ? Instant.MIN : job.finishedAt;
    }

    void extend(SessionId session, Instant until) {
        leases.put(session, until);
    }

    void abandon(SessionId session) {
        leases.remove(session);
    }

    /** True when nobody keeps the job's lease alive any more. */
    boolean isAbandoned(ModelJob job) {
        Instant until = leases.get(job.session);
        return until == null || !until.isAfter(now);
    }

    void close() {
        closed = true;
        notifyAll();
    }

    void requireOpen() {
        if (closed) throw new BackendUnavailableException("this model is closed", Outcome.NOT_APPLIED, null);
    }

    boolean isClosed() {
        return closed;
    }

    static Instant wholeMillis(Instant moment) {
        Instant whole = moment.truncatedTo(ChronoUnit.MILLIS);
        return whole.equals(moment) ? whole : whole.plusMillis(1);
    }

    private void signal(ModelJob job) {
        if (job.state != JobState.WAITING && job.state != JobState.DELAYED) return;
        queue(job.ref.queue()).signals++;
        notifyAll();
    }
}
