package dev.aurochs.redis;

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
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.HealthNote;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.Limits;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.QueueChange;
import dev.aurochs.queue.spi.Swept;
import dev.aurochs.queue.spi.Traits;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import dev.aurochs.redis.layout.Keys;
import dev.aurochs.redis.wire.Args;
import dev.aurochs.redis.wire.Script;
import dev.aurochs.redis.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Jobs on one Redis server. Each call is one script there; the parts below know which. */
final class RedisBackend implements QueueBackend {
    /** All but what needs leases and limiter windows to follow the caller's clock: the server has its own. */
    private static final Set<Capability> CAPABILITIES = EnumSet.complementOf(EnumSet.of(Capability.VIRTUAL_EXPIRY));

    private static final Traits TRAITS = new Traits(
            Traits.AckLevel.OPERATING_SYSTEM,
            Traits.AckLevel.OPERATING_SYSTEM,
            Traits.Leasing.RENEWED,
            Traits.Recovery.SWEEP,
            Traits.Fence.STORE,
            Traits.WindowKind.FIXED,
            Traits.EventOrder.TOTAL,
            2_097_152,
            0,
            Duration.ZERO);

    private final BackendInfo info;
    private final RedisAddress address;
    private final Wire wire;
    private final Keys keys;
    private final RedisIntake intake;
    private final RedisControl control;
    private final RedisReads reads;
    private final RedisSchedules schedules;
    /** What is closed with the backend. */
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();

    RedisBackend(RedisAddress address, Wire wire) {
        this.info = new BackendInfo(
                RedisAddress.PLAIN,
                address.toString(),
                CAPABILITIES,
                TRAITS,
                Limits.DEFAULTS,
                List.of(WorkListener.THREAD, AddLine.THREAD));
        this.address = address;
        this.wire = wire;
        this.keys = new Keys(address.prefix());
        this.intake = new RedisIntake(wire, keys);
        this.control = new RedisControl(wire, keys);
        this.reads = new RedisReads(wire, keys);
        this.schedules = new RedisSchedules(wire, keys);
    }

    @Override
    public BackendInfo info() {
        return info;
    }

    @Override
    public List<HealthNote> health(Instant now) {
        return new ServerHealth(wire, address.prefix()).notes(now);
    }

    @Override
    public List<CompletionStage<List<Added>>> add(List<AddUnit> units, Instant now) {
        return intake.add(units, now);
    }

    @Override
    public WorkSession attach(QueueName queue, WorkerProfile worker) {
        RedisSession session = new RedisSession(wire, keys, queue, worker, open::remove);
        open.add(session);
        return session;
    }

    @Override
    public List<JobRef> recoverStalled(QueueName queue, WorkerProfile sweeper, Instant now) {
        return control.recoverStalled(queue, sweeper, now);
    }

    @Override
    public Changed change(JobRef job, JobChange change, Instant now) {
        return control.change(job, change, now);
    }

    @Override
    public Changed remove(JobRef job, boolean withChildren, Instant now) {
        return control.remove(job, withChildren, now);
    }

    @Override
    public void configure(QueueName queue, QueueChange change, Instant now) {
        control.configure(queue, change, now);
    }

    @Override
    public Swept sweep(QueueName queue, BulkAction action, int budget, Instant now) {
        return control.sweep(queue, action, budget, now);
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
        RedisEventReader reader = new RedisEventReader(wire, keys, queues, from, open::remove);
        open.add(reader);
        return reader;
    }

    @Override
    public Optional<JobId> deduplicationOwner(QueueName queue, String deduplicationId, Instant now) {
        Args args = new Args().add(queue.value()).add(deduplicationId);
        String owner = wire.run(Script.DEDUPLICATION_OWNER, keys.meta(queue), now, args)
                .text();
        return owner.isEmpty() ? Optional.empty() : Optional.of(JobId.of(owner));
    }

    @Override
    public boolean releaseDeduplication(QueueName queue, String deduplicationId, Instant now) {
        Args args = new Args().add(queue.value()).add(deduplicationId);
        return wire.run(Script.RELEASE_DEDUPLICATION, keys.meta(queue), now, args)
                        .number()
                == 1;
    }

    @Override
    public Upserted upsertSchedule(Schedule schedule, Optional<Instant> firstAt, Instant now) {
        return schedules.upsert(schedule, firstAt, now);
    }

    @Override
    public boolean removeSchedule(QueueName queue, String id, Instant now) {
        return schedules.remove(queue, id, now);
    }

    @Override
    public Optional<ScheduleRecord> schedule(QueueName queue, String id) {
        return schedules.find(queue, id);
    }

    @Override
    public Page<ScheduleRecord> schedules(QueueName queue, PageRequest page) {
        return schedules.page(queue, page);
    }

    @Override
    public long countSchedules(QueueName queue) {
        return schedules.count(queue);
    }

    @Override
    public void close() {
        for (AutoCloseable part : List.copyOf(open)) close(part);
        intake.close();
        wire.connections().close();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception impossible) {
            throw new IllegalStateException("sessions and readers close quietly", impossible);
        }
    }
}
