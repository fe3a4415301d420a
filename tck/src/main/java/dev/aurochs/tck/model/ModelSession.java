package dev.aurochs.tck.model;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.InvalidInputException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A worker's session. Its leases live and die together, as rule C8 allows. */
final class ModelSession implements WorkSession {
    private final JobList list;
    private final QueueName queue;
    private final WorkerProfile worker;
    private long seen;
    private boolean woken;
    private boolean closed;

    ModelSession(JobList list, QueueName queue, WorkerProfile worker) {
        this.list = list;
        this.queue = queue;
        this.worker = worker;
    }

    @Override
    public Claimed claim(int max, LeaseToken fresh, Instant now) {
        InvalidInputException.unless(max >= 1, "max", max, "must be 1 or more");
        synchronized (list) {
            begin(now);
            seen = list.queue(queue).signals;
            return new Claiming(list, queue, worker).claim(max, fresh);
        }
    }

    @Override
    public List<CompletionStage<Settled>> settle(List<Settlement> batch, Instant now) {
        synchronized (list) {
            begin(now);
            Settling settling = new Settling(list);
            List<CompletionStage<Settled>> stages = new ArrayList<>();
            for (Settlement settlement : batch)
                stages.add(CompletableFuture.completedStage(settling.settle(worker, settlement)));
            return stages;
        }
    }

    @Override
    public List<Renewed> renew(List<Lease> leases, Instant now) {
        synchronized (list) {
            begin(now);
            List<Renewed> answers = leases.stream().map(this::renewed).toList();
            boolean any = answers.stream().anyMatch(answer -> !(answer instanceof Renewed.Lost));
            if (any) list.extend(worker.session(), list.now().plus(worker.lease()));
            return answers;
        }
    }

    private Renewed renewed(Lease lease) {
        ModelJob job = list.find(lease.job());
        if (job == null || !job.isHeldBy(lease.token())) return new Renewed.Lost();
        return job.cancelReason == null ? new Renewed.Held() : new Renewed.Cancel(job.cancelReason);
    }

    @Override
    public List<Reported> report(List<Report> batch, Instant now) {
        synchronized (list) {
            begin(now);
            return batch.stream().map(this::reported).toList();
        }
    }

    private Reported reported(Report report) {
        ModelJob job = list.find(report.lease().job());
        if (job == null) return Reported.NO_SUCH_JOB;
        if (!job.isHeldBy(report.lease().token())) return Reported.LEASE_LOST;
        Changing changing = new Changing(list);
        if (report instanceof Report.Progress progress) changing.progress(job, progress.progress());
        if (report instanceof Report.Log log) changing.log(job, log.line());
        if (report instanceof Report.Data data) job.body = job.body.withPayload(data.payload());
        return Reported.DONE;
    }

    @Override
    public Chained chain(Lease scheduled, Optional<Instant> nextAt, Instant now) {
        synchronized (list) {
            begin(now);
            return new Scheduling(list).chain(scheduled, nextAt);
        }
    }

    @Override
    public Page<Child> children(Lease parent, PageRequest page) {
        synchronized (list) {
            begin(list.now());
            ModelJob job = list.find(parent.job());
            if (job == null || !job.isHeldBy(parent.token()))
                throw new WrongStateException(parent.job(), "read the children of", "its lease is lost");
            return Pages.of(new ArrayList<>(job.children.values()), page);
        }
    }

    @Override
    public void awaitWork(Duration atMost) throws InterruptedException {
        synchronized (list) {
            long deadline = System.nanoTime() + atMost.toNanos();
            long left = atMost.toNanos();
            while (left > 0 && !closed && !list.isClosed() && !woken && seen == list.queue(queue).signals) {
                list.wait(left / 1_000_000, (int) (left % 1_000_000));
                left = deadline - System.nanoTime();
            }
            woken = false;
        }
    }

    @Override
    public void wake() {
        synchronized (list) {
            woken = true;
            list.notifyAll();
        }
    }

    @Override
    public void passOn() {
        synchronized (list) {
            list.queue(queue).signals++;
            list.notifyAll();
        }
    }

    @Override
    public void resize(int capacity) {
        wake();
    }

    @Override
    public void close() {
        synchronized (list) {
            if (!closed) list.abandon(worker.session());
            closed = true;
            list.notifyAll();
        }
    }

    private void begin(Instant now) {
        if (closed) throw new IllegalStateException("this session on queue '" + queue + "' is closed");
        list.setNow(now);
    }
}
