package dev.aurochs.engine;

import dev.aurochs.engine.store.EngineStore;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.Written;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.InvalidInputException;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A backend over a store: each call of the SPI becomes one step. Owns the store. */
public final class EngineBackend implements QueueBackend {
    private final EngineStore store;
    private final BackendInfo info;
    private final WorkSignals signals = new WorkSignals();
    private final EventHub events;
    private final Steps steps;
    private final EngineReads reads;
    private final ScheduleReads schedules;

    public EngineBackend(EngineStore store, EngineProfile profile) {
        this.store = store;
        this.info = profile.info();
        this.events = new EventHub(store);
        this.steps = new Steps(store, signals, events);
        this.reads = new EngineReads(store);
        this.schedules = new ScheduleReads(store);
    }

    @Override
    public BackendInfo info() {
        return info;
    }

    @Override
    public Optional<SelfCheck> selfCheck() {
        return Optional.of((repair, now, found) -> {
            store.check(repair, found);
            new CheckFamilies(store, steps, repair, found).check(now);
            new CheckSchedules(store, steps, repair, found).check(now);
        });
    }

    @Override
    public List<CompletionStage<List<Added>>> add(List<AddUnit> units, Instant now) {
        units.forEach(this::check);
        Written<List<List<Added>>> written = steps.run(
                now, step -> units.stream().map(unit -> AddJobs.add(step, unit)).toList());
        List<CompletionStage<List<Added>>> stages = new ArrayList<>(units.size());
        for (List<Added> answer : written.answer()) stages.add(written.safe().thenApply(safe -> answer));
        return stages;
    }

    private void check(AddUnit unit) {
        int size = unit.members().size();
        int most = info.limits().maxUnit();
        InvalidInputException.unless(size >= 1 && size <= most, "unit", size + " jobs", "must have 1 to " + most);
    }

    @Override
    public WorkSession attach(QueueName queue, WorkerProfile worker) {
        return new EngineSession(store, steps, queue, worker, signals);
    }

    @Override
    public List<JobRef> recoverStalled(QueueName queue, WorkerProfile sweeper, Instant now) {
        List<JobRef> recovered = new ArrayList<>();
        Place after = null;
        do {
            Place from = after;
            RecoverStalled.Round round = steps.run(
                            now, step -> RecoverStalled.recover(step, queue, sweeper.maxStalls(), from))
                    .answer();
            recovered.addAll(round.recovered());
            after = round.last();
        } while (after != null);
        return recovered;
    }

    @Override
    public Changed change(JobRef job, JobChange change, Instant now) {
        return steps.runSafely(now, step -> ChangeJob.change(step, job, change));
    }

    @Override
    public Changed remove(JobRef job, boolean withChildren, Instant now) {
        return steps.runSafely(now, step -> RemoveJobs.remove(step, job, withChildren));
    }

    @Override
    public void configure(QueueName queue, QueueChange change, Instant now) {
        steps.runSafely(now, step -> {
            ConfigureQueue.apply(step, queue, change);
            return change;
        });
    }

    @Override
    public Swept sweep(QueueName queue, BulkAction action, int budget, Instant now) {
        InvalidInputException.unless(budget >= 1, "budget", budget, "must be 1 or more");
        return steps.runSafely(now, step -> SweepQueue.sweep(step, queue, action, budget));
    }

    @Override
    public Optional<JobId> deduplicationOwner(QueueName queue, String deduplicationId, Instant now) {
        Instant moment = now.truncatedTo(ChronoUnit.MILLIS);
        return store.read(rows -> Deduplicator.owner(rows, queue, deduplicationId, moment));
    }

    @Override
    public boolean releaseDeduplication(QueueName queue, String deduplicationId, Instant now) {
        return steps.runSafely(now, step -> Deduplicator.release(step, queue, deduplicationId));
    }

    @Override
    public Upserted upsertSchedule(Schedule schedule, Optional<Instant> firstAt, Instant now) {
        return steps.runSafely(now, step -> ChangeSchedule.upsert(step, schedule, firstAt));
    }

    @Override
    public boolean removeSchedule(QueueName queue, String id, Instant now) {
        return steps.runSafely(now, step -> ChangeSchedule.remove(step, queue, id));
    }

    @Override
    public Optional<ScheduleRecord> schedule(QueueName queue, String id) {
        return schedules.find(queue, id);
    }

    @Override
    public Page<ScheduleRecord> schedules(QueueName queue, PageRequest page) {
        return schedules.list(queue, page);
    }

    @Override
    public long countSchedules(QueueName queue) {
        return schedules.count(queue);
    }

    @Override
    public List<Optional<JobRecord>> find(List<JobRef> jobs) {
        return reads.find(jobs);
    }

    @Override
    public JobCounts counts(QueueName queue) {
        return reads.counts(queue);
    }

    @Override
    public QueueSettings settings(QueueName queue) {
        return reads.settings(queue);
    }

    @Override
    public Page<JobRecord> list(QueueName queue, JobState state, PageRequest page) {
        return reads.list(queue, state, page);
    }

    @Override
    public Page<Child> children(JobRef parent, PageRequest page) {
        return reads.children(parent, page);
    }

    @Override
    public Page<String> log(JobRef job, PageRequest page) {
        return reads.log(job, page);
    }

    @Override
    public Set<QueueName> queues() {
        return reads.queues();
    }

    @Override
    public EventReader open(Set<QueueName> queues, EventPosition from) {
        return new EngineEventReader(store, events, queues, from);
    }

    @Override
    public void close() {
        signals.closeAll();
        events.close();
        store.close();
    }
}
