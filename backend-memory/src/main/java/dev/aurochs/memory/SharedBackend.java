package dev.aurochs.memory;

import dev.aurochs.queue.job.BackendUnavailableException;
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
import java.util.concurrent.atomic.AtomicBoolean;

/** One opener's hold on a shared backend; closing it lets go of the hold, not of the jobs others still use. */
final class SharedBackend implements QueueBackend {
    private final QueueBackend shared;
    private final Runnable leave;
    private final AtomicBoolean closed = new AtomicBoolean();

    SharedBackend(QueueBackend shared, Runnable leave) {
        this.shared = shared;
        this.leave = leave;
    }

    @Override
    public BackendInfo info() {
        return shared.info();
    }

    @Override
    public Optional<SelfCheck> selfCheck() {
        return open().selfCheck();
    }

    @Override
    public List<CompletionStage<List<Added>>> add(List<AddUnit> units, Instant now) {
        return open().add(units, now);
    }

    @Override
    public WorkSession attach(QueueName queue, WorkerProfile worker) {
        return open().attach(queue, worker);
    }

    @Override
    public List<JobRef> recoverStalled(QueueName queue, WorkerProfile sweeper, Instant now) {
        return open().recoverStalled(queue, sweeper, now);
    }

    @Override
    public Changed change(JobRef job, JobChange change, Instant now) {
        return open().change(job, change, now);
    }

    @Override
    public Changed remove(JobRef job, boolean withChildren, Instant now) {
        return open().remove(job, withChildren, now);
    }

    @Override
    public void configure(QueueName queue, QueueChange change, Instant now) {
        open().configure(queue, change, now);
    }

    @Override
    public Swept sweep(QueueName queue, BulkAction action, int budget, Instant now) {
        return open().sweep(queue, action, budget, now);
    }

    @Override
    public Optional<JobId> deduplicationOwner(QueueName queue, String deduplicationId, Instant now) {
        return open().deduplicationOwner(queue, deduplicationId, now);
    }

    @Override
    public boolean releaseDeduplication(QueueName queue, String deduplicationId, Instant now) {
        return open().releaseDeduplication(queue, deduplicationId, now);
    }

    @Override
    public Upserted upsertSchedule(Schedule schedule, Optional<Instant> firstAt, Instant now) {
        return open().upsertSchedule(schedule, firstAt, now);
    }

    @Override
    public boolean removeSchedule(QueueName queue, String id, Instant now) {
        return open().removeSchedule(queue, id, now);
    }

    @Override
    public Optional<ScheduleRecord> schedule(QueueName queue, String id) {
        return open().schedule(queue, id);
    }

    @Override
    public Page<ScheduleRecord> schedules(QueueName queue, PageRequest page) {
        return open().schedules(queue, page);
    }

    @Override
    public long countSchedules(QueueName queue) {
        return open().countSchedules(queue);
    }

    @Override
    public List<Optional<JobRecord>> find(List<JobRef> jobs) {
        return open().find(jobs);
    }

    @Override
    public JobCounts counts(QueueName queue) {
        return open().counts(queue);
    }

    @Override
    public QueueSettings settings(QueueName queue) {
        return open().settings(queue);
    }

    @Override
    public Page<JobRecord> list(QueueName queue, JobState state, PageRequest page) {
        return open().list(queue, state, page);
    }

    @Override
    public Page<Child> children(JobRef parent, PageRequest page) {
        return open().children(parent, page);
    }

    @Override
    public Page<String> log(JobRef job, PageRequest page) {
        return open().log(job, page);
    }

    @Override
    public Set<QueueName> queues() {
        return open().queues();
    }

    @Override
    public EventReader open(Set<QueueName> queues, EventPosition from) {
        return open().open(queues, from);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) leave.run();
    }

    private QueueBackend open() {
        if (closed.get())
            throw new BackendUnavailableException(
                    "this memory backend is closed", BackendUnavailableException.Outcome.NOT_APPLIED, null);
        return shared;
    }
}
