package dev.aurochs.engine;

import dev.aurochs.engine.store.Family;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.Rows;
import dev.aurochs.engine.store.Standing;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.SessionId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One atomic step. Saving a job here moves its place, counts it, and writes its events in one go, so that no transition
 * can forget one of them.
 */
final class Step {
    /** Where in its line a job enters a place. */
    enum Entry {
        FRONT,
        BACK
    }

    private final Rows rows;
    private final Instant now;
    private final long ownerEpoch;
    private final Map<QueueName, QueueDraft> drafts = new LinkedHashMap<>();
    private final Set<QueueName> forgotten = new HashSet<>();

    Step(Rows rows, Instant now, long ownerEpoch) {
        this.rows = rows;
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
        this.ownerEpoch = ownerEpoch;
    }

    Rows rows() {
        return rows;
    }

    Instant now() {
        return now;
    }

    long ownerEpoch() {
        return ownerEpoch;
    }

    QueueDraft queue(QueueName queue) {
        return drafts.computeIfAbsent(queue, name -> new QueueDraft(rows.queue(name)));
    }

    Map<QueueName, QueueDraft> drafts() {
        return drafts;
    }

    @Nullable
    StateRow state(JobRef job) {
        return rows.state(job);
    }

    JobBody body(JobRef job) {
        JobBody body = rows.body(job);
        if (body == null) throw new IllegalStateException("job " + job + " has a state but no body");
        return body;
    }

    /** Stores a new job. */
    void insert(JobBody body, JobStatus status, Family family, Entry entry, List<QueueEvent> events) {
        rows.putBody(body);
        Standing standing =
                Standing.at(body.options().priority(), seq(body.ref().queue(), entry));
        StateRow row = new StateRow(body.ref(), status, standing, family, 0);
        enter(row);
        append(row.job().queue(), events);
    }

    /** Moves a job to the state in {@code status}, at the end or the front of its line. */
    StateRow move(StateRow before, JobStatus status, Entry entry, List<QueueEvent> events) {
        Standing standing = before.standing().movedTo(seq(before.job().queue(), entry));
        return replace(before, before.with(status).with(standing), events);
    }

    /** Moves a job to a session that runs it. */
    StateRow lease(StateRow before, JobStatus status, SessionId session, LeaseToken token, List<QueueEvent> events) {
        long seq = seq(before.job().queue(), Entry.BACK);
        return replace(before, before.with(status).with(before.standing().leased(seq, session, token)), events);
    }

    /** Saves what leaves a job where it is. */
    void keep(StateRow row, List<QueueEvent> events) {
        rows.putState(row);
        append(row.job().queue(), events);
    }

    /** Removes a job and all that belongs to it. */
    void delete(StateRow row, List<QueueEvent> events) {
        rows.removePlace(Place.of(row));
        rows.deleteJob(row);
        append(row.job().queue(), events);
    }

    void append(QueueName queue, List<QueueEvent> events) {
        if (!events.isEmpty()) queue(queue).append(rows, events);
    }

    /** Deletes what is left of a queue without jobs: its settings, numbers and events. */
    void forget(QueueName queue) {
        drafts.remove(queue);
        forgotten.add(queue);
        rows.deleteQueue(queue);
    }

    Set<QueueName> forgotten() {
        return forgotten;
    }

    /** Writes the queues' rows; the last thing a step does. */
    void finish() {
        for (QueueDraft draft : drafts.values()) draft.write(rows);
    }

    private StateRow replace(StateRow before, StateRow after, List<QueueEvent> events) {
        Transitions.check(before.state(), after.state());
        rows.removePlace(Place.of(before));
        enter(after);
        append(after.job().queue(), events);
        return after;
    }

    private void enter(StateRow row) {
        rows.putState(row);
        rows.putPlace(Place.of(row));
        if (row.state() == JobState.WAITING || row.state() == JobState.DELAYED)
            queue(row.job().queue()).wakeOne();
    }

    private long seq(QueueName queue, Entry entry) {
        QueueDraft draft = queue(queue);
        return entry == Entry.FRONT ? draft.drawFront() : draft.drawBack();
    }
}
