package dev.aurochs.tck.walk;

import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.NewJob.IdSource;
import dev.aurochs.queue.job.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Draws jobs to add: few queues and few own ids, so that things collide. */
final class JobDice {
    private static final int JOBS = Side.QUEUES * Side.OWN_IDS + 6;
    private static final int DEEPEST = 3;

    private final Random random;
    private final DeduplicationDice deduplications;
    private int drawn;

    JobDice(Random random, Scope scope) {
        this.random = random;
        this.deduplications = new DeduplicationDice(random, scope.expiry());
    }

    List<List<Draft>> units() {
        List<List<Draft>> units = new ArrayList<>();
        int count = random.nextInt(5) == 0 ? 3 : 1;
        for (int i = 0; i < count; i++) units.add(random.nextInt(3) == 0 ? tree() : loose());
        return units;
    }

    private List<Draft> loose() {
        List<Draft> unit = new ArrayList<>();
        int count = random.nextInt(5) == 0 ? 3 : 1;
        for (int i = 0; i < count; i++) {
            Draft.Above above = random.nextInt(6) == 0 ? above() : null;
            unit.add(draft(above, false, deduplications.draw(count == 1, above != null)));
        }
        return unit;
    }

    private Draft.Above above() {
        return random.nextBoolean()
                ? new Draft.Above.Known(random.nextInt(JOBS))
                : new Draft.Above.Running(random.nextInt(Side.WORKERS), random.nextInt(3));
    }

    private List<Draft> tree() {
        List<Draft> unit = new ArrayList<>();
        grow(unit, random.nextInt(8) == 0 ? above() : null, 1);
        return unit;
    }

    private void grow(List<Draft> unit, Draft.@Nullable Above above, int depth) {
        boolean leaf = depth == DEEPEST || depth > 1 && random.nextInt(3) > 0;
        Draft draft = draft(above, !leaf, leaf ? deduplications.draw(false, true) : null);
        unit.add(draft);
        if (leaf || draft.id() == null) return;
        int children = random.nextInt(4);
        for (int i = 0; i < children; i++) grow(unit, new Draft.Above.Member(draft.queue(), draft.id()), depth + 1);
    }

    private Draft draft(Draft.@Nullable Above above, boolean awaits, @Nullable Deduplication deduplication) {
        int kind = random.nextInt(8);
        IdSource source =
                kind < 5 ? IdSource.CUSTOM : awaits || kind == 5 ? IdSource.GENERATED : IdSource.ASSIGNED_BY_STORE;
        drawn++;
        String id = switch (source) {
            case CUSTOM -> KnownJobs.ownId(random.nextInt(Side.OWN_IDS));
            case GENERATED -> "g" + drawn;
            case ASSIGNED_BY_STORE -> null;
        };
        int age = random.nextInt(10) == 0 ? random.nextInt(1_000) : 0;
        return new Draft(
                random.nextInt(Side.QUEUES), source, id, "n" + drawn, options(deduplication), age, above, awaits);
    }

    private JobOptions options(@Nullable Deduplication deduplication) {
        JobOptions.Builder options = JobOptions.builder();
        if (deduplication != null) options.deduplication(deduplication);
        switch (random.nextInt(8)) {
            case 0, 1 -> options.delay(Duration.ofMillis(random.nextInt(5) * 100L));
            case 2, 3 -> options.priority(1 + random.nextInt(3));
            case 4 -> options.lifo(true).delay(Duration.ofMillis(random.nextInt(2) * 200L));
            case 5 -> options.priority(1 + random.nextInt(2)).delay(Duration.ofMillis(random.nextInt(500)));
            default -> {}
        }
        switch (random.nextInt(8)) {
            case 0 -> options.attempts(3);
            case 1 -> options.keepCompleted(Retention.none()).keepFailed(Retention.newest(1));
            case 2 -> options.keepFailed(Retention.none());
            case 3 -> options.keepCompleted(Retention.newest(1)).logLines(2);
            case 4 -> options.logLines(0);
            default -> {}
        }
        ChildFailurePolicy[] policies = ChildFailurePolicy.values();
        return options.childFailurePolicy(policies[random.nextInt(policies.length)])
                .build();
    }
}
