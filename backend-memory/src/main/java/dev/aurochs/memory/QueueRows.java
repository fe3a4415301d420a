package dev.aurochs.memory;

import dev.aurochs.engine.store.DeduplicationRow;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.QueueRow;
import dev.aurochs.engine.store.ScheduleRow;
import dev.aurochs.queue.job.JobState;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rows of one queue, and the places of its jobs. Guarded by the store's lock. */
final class QueueRows {
    final Map<JobState, TreeSet<Place>> places = new EnumMap<>(JobState.class);
    final Map<String, DeduplicationRow> deduplications = new HashMap<>();
    final EventRows events = new EventRows();

    final TreeMap<String, ScheduleRow> schedules = new TreeMap<>();

    @Nullable
    QueueRow row;

    long prioritized;

    QueueRows() {
        for (JobState state : JobState.values()) places.put(state, new TreeSet<>());
    }

    TreeSet<Place> places(JobState state) {
        TreeSet<Place> found = places.get(state);
        if (found == null) throw new AssertionError(state);
        return found;
    }
}
