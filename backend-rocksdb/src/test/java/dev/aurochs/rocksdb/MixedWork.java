package dev.aurochs.rocksdb;

import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.job.SessionId;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.ClaimedJob;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.Report;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * All that happens to jobs, at random and in virtual time: adds with delays and priorities, trees over two queues, runs
 * that complete, fail, retry, are given back or forgotten, progress, logs, sweeps, removals. Tells a ledger, one line
 * at a time, what it is about to do and what was acknowledged. Used by one thread; the ledger is called by others too.
 */
final class MixedWork {
    static final QueueName WHOLES = QueueName.of("wholes");
    static final QueueName PARTS = QueueName.of("parts");
    private static final List<QueueName> QUEUES = List.of(WHOLES, PARTS);

    private final QueueBackend backend;
    private final String prefix;
    private final Random random;
    private final Consumer<String> ledger;
    private final Json payload;
    private final Map<QueueName, WorkSession> sessions;
    private final List<ClaimedJob> running = new ArrayList<>();
    /** What may be removed or changed from outside: single jobs, and the roots of trees. */
    private final List<JobRef> added = new ArrayList<>();

    private final List<JobRef> known = new ArrayList<>();
    private Instant now;
    private int number;

    MixedWork(QueueBackend backend, String prefix, long seed, int payload, Consumer<String> ledger) {
        this.backend = backend;
        this.prefix = prefix;
        this.random = new Random(seed);
        this.ledger = ledger;
        this.payload = new Json('"' + "x".repeat(payload) + '"');
        this.now = Jobs.NOW.plusSeconds(3600 * seed);
        this.sessions = Map.of(WHOLES, attach(WHOLES), PARTS, attach(PARTS));
    }

    static WorkerProfile worker(String session) {
        return new WorkerProfile(
                new SessionId(session),
                "w",
                10,
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                9,
                Optional.empty(),
                Retention.all(),
                Retention.all(),
                0);
    }

    private WorkSession attach(QueueName queue) {
        return backend.attach(queue, worker(prefix + queue));
    }

    /** Every job there ever was. */
    List<JobRef> known() {
        return known;
    }

    Instant now() {
        return now;
    }

    /** One step; the stage completes when it is acknowledged and the ledger knows. Waits for nothing. */
    CompletionStage<?> step() {
        now = now.plusMillis(100);
        int dice = random.nextInt(100);
        if (dice < 28) return add();
        if (dice < 36) return addTree();
        if (dice < 60) return claim();
        if (dice < 90) return settle();
        if (dice < 97) return report();
        for (QueueName queue : QUEUES) backend.recoverStalled(queue, worker(prefix + "sweeper"), now);
        return CompletableFuture.completedStage(null);
    }

    /** One step from outside; returns when it is acknowledged. */
    void stepOutside() {
        if (added.isEmpty()) return;
        now = now.plusMillis(100);
        JobRef job = added.get(random.nextInt(added.size()));
        switch (random.nextInt(4)) {
            case 0 -> {
                ledger.accept("removing " + job);
                backend.remove(job, true, now);
                added.remove(job);
            }
            case 1 -> backend.change(job, new JobChange.Promote(), now);
            case 2 -> backend.change(job, new JobChange.Reprioritise(random.nextInt(4), false), now);
            default -> backend.change(job, new JobChange.ReplaceData(new Json("\"new " + number + "\"")), now);
        }
    }

    private CompletionStage<?> add() {
        JobOptions.Builder options = JobOptions.builder().attempts(3);
        if (random.nextInt(3) == 0) options.priority(random.nextInt(4));
        if (random.nextInt(4) == 0) options.delay(Duration.ofMillis(random.nextInt(5_000)));
        QueueName queue = QUEUES.get(random.nextInt(2));
        return store(List.of(job(queue, prefix + "j" + ++number, options.build(), null, false)));
    }

    private CompletionStage<?> addTree() {
        int children = 1 + random.nextInt(4);
        NewJob root = job(WHOLES, prefix + "p" + ++number + "of" + children, JobOptions.defaults(), null, true);
        JobRef parent = new JobRef(WHOLES, root.id());
        ledger.accept("tree " + parent);
        List<NewJob> members = new ArrayList<>(List.of(root));
        ParentLink link = new ParentLink(parent, ChildFailurePolicy.IGNORE);
        for (JobRef child : Ledger.tree(parent).subList(1, children + 1))
            members.add(job(PARTS, child.id().value(), JobOptions.defaults(), link, false));
        return store(members);
    }

    private NewJob job(QueueName queue, String id, JobOptions options, ParentLink link, boolean awaitsChildren) {
        JobId own = JobId.custom(id);
        return new NewJob(
                queue, NewJob.IdSource.CUSTOM, own, "mixed", payload, options, now, link, null, awaitsChildren);
    }

    private CompletionStage<?> store(List<NewJob> members) {
        JobRef first = new JobRef(members.get(0).queue(), members.get(0).id());
        added.add(first);
        for (NewJob member : members) known.add(new JobRef(member.queue(), member.id()));
        return backend.add(List.of(new AddUnit(members)), now).get(0).thenRun(() -> {
            for (NewJob member : members) ledger.accept("added " + new JobRef(member.queue(), member.id()));
        });
    }

    private CompletionStage<?> claim() {
        QueueName queue = QUEUES.get(random.nextInt(2));
        running.addAll(sessions.get(queue)
                .claim(1 + random.nextInt(3), new LeaseToken(prefix + "t" + ++number), now)
                .jobs());
        return CompletableFuture.completedStage(null);
    }

    private CompletionStage<?> settle() {
        if (running.isEmpty()) return claim();
        ClaimedJob run = running.remove(random.nextInt(running.size()));
        List<Failure> history = List.of(Failure.of("tried", now));
        Outcome outcome = switch (random.nextInt(10)) {
            case 0 -> new Outcome.Failed("broken", history);
            case 1, 2 -> new Outcome.Retry(now.plusMillis(random.nextInt(2_000)), "again", history);
            case 3 -> new Outcome.GivenBack();
            case 4 -> new Outcome.Postponed(now.plusSeconds(1));
            default -> new Outcome.Completed(new Json("\"done\""));
        };
        return session(run)
                .settle(List.of(new Settlement(run.lease(), outcome)), now)
                .get(0)
                .thenAccept(answer -> acknowledged(run, outcome, answer));
    }

    private void acknowledged(ClaimedJob run, Outcome outcome, Settled answer) {
        if (!(answer instanceof Settled.Done)) return;
        JobRef job = run.lease().job();
        if (outcome instanceof Outcome.Completed) ledger.accept("completed " + job);
        else if (outcome instanceof Outcome.Failed) ledger.accept("failed " + job);
        else if (outcome instanceof Outcome.Retry)
            ledger.accept("retried " + job + " " + (run.record().runs().made() + 1));
    }

    private CompletionStage<?> report() {
        if (running.isEmpty()) return claim();
        ClaimedJob run = running.get(random.nextInt(running.size()));
        session(run)
                .report(
                        List.of(
                                new Report.Progress(run.lease(), new Json(Integer.toString(++number))),
                                new Report.Log(run.lease(), "line " + number)),
                        now);
        return CompletableFuture.completedStage(null);
    }

    private WorkSession session(ClaimedJob run) {
        return sessions.get(run.lease().job().queue());
    }
}
