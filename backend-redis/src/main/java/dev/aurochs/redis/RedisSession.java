package dev.aurochs.redis;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueException;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.WrongStateException;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.ClaimedJob;
import dev.aurochs.queue.spi.Renewed;
import dev.aurochs.queue.spi.Report;
import dev.aurochs.queue.spi.Reported;
import dev.aurochs.queue.spi.Schedules.Chained;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.SettledThenClaimed;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import dev.aurochs.redis.layout.JobHash;
import dev.aurochs.redis.layout.Keys;
import dev.aurochs.redis.wire.Args;
import dev.aurochs.redis.wire.Reply;
import dev.aurochs.redis.wire.Script;
import dev.aurochs.redis.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol;

/** A worker's session: each call one step in the server, and one connection that waits for work. */
final class RedisSession implements WorkSession {
    private static final Logger LOG = LoggerFactory.getLogger(RedisSession.class);

    private final Wire wire;
    private final Keys keys;
    private final QueueName queue;
    private final Claimer claimer;
    private final Endings endings;
    private final WorkListener listener;
    private final HeldLeases held = new HeldLeases();
    private final WorkerProfile worker;
    private final Consumer<RedisSession> whenClosed;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Instant latest = Instant.EPOCH;

    /** @param whenClosed told once, when the session is closed */
    RedisSession(Wire wire, Keys keys, QueueName queue, WorkerProfile worker, Consumer<RedisSession> whenClosed) {
        this.wire = wire;
        this.keys = keys;
        this.queue = queue;
        this.worker = worker;
        this.whenClosed = whenClosed;
        this.claimer = new Claimer(queue, worker, new JobHash(keys));
        this.endings = new Endings(worker, keys);
        this.listener = new WorkListener(wire.connections(), keys, queue, worker.name());
    }

    @Override
    public Claimed claim(int max, LeaseToken fresh, Instant now) {
        Args args = new Args().add(queue.value());
        beginClaim(max, now);
        claimer.describe(max, fresh, args);
        return read(run(Script.CLAIM, now, args), fresh, now);
    }

    @Override
    public SettledThenClaimed settleAndClaim(List<Settlement> batch, int max, LeaseToken fresh, Instant now) {
        Args args = new Args().add(queue.value());
        beginClaim(max, now);
        endings.describe(batch, args);
        args.add(true);
        claimer.describe(max, fresh, args);
        Reply reply = run(Script.SETTLE, now, args);
        List<CompletionStage<Settled>> settled = settled(batch, reply);
        return new SettledThenClaimed(settled, read(reply.get("claimed"), fresh, now));
    }

    private void beginClaim(int max, Instant now) {
        InvalidInputException.unless(max >= 1, "max", max, "must be 1 or more");
        requireOpen(now);
        listener.beforeClaim();
    }

    private Claimed read(Reply reply, LeaseToken fresh, Instant now) {
        Claimer.Reading reading = claimer.read(reply, fresh, now);
        for (ClaimedJob job : reading.claimed().jobs()) held.add(job.lease());
        if (!reading.unreadable().isEmpty()) settle(reading.unreadable(), now);
        return reading.claimed();
    }

    @Override
    public List<CompletionStage<Settled>> settle(List<Settlement> batch, Instant now) {
        requireOpen(now);
        if (batch.isEmpty()) return List.of();
        Args args = new Args().add(queue.value());
        endings.describe(batch, args);
        return settled(batch, run(Script.SETTLE, now, args.add(false)));
    }

    private List<CompletionStage<Settled>> settled(List<Settlement> batch, Reply reply) {
        List<CompletionStage<Settled>> stages = new ArrayList<>(batch.size());
        List<Settled> answers = endings.read(reply, batch.size());
        for (int i = 0; i < batch.size(); i++) {
            Settled answer = answers.get(i);
            boolean goesOn = answer instanceof Settled.ChildrenPending || answer instanceof Settled.ChildrenFailed;
            if (!goesOn) held.remove(batch.get(i).lease());
            stages.add(CompletableFuture.completedStage(answer));
        }
        return stages;
    }

    @Override
    public List<Renewed> renew(List<Lease> leases, Instant now) {
        requireOpen(now);
        if (leases.isEmpty()) return List.of();
        Args args = new Args()
                .add(queue.value())
                .add(Math.max(1, worker.lease().toMillis()))
                .add(leases.size());
        leases.forEach(lease -> describe(lease, args));
        List<Reply> answers = run(Script.RENEW, now, args).list();
        List<Renewed> renewed = new ArrayList<>(leases.size());
        for (int i = 0; i < leases.size(); i++) renewed.add(renewed(leases.get(i), answers.get(i)));
        return renewed;
    }

    private Renewed renewed(Lease lease, Reply answer) {
        return switch (answer.verdict()) {
            case "held" -> new Renewed.Held();
            case "cancel" -> new Renewed.Cancel(answer.subject());
            default -> {
                held.remove(lease);
                yield new Renewed.Lost();
            }
        };
    }

    private static void describe(Lease lease, Args args) {
        args.add(lease.job().queue().value())
                .add(lease.job().id().value())
                .add(lease.token().value());
    }

    @Override
    public List<Reported> report(List<Report> batch, Instant now) {
        requireOpen(now);
        if (batch.isEmpty()) return List.of();
        Args args = new Args().add(batch.size());
        for (Report report : batch) {
            describe(report.lease(), args);
            if (report instanceof Report.Progress progress)
                args.add("progress").add(progress.progress().text());
            if (report instanceof Report.Log log) args.add("log").add(log.line());
            if (report instanceof Report.Data data)
                args.add("data").add(data.payload().text());
        }
        return run(Script.REPORT, now, args).list().stream()
                .map(RedisSession::reported)
                .toList();
    }

    private static Reported reported(Reply answer) {
        return switch (answer.text()) {
            case "done" -> Reported.DONE;
            case "lease-lost" -> Reported.LEASE_LOST;
            default -> Reported.NO_SUCH_JOB;
        };
    }

    @Override
    public Chained chain(Lease scheduled, Optional<Instant> nextAt, Instant now) {
        requireOpen(now);
        Args args = new Args();
        describe(scheduled, args);
        args.addOptional(nextAt.map(Instant::toEpochMilli).orElse(null));
        Reply answer = run(Script.CHAIN, now, args);
        return switch (answer.verdict()) {
            case "next" -> new Chained.Next(runOf(scheduled, answer.subject()), moment(answer.subject()));
            case "last" -> new Chained.Last();
            case "stale" -> new Chained.Stale();
            case "slot-taken" -> new Chained.SlotTaken(moment(answer.subject()));
            default -> new Chained.LeaseLost();
        };
    }

    /** The run of the same schedule in another slot. */
    private static JobId runOf(Lease scheduled, String slot) {
        String id = scheduled.job().id().value();
        return JobId.of(id.substring(0, id.lastIndexOf(':') + 1) + slot);
    }

    private static Instant moment(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    @Override
    public Page<Child> children(Lease parent, PageRequest page) {
        requireOpen(latest);
        Args args = new Args();
        describe(parent, args);
        Reply answer = run(Script.CHILDREN, latest, args);
        if (!answer.isList()) throw new WrongStateException(parent.job(), "read the children of", "its lease is lost");
        return new Children(keys).page(answer, page);
    }

    @Override
    public void awaitWork(Duration atMost) throws InterruptedException {
        if (!closed.get()) listener.await(atMost);
    }

    @Override
    public void wake() {
        listener.wake();
    }

    @Override
    public void passOn() {
        wire.command(Protocol.Command.ZADD, keys.marker(queue), 0, "0");
    }

    @Override
    public void resize(int capacity) {
        wake();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        listener.close();
        whenClosed.accept(this);
        if (wire.connections().isClosed()) return;
        try {
            giveUpLeases();
            passOn();
        } catch (QueueException away) {
            LOG.debug("the leases of a closed session on queue '{}' run out by themselves", queue, away);
        }
    }

    private void giveUpLeases() {
        List<Lease> leases = held.takeAll();
        if (leases.isEmpty()) return;
        Args args = new Args().add(leases.size());
        leases.forEach(lease -> describe(lease, args));
        run(Script.ABANDON, latest, args);
    }

    private Reply run(Script script, Instant now, Args args) {
        return wire.run(script, keys.meta(queue), now, args);
    }

    private void requireOpen(Instant now) {
        wire.connections().requireOpen();
        if (closed.get()) throw new IllegalStateException("this session on queue '" + queue + "' is closed");
        latest = now;
    }
}
