package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.WrongStateException;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.ClaimedJob;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Renewed;
import dev.aurochs.queue.spi.Report;
import dev.aurochs.queue.spi.Reported;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import dev.aurochs.rabbitmq.flow.Running;
import dev.aurochs.rabbitmq.message.EventMessage;
import dev.aurochs.rabbitmq.message.Family;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's session: one consumer, and the leases on what it claimed. A lease lives as long as its channel. */
final class RabbitSession implements WorkSession {
    private static final Logger LOG = LoggerFactory.getLogger(RabbitSession.class);
    /** What is due by so much was left undone by who waits for due moments: the caller's clock was moved. */
    private static final Duration LATE = Duration.ofMillis(20);

    private final Parts parts;
    private final LocalQueue queue;
    private final WorkerProfile worker;
    private final Intake intake;
    private final Asker asker;
    private final Opener opener;
    private final Endings endings;
    private final @Nullable Limiter limiter;
    private final Map<Lease, Held> runs = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long seen;
    private volatile boolean woken;
    private volatile long limitedUntilNanos = System.nanoTime();
    private volatile Instant latest = Instant.EPOCH;

    RabbitSession(Parts parts, LocalQueue queue, WorkerProfile worker) {
        this.parts = parts;
        this.queue = queue;
        this.worker = worker;
        this.intake = new Intake(parts, queue, worker.capacity());
        this.asker = new Asker(queue, intake);
        this.opener = new Opener(queue, parts.sender(), parts.outbox(), parts.strays());
        this.endings = new Endings(queue, worker, parts);
        this.limiter =
                worker.limit().map(limit -> parts.limiter(queue.name(), limit)).orElse(null);
    }

    @Override
    public Claimed claim(int max, LeaseToken fresh, Instant now) {
        InvalidInputException.unless(max >= 1, "max", max, "must be 1 or more");
        requireOpen(now);
        seen = queue.hand().signals();
        parts.pauseWatch().ensureKnown(queue);
        if (queue.isPaused()) return nothing(new Claimed.Rest.Paused());
        Instant held = parts.holds().until(queue.name());
        if (held.isAfter(now)) return nothing(new Claimed.Rest.Limited(Optional.of(held)));
        intake.ensureOpen();
        sendOnWhatIsDue(now);
        try {
            return claimFromHand(max, fresh, now);
        } finally {
            parts.outbox().send();
        }
    }

    /** Who waits for due moments does it in time; but who claims by hand wants everything that is due by its clock. */
    private void sendOnWhatIsDue(Instant now) {
        Instant late = now.minus(LATE);
        if (!asker.isWorker()) parts.near().release(now);
        else if (parts.near().isDue(late)) parts.near().release(late);
    }

    private static Claimed nothing(Claimed.Rest why) {
        return new Claimed(List.of(), why, List.of());
    }

    private Claimed claimFromHand(int max, LeaseToken fresh, Instant now) {
        List<Opened> opened = new ArrayList<>();
        boolean begun = false;
        try {
            boolean more = true;
            while (opened.size() < max && more) {
                List<Parcel> parcels = asker.take(max - opened.size(), opened.isEmpty());
                open(parcels, opened, now);
                more = !parcels.isEmpty();
            }
            Claimed claimed = opened.isEmpty() && asker.leftSome()
                    ? nothing(new Claimed.Rest.Perhaps())
                    : begin(opened, fresh, now);
            begun = true;
            return claimed;
        } finally {
            if (!begun) putBack(opened);
        }
    }

    /** What could not be looked at is in hand again. */
    private void open(List<Parcel> parcels, List<Opened> opened, Instant now) {
        int looked = 0;
        try {
            for (Parcel parcel : parcels) {
                opener.open(parcel, worker.maxStalls(), now).ifPresent(job -> opened.add(new Opened(parcel, job)));
                looked++;
            }
        } finally {
            queue.hand().putBack(parcels.subList(looked, parcels.size()));
        }
    }

    /** A job in hand that may begin. */
    private record Opened(Parcel parcel, JobRecord job) {
        boolean needsGrant() {
            return job.status().deferredFailure() == null;
        }
    }

    private Claimed begin(List<Opened> opened, LeaseToken fresh, Instant now) {
        if (opened.isEmpty()) return nothing(new Claimed.Rest.Nothing(Optional.empty()));
        int granted = limiter == null ? opened.size() : granted(opened);
        List<ClaimedJob> jobs = new ArrayList<>(granted);
        for (Opened one : opened.subList(0, granted)) begin(one, fresh, now).ifPresent(jobs::add);
        if (granted == opened.size()) return new Claimed(jobs, new Claimed.Rest.Perhaps(), List.of());
        putBack(opened.subList(granted, opened.size()));
        limitedUntilNanos = System.nanoTime() + limiter.askAgainNanos();
        return new Claimed(jobs, new Claimed.Rest.Limited(Optional.empty()), List.of());
    }

    /** How many of these, from the first on, the limit lets begin; a job that is only to fail needs no grant. */
    private int granted(List<Opened> opened) {
        int needing = (int) opened.stream().filter(Opened::needsGrant).count();
        int grants = limiter.ask(needing);
        int begun = 0;
        for (Opened one : opened) {
            if (one.needsGrant() && grants-- == 0) break;
            begun++;
        }
        return begun;
    }

    private void putBack(List<Opened> unstarted) {
        queue.hand().putBack(unstarted.stream().map(Opened::parcel).toList());
    }

    /**
     * Empty when another message of the same job says more than this one, which goes; and when another has begun in the
     * same claim: a job that is there twice, as it may be after a crash, needs two leases, so one stays in hand.
     */
    private Optional<ClaimedJob> begin(Opened opened, LeaseToken fresh, Instant now) {
        Lease lease = new Lease(opened.job().ref(), fresh);
        if (runs.containsKey(lease)) {
            putBack(List.of(opened));
            return Optional.empty();
        }
        Optional<JobRecord> known = parts.flows().begun(opened.job());
        if (known.isEmpty()) {
            LOG.info(
                    "job {} has ended or waits elsewhere; an earlier message of it is dropped",
                    opened.job().ref());
            parts.outbox().acknowledge(opened.parcel());
            return Optional.empty();
        }
        JobRecord job = Records.active(Opener.judged(known.get(), worker.maxStalls()), worker.name(), now);
        runs.put(lease, new Held(opened.parcel(), job));
        parts.outbox().tell(EventMessage.active(job.ref(), now));
        return Optional.of(new ClaimedJob(Family.hidden(job), lease));
    }

    @Override
    public List<CompletionStage<Settled>> settle(List<Settlement> batch, Instant now) {
        requireOpen(now);
        // Who gives jobs back is not to be handed them again at once.
        if (batch.stream().anyMatch(RabbitSession::givesBack)) intake.rest();
        List<CompletionStage<Settled>> answers = new ArrayList<>(batch.size());
        for (Settlement settlement : batch) answers.add(settle(settlement, now));
        parts.outbox().send();
        return answers;
    }

    private static boolean givesBack(Settlement settlement) {
        return settlement.outcome() instanceof Outcome.GivenBack || settlement.outcome() instanceof Outcome.RateLimited;
    }

    private CompletionStage<Settled> settle(Settlement settlement, Instant now) {
        Lease lease = settlement.lease();
        Held run = runs.remove(lease);
        if (run == null || !run.isHeld()) return CompletableFuture.completedStage(new Settled.LeaseLost());
        try {
            return endings.end(run, settlement.outcome(), now).whenComplete((answer, failure) -> {
                if (failure != null
                        || answer instanceof Settled.ChildrenPending
                        || answer instanceof Settled.ChildrenFailed) runs.put(lease, run);
            });
        } catch (BackendUnavailableException away) {
            runs.put(lease, run);
            return CompletableFuture.failedStage(away);
        }
    }

    @Override
    public List<Renewed> renew(List<Lease> leases, Instant now) {
        requireOpen(now);
        List<Renewed> answers = new ArrayList<>(leases.size());
        for (Lease lease : leases) answers.add(held(lease).isPresent() ? new Renewed.Held() : new Renewed.Lost());
        return answers;
    }

    @Override
    public List<Reported> report(List<Report> batch, Instant now) {
        requireOpen(now);
        List<Reported> answers = new ArrayList<>(batch.size());
        for (Report report : batch) {
            Optional<Held> run = held(report.lease());
            run.ifPresent(held -> note(held, report, now));
            answers.add(run.isPresent() ? Reported.DONE : Reported.LEASE_LOST);
        }
        return answers;
    }

    private void note(Held run, Report report, Instant now) {
        JobRecord job = run.job();
        if (report instanceof Report.Progress progress) {
            run.becomes(known -> Records.progressed(known, progress.progress()));
            parts.teller().tell(EventMessage.progress(job.ref(), now, progress.progress()));
        } else if (report instanceof Report.Data data) {
            run.becomes(known -> Records.withPayload(known, data.payload()));
        } else if (report instanceof Report.Log log) {
            parts.teller().tell(EventMessage.log(job.ref(), now, log.line()));
        }
    }

    private Optional<Held> held(Lease lease) {
        Held run = runs.get(lease);
        if (run == null) return Optional.empty();
        if (run.isHeld()) return Optional.of(run);
        runs.remove(lease);
        return Optional.empty();
    }

    @Override
    public Page<Child> children(Lease parent, PageRequest page) {
        requireOpen(latest);
        Held run = held(parent)
                .orElseThrow(() -> new WrongStateException(parent.job(), "read the children of", "its lease is lost"));
        return Pages.of(parts.flows().children(run.job()), page);
    }

    /** The run of this lease, as one that may give its job children. */
    Optional<Running> running(Lease lease) {
        return held(lease).map(run -> (Running) run);
    }

    @Override
    public void awaitWork(Duration atMost) throws InterruptedException {
        asker.waits();
        if (closed.get() || takeWoken()) return;
        intake.ensureOpenQuietly();
        long limited = limitedUntilNanos - System.nanoTime();
        if (limited > 0) queue.hand().awaitSignal(seen, Math.min(limited, atMost.toNanos()));
        else queue.hand().await(seen, atMost.toNanos());
        takeWoken();
    }

    private boolean takeWoken() {
        boolean was = woken;
        woken = false;
        return was;
    }

    @Override
    public void wake() {
        woken = true;
        queue.hand().signal();
    }

    /** What is in hand is anybody's: nothing is to do. */
    @Override
    public void passOn() {}

    @Override
    public void resize(int capacity) {
        intake.resize(capacity);
    }

    /** The channel of a lease goes, as when a process dies: for tests of what follows. */
    boolean cut(Lease lease) {
        Held run = runs.get(lease);
        if (run == null) return false;
        run.parcel().inlet().close();
        return true;
    }

    /** Gives back what nobody has claimed for a while, so that others may. */
    void tick() {
        if (!closed.get() && !queue.isPaused()) intake.giveBackForgotten(endings, latest);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        wake();
        parts.sessions().remove(this);
        try {
            intake.close(endings, latest);
            for (Held run : runs.values()) {
                run.parcel().giveBack();
                run.parcel().inlet().awaitGivenBack();
            }
        } catch (BackendUnavailableException | CompletionException away) {
            return;
        } finally {
            runs.clear();
        }
    }

    private void requireOpen(Instant now) {
        parts.link().requireOpen();
        if (closed.get()) throw new IllegalStateException("this session on queue '" + queue.name() + "' is closed");
        latest = now;
        parts.time().saw(now);
    }
}
