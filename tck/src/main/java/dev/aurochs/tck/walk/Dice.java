package dev.aurochs.tck.walk;

import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.QueueChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** Draws the commands of a walk. What it draws is a function of the seed. */
final class Dice {
    private static final int JOBS = Side.QUEUES * Side.OWN_IDS + 12;
    private static final JobState[] STATES = JobState.values();

    private final Random random;
    private final JobDice jobs;
    private final DeduplicationDice deduplications;

    private final Scope scope;

    Dice(long seed, Scope scope) {
        random = new Random(seed);
        jobs = new JobDice(random, scope);
        deduplications = new DeduplicationDice(random, scope.expiry());
        this.scope = scope;
    }

    Act next() {
        if (scope.schedules() && random.nextInt(10) == 0) return aboutSchedules();
        int roll = random.nextInt(100);
        if (roll < 17) return new Act.Add(jobs.units());
        if (roll < 37) return new Act.Claim(worker(), 1 + random.nextInt(4));
        if (roll < 59) return new Act.Settle(worker(), endings());
        if (roll < 62) return new Act.SettleAndClaim(worker(), endings(), 1 + random.nextInt(3));
        if (roll < 65) return new Act.Renew(worker());
        if (roll < 69) return new Act.Say(worker(), random.nextInt(4), random.nextInt(100));
        if (roll < 80) return new Act.Pass(millis());
        if (roll < 84) return new Act.Recover(worker());
        if (roll < 90) return new Act.Change(job(), change());
        if (roll < 92) return new Act.Remove(job(), random.nextBoolean());
        if (roll < 94) return new Act.Configure(queue(), setting());
        if (roll < 96) return sweep();
        if (roll < 97) return new Act.Restart(worker());
        if (roll < 98) return new Act.Find(job());
        if (roll < 99)
            return random.nextInt(3) > 0
                    ? new Act.Owner(queue(), deduplications.id())
                    : new Act.Release(queue(), deduplications.id());
        return new Act.ListJobs(queue(), state(), random.nextInt(3), 1 + random.nextInt(5));
    }

    private Act aboutSchedules() {
        int roll = random.nextInt(12);
        if (roll < 4) return upsert();
        if (roll < 9) return new Act.Chain(worker(), random.nextInt(3), random.nextInt(4) * 100);
        if (roll < 10) return new Act.Unschedule(queue(), schedule());
        return new Act.ListSchedules(queue(), random.nextInt(2), 1 + random.nextInt(3));
    }

    /** Few intervals, so that an upsert often finds its own. */
    private Act upsert() {
        boolean byCron = random.nextInt(4) == 0;
        Recurrence recurrence = byCron
                ? Recurrence.cron("0 3 * * *")
                : Recurrence.every(Duration.ofMillis(random.nextInt(3) == 0 ? 170 : 500));
        if (!byCron && random.nextInt(3) == 0) recurrence = recurrence.offset(Duration.ofMillis(70));
        if (random.nextInt(6) == 0) recurrence = recurrence.startingAt(Walk.BEGIN.plusMillis(random.nextInt(9_000)));
        if (scope.expiry()) recurrence = bounded(recurrence);
        JobOptions.Builder options = JobOptions.builder();
        if (random.nextInt(3) == 0) options.lifo(true);
        else if (random.nextInt(3) == 0) options.priority(1 + random.nextInt(3));
        int later = byCron || random.nextInt(4) == 0 ? random.nextInt(4) * 100 : 0;
        return new Act.Upsert(queue(), schedule(), recurrence, options.build(), later);
    }

    private Recurrence bounded(Recurrence recurrence) {
        Recurrence bounded = recurrence;
        if (random.nextInt(4) == 0) bounded = bounded.limit(1 + random.nextInt(3));
        if (random.nextInt(6) == 0) bounded = bounded.endingAt(Walk.BEGIN.plusSeconds(10 + random.nextInt(30)));
        return bounded;
    }

    private String schedule() {
        return "s" + random.nextInt(2);
    }

    private List<Ending> endings() {
        List<Ending> endings = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) endings.add(new Ending(random.nextInt(4), kind(), random.nextInt(4) * 100));
        return endings;
    }

    private Ending.Kind kind() {
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> Ending.Kind.FAIL;
            case 3, 4 -> Ending.Kind.RETRY;
            case 5, 6 -> Ending.Kind.POSTPONE;
            case 7 -> Ending.Kind.GIVE_BACK;
            case 8 -> scope.expiry() && random.nextInt(3) == 0 ? Ending.Kind.HOLD : Ending.Kind.GIVE_BACK;
            case 9 -> Ending.Kind.AWAIT_CHILDREN;
            default -> Ending.Kind.COMPLETE;
        };
    }

    private JobChange change() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> new JobChange.Promote();
            case 2 -> new JobChange.Reschedule(Duration.ofMillis(random.nextInt(3) * 100L));
            case 3 -> new JobChange.Reprioritise(random.nextInt(4), random.nextBoolean());
            case 4, 5 -> new JobChange.Retry(random.nextInt(3) == 0);
            case 6 -> new JobChange.ReplaceData(new Json(Integer.toString(random.nextInt(100))));
            case 7 -> new JobChange.SetProgress(new Json(Integer.toString(random.nextInt(100))));
            case 8 -> new JobChange.AppendLog("said " + random.nextInt(100));
            case 9 -> new JobChange.LeaveParent();
            case 10 -> new JobChange.RemoveChildren();
            default -> new JobChange.Cancel("unwanted");
        };
    }

    private QueueChange setting() {
        return switch (random.nextInt(12)) {
            case 0 -> new QueueChange.SetPaused(true);
            case 1, 2 -> new QueueChange.SetPaused(false);
            case 3 -> limit();
            case 4, 5 -> new QueueChange.SetRateLimit(Optional.empty());
            case 6 -> new QueueChange.SetConcurrency(OptionalInt.of(1 + random.nextInt(3)));
            case 7, 8 -> new QueueChange.SetConcurrency(OptionalInt.empty());
            case 9 -> scope.expiry() ? new QueueChange.Hold(millisSpan()) : new QueueChange.LiftHold();
            case 10 -> new QueueChange.SetEventCap(1_000 + random.nextInt(2) * 1_000);
            default -> new QueueChange.LiftHold();
        };
    }

    private QueueChange limit() {
        if (!scope.expiry()) return new QueueChange.SetRateLimit(Optional.empty());
        RateLimit limit = new RateLimit(1 + random.nextInt(3), millisSpan());
        return new QueueChange.SetRateLimit(Optional.of(limit));
    }

    private Act sweep() {
        int budget = random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 1_000;
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Act.Sweep(queue(), new BulkAction.Drain(random.nextBoolean()), budget);
            case 2, 3 -> new Act.Clean(queue(), state(), random.nextInt(3) * 300, budget);
            case 4, 5 ->
                new Act.RetryAll(
                        queue(),
                        random.nextBoolean() ? JobState.FAILED : JobState.COMPLETED,
                        random.nextInt(2) * 500,
                        budget);
            case 6 -> new Act.Sweep(queue(), new BulkAction.PromoteAll(), budget);
            case 7, 8 -> new Act.Sweep(queue(), new BulkAction.Obliterate(random.nextBoolean()), budget);
            default -> new Act.Sweep(queue(), new BulkAction.TrimEvents(random.nextInt(5)), budget);
        };
    }

    private int millis() {
        return switch (random.nextInt(10)) {
            case 0 -> 6_000;
            case 1, 2 -> 1_000;
            default -> 1 + random.nextInt(150);
        };
    }

    private Duration millisSpan() {
        return Duration.ofMillis(100 + random.nextInt(600));
    }

    private int worker() {
        return random.nextInt(Side.WORKERS);
    }

    private int queue() {
        return random.nextInt(Side.QUEUES);
    }

    private int job() {
        return random.nextInt(JOBS);
    }

    private JobState state() {
        return STATES[random.nextInt(STATES.length)];
    }
}
