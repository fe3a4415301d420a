package dev.aurochs.engine;

import dev.aurochs.engine.store.DamagedRowException;
import dev.aurochs.engine.store.EngineStore;
import dev.aurochs.engine.store.Family;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.PlaceScan;
import dev.aurochs.engine.store.RowReads;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Flaw;
import dev.aurochs.queue.spi.Flaw.Cure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares what each parent has counted with the children it knows. A child that was lost without a trace counts as
 * removed (rule F20), else its parent would wait for ever.
 */
final class CheckFamilies {
    private static final int AT_ONCE = 1_000;

    private final EngineStore store;
    private final Steps steps;
    private final boolean repair;
    private final Consumer<Flaw> found;

    CheckFamilies(EngineStore store, Steps steps, boolean repair, Consumer<Flaw> found) {
        this.store = store;
        this.steps = steps;
        this.repair = repair;
        this.found = found;
    }

    /** What a parent should have counted, and the children that are gone. */
    private record Recount(Family family, List<JobRef> lost) {}

    void check(Instant now) {
        for (QueueName queue : store.read(RowReads::queues))
            for (JobState state : JobState.values()) check(queue, state, now);
    }

    private void check(QueueName queue, JobState state, Instant now) {
        Place after = null;
        List<Place> page;
        do {
            PlaceScan scan = PlaceScan.from(queue, state, after, AT_ONCE);
            page = store.read(rows -> rows.places(scan));
            for (Place place : page) {
                after = place;
                check(place.job(), now);
            }
        } while (page.size() == AT_ONCE);
    }

    private void check(JobRef job, Instant now) {
        try {
            String problem = store.read(rows -> problem(rows, rows.state(job)));
            if (problem == null) return;
            if (repair) steps.runSafely(now, step -> repaired(step, job));
            found.accept(Flaw.of(job, problem, repair ? Cure.REPAIRED : Cure.REPAIR));
        } catch (DamagedRowException damaged) {
            if (!isUnreadable(job)) found.accept(Flaw.of(job, String.valueOf(damaged.getMessage()), Cure.NONE));
        }
    }

    /** True for a job whose own state cannot be read, which the store has shown already. */
    private boolean isUnreadable(JobRef job) {
        try {
            return store.read(rows -> rows.state(job)) == null;
        } catch (DamagedRowException shown) {
            return true;
        }
    }

    private static @Nullable String problem(RowReads rows, @Nullable StateRow parent) {
        if (parent == null || !mayHaveChildren(parent)) return null;
        Recount recount = recount(rows, parent.job());
        if (!recount.lost().isEmpty()) return "waits for children that are not there: " + recount.lost();
        Family counted = parent.family();
        if (!recount.family().equals(counted))
            return "counts " + worded(counted) + ", but has " + worded(recount.family());
        boolean stuck = parent.state() == JobState.WAITING_CHILDREN && counted.pending() == 0;
        return stuck ? "waits for children, and none is pending" : null;
    }

    private static boolean mayHaveChildren(StateRow row) {
        return row.state() == JobState.WAITING_CHILDREN || !row.family().equals(Family.NONE);
    }

    private static Recount recount(RowReads rows, JobRef parent) {
        int[] of = new int[Child.Status.values().length];
        List<JobRef> lost = new ArrayList<>();
        JobRef after = null;
        List<Child> page;
        do {
            page = rows.children(parent, after, AT_ONCE);
            for (Child child : page) {
                after = child.job();
                if (isLost(rows, child)) lost.add(child.job());
                else of[child.status().ordinal()]++;
            }
        } while (page.size() == AT_ONCE);
        int known = 0;
        for (int some : of) known += some;
        return new Recount(
                new Family(known, of[Child.Status.PENDING.ordinal()], of[Child.Status.FAILED.ordinal()]), lost);
    }

    /** A pending child with a failure is one that failed, and whose parent waits for its retry (rule F5). */
    private static boolean isLost(RowReads rows, Child child) {
        if (child.status() != Child.Status.PENDING || child.failure() != null) return false;
        try {
            return rows.state(child.job()) == null;
        } catch (DamagedRowException shown) {
            return false;
        }
    }

    private static boolean repaired(Step step, JobRef job) {
        StateRow parent = step.state(job);
        if (parent == null) return false;
        Recount recount = recount(step.rows(), job);
        for (JobRef lost : recount.lost()) step.rows().deleteChild(job, lost);
        StateRow counted = parent.with(recount.family());
        step.keep(counted, List.of());
        if (parent.state() == JobState.WAITING_CHILDREN && recount.family().pending() == 0)
            Families.release(step, counted);
        return true;
    }

    private static String worded(Family family) {
        return family.known() + " children (" + family.pending() + " pending, " + family.failed() + " failed)";
    }
}
