package dev.aurochs.tck;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.job.ScheduleRecord;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.HealthNote;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.QueueChange;
import dev.aurochs.queue.spi.SelfCheck;
import dev.aurochs.queue.spi.Swept;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A backend that may be another one after each step, opened anew over the same store. */
final class ReopeningBackend implements QueueBackend {
    private final Supplier<QueueBackend> reopen;
    private final BooleanSupplier leftAlone;
    private final List<ReopeningSession> sessions = new CopyOnWriteArrayList<>();
    private final List<ReopeningReader> readers = new CopyOnWriteArrayList<>();
    private volatile QueueBackend current;
    private volatile boolean closed;
    private volatile boolean touched;

    ReopeningBackend(QueueBackend opened, Supplier<QueueBackend> reopen, BooleanSupplier leftAlone) {
        this.current = opened;
        this.reopen = reopen;
        this.leftAlone = leftAlone;
    }

    /** Unless something is leased, or nothing has happened since the last time. */
    void reopenIfIdle() {
        if (closed || leftAlone.getAsBoolean() || !touched || sessions.stream().anyMatch(ReopeningSession::holdsLeases))
            return;
        current.close();
        current = reopen.get();
        touched = false;
        for (ReopeningSession session : sessions) session.attachTo(current);
        for (ReopeningReader reader : readers) reader.goOnWith(current);
    }

    @Override
    public WorkSession attach(QueueName queue, WorkerProfile worker) {
        reopenIfIdle();
        ReopeningSession session = new ReopeningSession(queue, worker, current, this::touch);
        sessions.add(session);
        return session;
    }

    @Override
    public EventReader open(Set<QueueName> queues, EventPosition from) {
        ReopeningReader reader = new ReopeningReader(queues, from, current);
        readers.add(reader);
        return reader;
    }

    @Override
    public BackendInfo info() {
        return current.info();
    }

    @Override
    public void close() {
        closed = true;
        current.close();
    }

    @Override
    public Optional<SelfCheck> selfCheck() {
        return current.selfCheck();
    }

    @Override
    public List<HealthNote> health(Instant now) {
        return current.health(now);
    }

    @Override
    public List<CompletionStage<List<Added>>> add(List<AddUnit> units, Instant now) {
        touch();
        return current.add(units, now);
    }

    @Override
    public List<JobRef> recoverStalled(QueueName queue, WorkerProfile sweeper, Instant now) {
        touch();
        return current.recoverStalled(queue, sweeper, now);
    }

    @Override
    public Changed change(JobRef job, JobChange change, Instant now) {
        touch();
        return current.change(job, change, now);
    }

    @Override
    public Changed remove(JobRef job, boolean withChildren, Instant now) {
        touch();
        return current.remove(job, withChildren, now);
    }

    @Override
    public void configure(QueueName queue, QueueChange change, Instant now) {
        touch();
        current.configure(queue, change, now);
    }

    @Override
    public Swept sweep(QueueName queue, BulkAction action, int budget, Instant now) {
        touch();
        return current.sweep(queue, action, budget, now);
    }

    @Override
    public Optional<JobId> deduplicationOwner(QueueName queue, String deduplicationId, Instant now) {
        return current.deduplicationOwner(queue, deduplicationId, now);
    }

    @Override
    public boolean releaseDeduplication(QueueName queue, String deduplicationId, Instant now) {
        touch();
        return current.releaseDeduplication(queue, deduplicationId, now);
    }

    @Override
    public Upserted upsertSchedule(Schedule schedule, Optional<Instant> firstAt, Instant now) {
        touch();
        return current.upsertSchedule(schedule, firstAt, now);
    }

    @Override
    public boolean removeSchedule(QueueName queue, String id, Instant now) {
        touch();
        return current.removeSchedule(queue, id, now);
    }

    @Override
    public Optional<ScheduleRecord> schedule(QueueName queue, String id) {
        return current.schedule(queue, id);
    }

    @Override
    public Page<ScheduleRecord> schedules(QueueName queue, PageRequest page) {
        return current.schedules(queue, page);
    }

    @Override
    public long countSchedules(QueueName queue) {
        return current.countSchedules(queue);
    }

    @Override
    public List<Optional<JobRecord>> find(List<JobRef> jobs) {
        return current.find(jobs);
    }

    @Override
    public JobCounts counts(QueueName queue) {
        return current.counts(queue);
    }

    @Override
    public QueueSettings settings(QueueName queue) {
        return current.settings(queue);
    }

    @Override
    public Page<JobRecord> list(QueueName queue, JobState state, PageRequest page) {
        return current.list(queue, state, page);
    }

    @Override
    public Page<Child> children(JobRef parent, PageRequest page) {
        return current.children(parent, page);
    }

    @Override
    public Page<String> log(JobRef job, PageRequest page) {
        return current.log(job, page);
    }

    @Override
    public Set<QueueName> queues() {
        return current.queues();
    }

    private void touch() {
        touched = true;
    }
}
