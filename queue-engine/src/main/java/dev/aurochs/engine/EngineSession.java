package dev.aurochs.engine;

import dev.aurochs.engine.ClaimJobs.Taken;
import dev.aurochs.engine.store.EngineStore;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.engine.store.Written;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.WrongStateException;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.Renewed;
import dev.aurochs.queue.spi.Report;
import dev.aurochs.queue.spi.Reported;
import dev.aurochs.queue.spi.Schedules.Chained;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** A worker's session on the engine: each call one step. */
final class EngineSession implements WorkSession {
    private final EngineStore store;
    private final Steps steps;
    private final QueueName queue;
    private final WorkerProfile worker;
    private final WorkSignals.Ear ear;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Instant latest = Instant.EPOCH;

    EngineSession(EngineStore store, Steps steps, QueueName queue, WorkerProfile worker, WorkSignals signals) {
        this.store = store;
        this.steps = steps;
        this.queue = queue;
        this.worker = worker;
        this.ear = signals.listen(queue);
    }

    @Override
    public Claimed claim(int max, LeaseToken fresh, Instant now) {
        InvalidInputException.unless(max >= 1, "max", max, "must be 1 or more");
        requireOpen(now);
        ear.beforeClaim();
        Taken taken = steps.run(now, step -> ClaimJobs.claim(step, queue, worker, fresh, max))
                .answer();
        return new ClaimReading(store, steps, fresh, now).read(taken);
    }

    @Override
    public List<CompletionStage<Settled>> settle(List<Settlement> batch, Instant now) {
        requireOpen(now);
        Written<List<Settled>> written = steps.run(
                now,
                step -> batch.stream()
                        .map(settlement -> SettleRun.settle(step, worker, settlement))
                        .toList());
        List<CompletionStage<Settled>> stages = new ArrayList<>(batch.size());
        for (Settled answer : written.answer()) stages.add(written.safe().thenApply(safe -> answer));
        return stages;
    }

    @Override
    public List<Renewed> renew(List<Lease> leases, Instant now) {
        requireOpen(now);
        return steps.run(now, step -> KeepLease.renew(step, worker, leases)).answer();
    }

    @Override
    public List<Reported> report(List<Report> batch, Instant now) {
        requireOpen(now);
        return steps.run(
                        now,
                        step -> batch.stream()
                                .map(report -> KeepLease.report(step, report))
                                .toList())
                .answer();
    }

    @Override
    public Chained chain(Lease scheduled, Optional<Instant> nextAt, Instant now) {
        requireOpen(now);
        return steps.run(now, step -> ChainRun.chain(step, scheduled, nextAt)).answer();
    }

    @Override
    public Page<Child> children(Lease parent, PageRequest page) {
        requireOpen(latest);
        StateRow row = store.read(rows -> rows.state(parent.job()));
        boolean held = row != null
                && row.state() == JobState.ACTIVE
                && parent.token().equals(row.standing().token());
        if (!held) throw new WrongStateException(parent.job(), "read the children of", "its lease is lost");
        return row.family().known() == 0 ? Page.of(List.of()) : new EngineReads(store).children(parent.job(), page);
    }

    @Override
    public void awaitWork(Duration atMost) throws InterruptedException {
        if (!closed.get()) ear.await(atMost);
    }

    @Override
    public void wake() {
        ear.wake();
    }

    @Override
    public void passOn() {
        ear.passOn();
    }

    @Override
    public void resize(int capacity) {
        wake();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        wake();
        ear.passOn();
        try {
            steps.run(latest, step -> {
                step.rows().deleteSession(worker.session());
                return true;
            });
        } catch (BackendUnavailableException gone) {
            // The store is closed; the session's row is of an older owner when it opens again.
            return;
        }
    }

    private void requireOpen(Instant now) {
        if (closed.get()) throw new IllegalStateException("this session on queue '" + queue + "' is closed");
        latest = now;
    }
}
