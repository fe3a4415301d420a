package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.QueueChange;
import dev.aurochs.queue.spi.Swept;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Gives out one session and the readers it is told to; answers nothing else. */
final class FakeBackend implements QueueBackend {
    final FakeSession session = new FakeSession();
    final AtomicInteger sweeps = new AtomicInteger();
    volatile Runnable beforeSweep = () -> {};
    volatile BiFunction<Set<QueueName>, EventPosition, EventReader> readers = (queues, from) -> {
        throw unexpected();
    };
    volatile Function<List<AddUnit>, List<CompletionStage<List<Added>>>> adds = units -> {
        throw unexpected();
    };
    volatile BackendInfo info = FakeInfo.of();

    private static UnsupportedOperationException unexpected() {
        return new UnsupportedOperationException("this test does not expect the call");
    }

    @Override
    public BackendInfo info() {
        return info;
    }

    @Override
    public WorkSession attach(QueueName queue, WorkerProfile worker) {
        return session;
    }

    @Override
    public List<JobRef> recoverStalled(QueueName queue, WorkerProfile sweeper, Instant now) {
        sweeps.incrementAndGet();
        beforeSweep.run();
        return List.of();
    }

    @Override
    public EventReader open(Set<QueueName> queues, EventPosition from) {
        return readers.apply(queues, from);
    }

    @Override
    public List<CompletionStage<List<Added>>> add(List<AddUnit> units, Instant now) {
        return adds.apply(units);
    }

    @Override
    public Changed change(JobRef job, JobChange change, Instant now) {
        throw unexpected();
    }

    @Override
    public Changed remove(JobRef job, boolean withChildren, Instant now) {
        throw unexpected();
    }

    @Override
    public void configure(QueueName queue, QueueChange change, Instant now) {
        throw unexpected();
    }

    @Override
    public Swept sweep(QueueName queue, BulkAction action, int budget, Instant now) {
        throw unexpected();
    }

    @Override
    public List<Optional<JobRecord>> find(List<JobRef> jobs) {
        throw unexpected();
    }

    @Override
    public JobCounts counts(QueueName queue) {
        throw unexpected();
    }

    @Override
    public QueueSettings settings(QueueName queue) {
        throw unexpected();
    }

    @Override
    public Page<JobRecord> list(QueueName queue, JobState state, PageRequest page) {
        throw unexpected();
    }

    @Override
    public Page<Child> children(JobRef parent, PageRequest page) {
        throw unexpected();
    }

    @Override
    public Page<String> log(JobRef job, PageRequest page) {
        throw unexpected();
    }

    @Override
    public Set<QueueName> queues() {
        throw unexpected();
    }

    @Override
    public void close() {}
}
