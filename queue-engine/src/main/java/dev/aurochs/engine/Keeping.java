package dev.aurochs.engine;

import dev.aurochs.engine.store.DamagedRowException;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Retention;
import java.util.List;

/** Drops finished jobs that have stayed long enough (rule L4). */
final class Keeping {
    private Keeping() {}

    /** Drops from the oldest on, at most as many as the retention's limit. */
    static void trim(Step step, QueueName queue, JobState ending, Retention keep) {
        long oldest = keep.age() == null
                ? Long.MIN_VALUE
                : step.now().minus(keep.age()).toEpochMilli();
        for (int dropped = 0; dropped < keep.limit(); dropped++) {
            boolean tooMany = keep.count() != Retention.UNBOUNDED && step.rows().count(queue, ending) > keep.count();
            Place first = step.rows().first(queue, ending);
            if (first == null || !(tooMany || first.rank() <= oldest)) return;
            drop(step, first);
        }
    }

    private static void drop(Step step, Place place) {
        try {
            StateRow row = step.rows().stateAt(place);
            if (row != null) {
                step.delete(row, List.of());
                return;
            }
            step.rows().quarantine(place, "its state is missing");
        } catch (DamagedRowException damaged) {
            step.rows().quarantine(place, String.valueOf(damaged.getMessage()));
        }
    }
}
