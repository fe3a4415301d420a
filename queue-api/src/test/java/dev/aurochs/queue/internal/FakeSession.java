package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.Claimed.Rest;
import dev.aurochs.queue.spi.ClaimedJob;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Renewed;
import dev.aurochs.queue.spi.Report;
import dev.aurochs.queue.spi.Reported;
import dev.aurochs.queue.spi.Schedules.Chained;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.WorkSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** A session whose store does what the test says: hands out the jobs it was given, counts calls, fails on demand. */
final class FakeSession implements WorkSession {
    final ConcurrentLinkedDeque<JobRecord> waiting = new ConcurrentLinkedDeque<>();
    final AtomicInteger claims = new AtomicInteger();
    final AtomicInteger waits = new AtomicInteger();
    final AtomicInteger passedOn = new AtomicInteger();
    /** What is answered when the next run of a schedule is to be put in place. */
    volatile Function<Lease, Chained> chains = lease -> new Chained.Stale();

    final BlockingQueue<Settlement> settled = new LinkedBlockingQueue<>();
    volatile Runnable beforeClaim = () -> {};
    volatile Runnable beforeSettle = () -> {};
    volatile Supplier<Rest> whenEmpty = () -> new Rest.Nothing(Optional.empty());
    volatile Function<Settlement, CompletionStage<Settled>> answer =
            settlement -> CompletableFuture.completedFuture(new Settled.Done());
    volatile Function<Lease, Renewed> renewal = lease -> new Renewed.Held();
    volatile boolean closed;
    private final Semaphore signals = new Semaphore(0);

    /** Stores a job and wakes who waits. */
    void add(JobRecord job) {
        waiting.add(job);
        signals.release();
    }

    /** The next settlement, which must come. */
    Settlement nextSettled() throws InterruptedException {
        Settlement next = settled.poll(10, TimeUnit.SECONDS);
        if (next == null) throw new AssertionError("nothing was settled");
        return next;
    }

    Outcome nextOutcome() throws InterruptedException {
        return nextSettled().outcome();
    }

    @Override
    public Claimed claim(int max, LeaseToken fresh, Instant now) {
        claims.incrementAndGet();
        beforeClaim.run();
        List<ClaimedJob> jobs = new ArrayList<>();
        JobRecord job;
        while (jobs.size() < max && (job = waiting.poll()) != null)
            jobs.add(new ClaimedJob(job, new Lease(job.ref(), fresh)));
        return new Claimed(jobs, jobs.size() == max ? new Rest.Perhaps() : whenEmpty.get(), List.of());
    }

    @Override
    public List<CompletionStage<Settled>> settle(List<Settlement> batch, Instant now) {
        beforeSettle.run();
        return batch.stream().map(this::settle).toList();
    }

    private CompletionStage<Settled> settle(Settlement settlement) {
        CompletionStage<Settled> stage = answer.apply(settlement);
        settled.add(settlement);
        return stage;
    }

    @Override
    public void awaitWork(Duration atMost) throws InterruptedException {
        waits.incrementAndGet();
        signals.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void wake() {
        signals.release();
    }

    @Override
    public void passOn() {
        passedOn.incrementAndGet();
    }

    @Override
    public void resize(int capacity) {
        wake();
    }

    @Override
    public List<Renewed> renew(List<Lease> leases, Instant now) {
        return leases.stream().map(renewal).toList();
    }

    @Override
    public List<Reported> report(List<Report> batch, Instant now) {
        return batch.stream().map(report -> Reported.DONE).toList();
    }

    @Override
    public Chained chain(Lease scheduled, Optional<Instant> nextAt, Instant now) {
        return chains.apply(scheduled);
    }

    @Override
    public Page<Child> children(Lease parent, PageRequest page) {
        return Page.of(List.of());
    }

    @Override
    public void close() {
        closed = true;
        wake();
    }
}
