package dev.aurochs.tck.walk;

import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws commands to the public API. What it draws is a function of the seed. */
final class ApiDice {
    private static final int JOBS = ApiSide.QUEUES * ApiSide.OWN_IDS + 12;
    private static final int DEEPEST = 3;
    private static final ChildFailurePolicy[] POLICIES = ChildFailurePolicy.values();

    private final Random random;
    private final DeduplicationDice deduplications;
    private int drawn;

    private final Scope scope;

    ApiDice(long seed, Scope scope) {
        random = new Random(seed);
        deduplications = new DeduplicationDice(random, scope.expiry());
        this.scope = scope;
    }

    ApiAct next() {
        if (scope.schedules() && random.nextInt(16) == 0) return aboutSchedules();
        int roll = random.nextInt(100);
        if (roll < 11) return new ApiAct.Add(queue(), loose());
        if (roll < 20) return new ApiAct.AddFlow(tree(1));
        if (roll < 38) return new ApiAct.RunNext(worker(), plan());
        if (roll < 43) return new ApiAct.RunAll(worker(), plan());
        if (roll < 52) return new ApiAct.Hold(worker());
        if (roll < 60) return new ApiAct.RunHeld(worker(), random.nextInt(3), plan());
        if (roll < 62) return new ApiAct.GiveBack(worker(), random.nextInt(3));
        if (roll < 65) return new ApiAct.Renew(worker());
        if (roll < 69) return new ApiAct.Sweep(worker());
        if (roll < 80) return new ApiAct.Pass(millis());
        if (roll < 81) return new ApiAct.Restart(worker());
        if (roll < 91) return new ApiAct.Ask(random.nextInt(JOBS), any(ApiAct.Change.values()), random.nextInt(4));
        return new ApiAct.Tell(queue(), order(), random.nextInt(60));
    }

    /** What comes again does so after so long that running all there is has an end. */
    private ApiAct aboutSchedules() {
        String id = "s" + random.nextInt(2);
        int roll = random.nextInt(8);
        if (roll == 0) return new ApiAct.Unschedule(queue(), id);
        if (roll == 1) return new ApiAct.Schedules(queue());
        Recurrence recurrence = roll < 4
                ? Recurrence.cron(any("* * * * * *", "*/2 * * * * *"))
                : Recurrence.every(Duration.ofMillis(any(400L, 1_500L)));
        if (scope.expiry() && random.nextInt(3) == 0) recurrence = recurrence.limit(1 + random.nextInt(3));
        return new ApiAct.Upsert(queue(), id, recurrence, options().build(), random.nextInt(4) == 0);
    }

    /** What ends a stop comes more often than what begins it. */
    private ApiAct.Order order() {
        return switch (random.nextInt(3)) {
            case 0 -> any(ApiAct.Order.RESUME, ApiAct.Order.UNLIMIT, ApiAct.Order.UNBOUND, ApiAct.Order.LIFT_HOLD);
            default -> mild(any(ApiAct.Order.values()));
        };
    }

    private ApiAct.Order mild(ApiAct.Order order) {
        boolean measured = order == ApiAct.Order.LIMIT || order == ApiAct.Order.HOLD;
        return measured && !scope.expiry() ? ApiAct.Order.LIST : order;
    }

    private Plan plan() {
        Plan.Saying saying = random.nextInt(3) == 0 ? any(Plan.Saying.values()) : Plan.Saying.NOTHING;
        Plan.Ending ending = random.nextInt(2) == 0 ? any(Plan.Ending.values()) : Plan.Ending.RETURN;
        boolean measured = ending == Plan.Ending.RATE_LIMITED;
        if (measured && !scope.expiry()) ending = Plan.Ending.RETURN;
        return new Plan(saying, ending, random.nextInt(10));
    }

    private List<ApiAct.Draft> loose() {
        List<ApiAct.Draft> jobs = new ArrayList<>();
        int count = random.nextInt(4) == 0 ? 3 : 1;
        for (int i = 0; i < count; i++) {
            JobOptions.Builder options = options();
            if (random.nextBoolean()) options.id(ownId());
            deduplicate(options, true);
            jobs.add(new ApiAct.Draft(0, name(), options.build(), List.of()));
        }
        return jobs;
    }

    /** Every member has an id of its own: the API would draw others than here. */
    private ApiAct.Draft tree(int depth) {
        List<ApiAct.Draft> children = new ArrayList<>();
        int count = depth == DEEPEST || depth > 1 && random.nextInt(3) > 0 ? 0 : random.nextInt(4);
        for (int i = 0; i < count; i++) children.add(tree(depth + 1));
        String name = name();
        JobOptions.Builder options = options().id(random.nextInt(4) == 0 ? ownId() : "f" + drawn);
        if (children.isEmpty()) deduplicate(options, false);
        return new ApiAct.Draft(queue(), name, options.build(), children);
    }

    private JobOptions.Builder options() {
        JobOptions.Builder options = JobOptions.builder().childFailurePolicy(any(POLICIES));
        switch (random.nextInt(8)) {
            case 0, 1 -> options.delay(Duration.ofMillis(random.nextInt(5) * 100L));
            case 2, 3 -> options.priority(1 + random.nextInt(3));
            case 4 -> options.lifo(true).delay(Duration.ofMillis(random.nextInt(2) * 200L));
            default -> {}
        }
        switch (random.nextInt(8)) {
            case 0 -> options.attempts(3);
            case 1 -> options.attempts(3).backoff(Backoff.fixed(Duration.ofMillis(100)));
            case 2 -> options.attempts(4).backoff(exponential());
            case 3 -> options.attempts(2).backoff(Backoff.custom("own"));
            default -> {}
        }
        switch (random.nextInt(10)) {
            case 0 -> options.keepCompleted(Retention.none()).keepFailed(Retention.newest(1));
            case 1 -> options.keepFailed(Retention.none());
            case 2 -> options.keepCompleted(Retention.newest(1)).logLines(2);
            case 3 -> options.timeout(Duration.ofMillis(200));
            case 4 -> options.expiry(Duration.ofMillis(400));
            case 5 -> options.stackTraces(1);
            default -> {}
        }
        return options;
    }

    private void deduplicate(JobOptions.Builder options, boolean alone) {
        Deduplication drawn = deduplications.draw(alone, !alone);
        if (drawn != null) options.deduplication(drawn);
    }

    private Backoff exponential() {
        Backoff backoff = Backoff.exponential(Duration.ofMillis(50)).cappedAt(Duration.ofMillis(150));
        return random.nextBoolean() ? backoff : backoff.withJitter(0.5);
    }

    private int millis() {
        return switch (random.nextInt(10)) {
            case 0 -> 6_000;
            case 1, 2 -> 1_000;
            default -> 1 + random.nextInt(150);
        };
    }

    private String name() {
        drawn++;
        return random.nextInt(20) == 0 ? "counted" : "n" + drawn;
    }

    private String ownId() {
        return KnownJobs.ownId(random.nextInt(ApiSide.OWN_IDS));
    }

    private int worker() {
        return random.nextInt(ApiSide.WORKERS);
    }

    private int queue() {
        return random.nextInt(ApiSide.QUEUES);
    }

    @SafeVarargs
    private <T> T any(T... choice) {
        return choice[random.nextInt(choice.length)];
    }
}
