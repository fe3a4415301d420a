package dev.aurochs.tck.model;

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
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.Limits;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.QueueChange;
import dev.aurochs.queue.spi.Swept;
import dev.aurochs.queue.spi.Traits;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The rules as one list of jobs: what random walks compare a backend with. A complete backend in itself, which passes
 * the kit; nobody should use it for work.
 */
public final class ListModel implements QueueBackend {
    /** What the model does: everything but what no rule describes yet, and what needs a store. */
    public static final Set<Capability> CAPABILITIES =
            Set.copyOf(EnumSet.complementOf(EnumSet.of(Capability.REOPENS, Capability.SHARED)));

    private static final Traits TRAITS = new Traits(
            Traits.AckLevel.MEMORY,
            Traits.AckLevel.MEMORY,
            Traits.Leasing.RENEWED,
            Traits.Recovery.SWEEP,
            Traits.Fence.STORE,
            Traits.WindowKind.FIXED,
            Traits.EventOrder.TOTAL,
            2_097_152,
            0,
            Duration.ZERO);

    private final BackendInfo info =
            new BackendInfo("model", "model:", CAPABILITIES, TRAITS, Limits.DEFAULTS, List.of());
    private final JobList list = new JobList();

    @Override
    public BackendInfo info() {
        return info;
    }

    @Override
    public List<CompletionStage<List<Added>>> add(List<AddUnit> units, Instant now) {
        for (AddUnit unit : units) {
            int size = unit.members().size();
            int most = info.limits().maxUnit();
            InvalidInputException.unless(size >= 1 && size <= most, "unit", size + " jobs", "must have 1 to " + most);
        }
        return at(now, () -> {
            List<CompletionStage<List<Added>>> stages = new ArrayList<>();
            for (AddUnit unit : units) stages.add(CompletableFuture.completedStage(new Adding(list, unit).add()));
            return stages;
        });
    }

    @Override
    public WorkSession attach(QueueName queue, WorkerProfile worker) {
        return new ModelSession(list, queue, worker);
    }

    @Override
    public List<JobRef> recoverStalled(QueueName queue, WorkerProfile sweeper, Instant now) {
        return at(now, () -> new Claiming(list, queue, sweeper).recoverStalled());
    }

    @Override
    public Changed change(JobRef job, JobChange change, Instant now) {
        return at(now, () -> new Changing(list).change(job, change));
    }

    @Override
    public Changed remove(JobRef job, boolean withChildren, Instant now) {
        return at(now, () -> new Changing(list).remove(job, withChildren));
    }

    @Override
    public void configure(QueueName queue, QueueChange change, Instant now) {
        at(now, () -> {
            new Changing(list).configure(queue, change);
            return change;
        });
    }

    @Override
    public Swept sweep(QueueName queue, BulkAction action, int budget, Instant now) {
        InvalidInputException.unless(budget >= 1, "budget", budget, "must be 1 or more");
        if (action instanceof BulkAction.RetryAll all && !all.from().isFinished())
            throw new IllegalArgumentException("retry-all from " + all.from());
        return at(now, () -> new Sweeping(list, queue, budget).sweep(action));
    }

    @Override
    public Optional<JobId> deduplicationOwner(QueueName queue, String deduplicationId, Instant now) {
        return at(now, () -> Optional.ofNullable(new Deduplicating(list).owner(queue, deduplicationId)));
    }

    @Override
    public boolean releaseDeduplication(QueueName queue, String deduplicationId, Instant now) {
        return at(now, () -> new Deduplicating(list).release(queue, deduplicationId));
    }

    @Override
    public Upserted upsertSchedule(Schedule schedule, Optional<Instant> firstAt, Instant now) {
        return at(now, () -> new Scheduling(list).upsert(schedule, firstAt));
    }

    @Override
    public boolean removeSchedule(QueueName queue, String id, Instant now) {
        return at(now, () -> new Scheduling(list).remove(queue, id));
    }

    @Override
    public Optional<ScheduleRecord> schedule(QueueName queue, String id) {
        return records(queue).stream().filter(found -> found.id().equals(id)).findFirst();
    }

    @Override
    public Page<ScheduleRecord> schedules(QueueName queue, PageRequest page) {
        return Pages.of(records(queue), page);
    }

    @Override
    public long countSchedules(QueueName queue) {
        return records(queue).size();
    }

    private List<ScheduleRecord> records(QueueName queue) {
        synchronized (list) {
            list.requireOpen();
            return list.queue(queue).schedules.values().stream()
                    .map(ModelSchedule::record)
                    .toList();
        }
    }

    @Override
    public List<Optional<JobRecord>> find(List<JobRef> jobs) {
        synchronized (list) {
            list.requireOpen();
            return jobs.stream()
                    .map(job -> Optional.ofNullable(list.find(job)).map(ModelJob::record))
                    .toList();
        }
    }

    @Override
    public JobCounts counts(QueueName queue) {
        synchronized (list) {
            list.requireOpen();
            Map<JobState, Long> states = new EnumMap<>(JobState.class);
            for (JobState state : JobState.values()) states.put(state, list.count(queue, state));
            long prioritized = list.inOrder(queue, JobState.WAITING).stream()
                    .filter(job -> job.priority > 0)
                    .count();
            long paused = list.queue(queue).settings.paused() ? list.count(queue, JobState.WAITING) : 0;
            return new JobCounts(states, OptionalLong.of(prioritized), OptionalLong.of(paused), false);
        }
    }

    @Override
    public QueueSettings settings(QueueName queue) {
        synchronized (list) {
            list.requireOpen();
            return list.queue(queue).settings;
        }
    }

    @Override
    public Page<JobRecord> list(QueueName queue, JobState state, PageRequest page) {
        synchronized (list) {
            list.requireOpen();
            List<JobRecord> records = new ArrayList<>();
            for (ModelJob job : list.inOrder(queue, state)) records.add(job.record());
            if (state.isFinished()) Collections.reverse(records);
            return Pages.of(records, page);
        }
    }

    @Override
    public Page<Child> children(JobRef parent, PageRequest page) {
        synchronized (list) {
            list.requireOpen();
            ModelJob job = list.find(parent);
            return Pages.of(job == null ? List.of() : new ArrayList<>(job.children.values()), page);
        }
    }

    @Override
    public Page<String> log(JobRef ref, PageRequest page) {
        synchronized (list) {
            list.requireOpen();
            ModelJob job = list.find(ref);
            return Pages.of(job == null ? List.of() : job.log, page);
        }
    }

    @Override
    public Set<QueueName> queues() {
        synchronized (list) {
            list.requireOpen();
            return list.known();
        }
    }

    @Override
    public EventReader open(Set<QueueName> queues, EventPosition from) {
        synchronized (list) {
            list.requireOpen();
            return new ModelReader(list, queues, from);
        }
    }

    @Override
    public void close() {
        synchronized (list) {
            list.close();
        }
    }

    private <T> T at(Instant now, Supplier<T> call) {
        synchronized (list) {
            list.setNow(now);
            return call.get();
        }
    }
}
