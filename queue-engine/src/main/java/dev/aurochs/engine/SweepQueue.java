package dev.aurochs.engine;

import dev.aurochs.engine.Step.Entry;
import dev.aurochs.engine.store.DamagedRowException;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.PlaceScan;
import dev.aurochs.engine.store.ScheduleRow;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Swept;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Changes many jobs of one queue, at most a budget of them in one step (rules K11–K16). */
final class SweepQueue {
    private static final int PLACES_PER_READ = 1_000;
    /** Parents first: one that loses its last child would move to a state that was swept already. */
    private static final List<JobState> DOOMED = List.of(
            JobState.WAITING_CHILDREN,
            JobState.WAITING,
            JobState.DELAYED,
            JobState.ACTIVE,
            JobState.COMPLETED,
            JobState.FAILED);

    private final Step step;
    private final QueueName queue;
    /** Parents that went with their last child; their places may have been read already. */
    private final Set<JobRef> gone = new HashSet<>();

    private int left;
    private long done;

    private SweepQueue(Step step, QueueName queue, int budget) {
        this.step = step;
        this.queue = queue;
        this.left = budget;
    }

    static Swept sweep(Step step, QueueName queue, BulkAction action, int budget) {
        return new SweepQueue(step, queue, budget).apply(action);
    }

    private Swept apply(BulkAction action) {
        if (action instanceof BulkAction.Drain drain) return drain(drain);
        if (action instanceof BulkAction.RetryAll all) return retryAll(all);
        if (action instanceof BulkAction.PromoteAll) return each(JobState.DELAYED, Instant.MAX, this::promote);
        if (action instanceof BulkAction.Clean clean) return clean(clean);
        if (action instanceof BulkAction.Obliterate obliterate) return obliterate(obliterate.force());
        if (action instanceof BulkAction.TrimEvents trim) {
            step.queue(queue).trimEvents(step.rows(), trim.keep());
            return new Swept(0, false);
        }
        throw new AssertionError(action);
    }

    private Swept drain(BulkAction.Drain drain) {
        Swept waiting = eachUnscheduled(JobState.WAITING, Instant.MAX);
        if (waiting.more() || !drain.delayed()) return waiting;
        return eachUnscheduled(JobState.DELAYED, Instant.MAX);
    }

    /** Removes the state's jobs up to a moment, but spares the present runs of schedules (rule J10). */
    private Swept eachUnscheduled(JobState state, Instant until) {
        return each(state, until, row -> ScheduledRuns.current(step, row.job()) == null, this::removeWithParents);
    }

    private void removeWithParents(StateRow row) {
        gone.addAll(RemoveJobs.removeWithParents(step, row));
    }

    private Swept retryAll(BulkAction.RetryAll all) {
        if (!all.from().isFinished()) throw new IllegalArgumentException("retry-all from " + all.from());
        return each(all.from(), all.until(), row -> ChangeJob.retryFinished(step, row, false));
    }

    private Swept clean(BulkAction.Clean clean) {
        if (clean.state() == JobState.ACTIVE) return new Swept(0, false);
        Swept swept = eachUnscheduled(clean.state(), clean.olderThan());
        if (done > 0) step.append(queue, List.of(new QueueEvent.Cleaned(queue, step.now(), done)));
        return swept;
    }

    private Swept obliterate(boolean force) {
        if (!force && step.rows().count(queue, JobState.ACTIVE) > 0) return new Swept(0, false);
        removeSchedules();
        for (JobState state : DOOMED) {
            Swept swept = each(state, Instant.MAX, row -> RemoveJobs.removeOne(step, row));
            if (swept.more()) return swept;
        }
        step.forget(queue);
        return new Swept(done, false);
    }

    private void removeSchedules() {
        List<ScheduleRow> some;
        do {
            some = step.rows().schedules(queue, null, PLACES_PER_READ);
            for (ScheduleRow row : some)
                step.rows().deleteSchedule(queue, row.schedule().id());
        } while (!some.isEmpty());
    }

    private void promote(StateRow row) {
        QueueEvent event = new QueueEvent.Waiting(row.job(), step.now(), Optional.of(JobState.DELAYED));
        step.move(row, Statuses.waiting(row.status()), Entry.BACK, List.of(event));
    }

    /**
     * Applies {@code change}, which takes a job out of its state, to the state's jobs up to a moment, in their order.
     */
    private Swept each(JobState state, Instant until, Consumer<StateRow> change) {
        return each(state, until, row -> true, change);
    }

    private Swept each(JobState state, Instant until, Predicate<StateRow> which, Consumer<StateRow> change) {
        Place after = null;
        List<Place> places;
        do {
            places = step.rows().places(PlaceScan.from(queue, state, after, PLACES_PER_READ));
            for (Place place : places) {
                if (left == 0) return new Swept(done, true);
                after = place;
                if (gone.contains(place.job())) continue;
                StateRow row = readable(place);
                if (row == null || row.state() != state || !which.test(row)) continue;
                if (!moment(row).isAfter(until)) {
                    change.accept(row);
                    done++;
                    left--;
                } else if (state.isFinished()) {
                    return new Swept(done, false);
                }
            }
        } while (places.size() == PLACES_PER_READ);
        return new Swept(done, false);
    }

    private @Nullable StateRow readable(Place place) {
        try {
            StateRow row = step.state(place.job());
            if (row != null) return row;
            step.rows().quarantine(place, "its state is missing");
        } catch (DamagedRowException damaged) {
            step.rows().quarantine(place, String.valueOf(damaged.getMessage()));
        }
        return null;
    }

    private Instant moment(StateRow row) {
        Instant finished = row.status().finishedAt();
        return finished != null ? finished : step.body(row.job()).createdAt();
    }
}
