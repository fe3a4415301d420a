package dev.aurochs.memory;

import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.NewJob.IdSource;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.job.SessionId;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.QueueChange;
import dev.aurochs.queue.spi.Report;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Somebody with a session who does one thing after the other and says, as text, what he was answered. */
final class Player {
    /** What a player may do; {@code job} is one of a few ids, or means nothing. */
    record Act(String name, int job) {}

    static final List<String> NAMES = List.of(
            "add",
            "urgent",
            "later",
            "family",
            "claim",
            "claim",
            "claim",
            "complete",
            "complete",
            "fail",
            "retry",
            "giveBack",
            "renew",
            "progress",
            "cancel",
            "promote",
            "revive",
            "remove",
            "recover",
            "recover",
            "drain",
            "obliterate",
            "pause",
            "resume",
            "find",
            "counts");

    private static final QueueName QUEUE = QueueName.of("q");
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final Instant WHEN_ALL_LEASES_ARE_OVER = NOW.plus(Duration.ofHours(1));

    private final QueueBackend backend;
    private final String name;
    private final WorkerProfile profile;
    private final WorkSession session;
    private Lease lease = new Lease(ref("none"), new LeaseToken("none"));
    private Lease before = lease;
    private int claims;

    Player(QueueBackend backend, String name) {
        this.backend = backend;
        this.name = name;
        this.profile = new WorkerProfile(
                new SessionId(name),
                name,
                1,
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                1,
                Optional.empty(),
                Retention.newest(1),
                Retention.all(),
                0);
        this.session = backend.attach(QUEUE, profile);
    }

    /** What came of it. */
    String play(Act act) {
        JobRef job = ref("j" + act.job());
        return switch (act.name()) {
            case "add" -> add(job(act.job(), JobOptions.builder(), null, false));
            case "urgent" -> add(job(act.job(), JobOptions.builder().lifo(true), null, false));
            case "later" -> add(job(act.job(), JobOptions.builder().delay(Duration.ofDays(1)), null, false));
            case "family" ->
                add(
                        job(act.job(), JobOptions.builder(), null, true),
                        job(
                                act.job() % 2 + 1,
                                JobOptions.builder(),
                                new ParentLink(job, ChildFailurePolicy.FAIL_PARENT),
                                false));
            case "claim" -> claim();
            case "complete" -> settle(new Outcome.Completed(Json.NULL));
            case "fail" -> settle(new Outcome.Failed("no good", List.of()));
            case "retry" -> settle(new Outcome.Retry(NOW, "again", List.of()));
            case "giveBack" -> settle(new Outcome.GivenBack());
            case "renew" -> session.renew(List.of(lease), NOW).toString();
            case "progress" ->
                session.report(List.of(new Report.Progress(lease, Json.NULL)), NOW)
                        .toString();
            default -> look(act.name(), job);
        };
    }

    private String look(String act, JobRef job) {
        return switch (act) {
            case "cancel" -> change(job, new JobChange.Cancel("no more"));
            case "promote" -> change(job, new JobChange.Promote());
            case "revive" -> change(job, new JobChange.Retry(true));
            case "remove" -> backend.remove(job, false, NOW).toString();
            case "recover" ->
                backend.recoverStalled(QUEUE, profile, WHEN_ALL_LEASES_ARE_OVER).toString();
            case "drain" ->
                backend.sweep(QUEUE, new BulkAction.Drain(true), 9, NOW).toString();
            case "obliterate" ->
                backend.sweep(QUEUE, new BulkAction.Obliterate(true), 9, NOW).toString();
            case "pause", "resume" -> {
                backend.configure(QUEUE, new QueueChange.SetPaused(act.equals("pause")), NOW);
                yield backend.settings(QUEUE).heldUntil().toString();
            }
            case "find" -> backend.find(List.of(job)).get(0).map(Player::text).orElse("nowhere");
            case "counts" -> backend.counts(QUEUE).toString();
            default -> throw new AssertionError(act);
        };
    }

    /** As if the latest claim had brought nothing. */
    void forgetClaim() {
        lease = before;
    }

    /** What is there in the end, whoever looks. */
    static String remains(QueueBackend backend) {
        return backend.find(List.of(ref("j1"), ref("j2"), ref("j3"))).stream()
                        .map(found -> found.map(Player::text).orElse("nowhere"))
                        .toList()
                + " " + backend.counts(QUEUE);
    }

    private String claim() {
        claims++;
        Claimed claimed = session.claim(1, new LeaseToken(name + claims), NOW);
        if (!claimed.bad().isEmpty()) return "bad: " + claimed.bad();
        if (claimed.jobs().isEmpty()) return claimed.rest().toString();
        before = lease;
        lease = claimed.jobs().get(0).lease();
        return text(claimed.jobs().get(0).record());
    }

    private String settle(Outcome outcome) {
        return answer(session.settle(List.of(new Settlement(lease, outcome)), NOW));
    }

    private String change(JobRef job, JobChange change) {
        return backend.change(job, change, NOW).toString();
    }

    private String add(NewJob... members) {
        return answer(backend.add(List.of(new AddUnit(List.of(members))), NOW));
    }

    private static <T> String answer(List<CompletionStage<T>> stages) {
        return String.valueOf(stages.get(0).toCompletableFuture().join());
    }

    private static String text(JobRecord job) {
        return job.id() + " " + job.state() + " " + job.runs();
    }

    private static NewJob job(int number, JobOptions.Builder options, @Nullable ParentLink parent, boolean awaits) {
        JobId id = JobId.custom("j" + number);
        JobOptions own = options.id(id.value()).build();
        return new NewJob(QUEUE, IdSource.CUSTOM, id, "n", Json.EMPTY_OBJECT, own, NOW, parent, null, awaits);
    }

    private static JobRef ref(String id) {
        return new JobRef(QUEUE, JobId.of(id));
    }
}
