package dev.aurochs.rocksdb;

import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.PlaceScan;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.rocksdb.bytes.BandKey;
import dev.aurochs.rocksdb.bytes.BandRow;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows without looking how many places there are and which come first: in memory, for all queues. What has gone from
 * the
 * front of a band is never looked at again, so a claim costs the same however many jobs went before it. Guarded by the
 * engine's lock.
 */
final class Heads {
    /** Longer texts of a state are not worth the memory. */
    private static final int SMALL = 200;

    private final Map<QueueName, Map<JobState, Line>> lines = new HashMap<>();
    private Room room = new Room();

    /** Forgets everything: as after an opening, bands are to be restored. */
    void clear() {
        lines.clear();
        room = new Room();
    }

    void restore(BandKey band, BandRow row) {
        line(band.queue(), band.state()).restore(band, row);
    }

    /** @param state of the job that stands there, if it is known and no larger than worth keeping */
    void add(Place place, Optional<StateRow> state) {
        line(place.queue(), place.state()).add(place, state.filter(Heads::isSmall));
    }

    void remove(Place place) {
        Line line = line(place.queue(), place.state());
        line.remove(place);
        if (!line.isEmpty()) return;
        Map<JobState, Line> queue = lines.get(place.queue());
        queue.remove(place.state());
        if (queue.isEmpty()) lines.remove(place.queue());
    }

    /** The state of the job at a place, if it is known without looking. */
    Optional<StateRow> state(Place place) {
        Line line = find(place.queue(), place.state());
        return line == null ? Optional.empty() : line.state(place);
    }

    /** The state of the job at a place has changed. */
    void replaceState(Place place, StateRow state) {
        Line line = find(place.queue(), place.state());
        if (line != null) line.replaceState(place, Optional.of(state).filter(Heads::isSmall));
    }

    @Nullable
    Place first(QueueName queue, JobState state, PlaceSource source) {
        Line line = find(queue, state);
        return line == null ? null : line.first(source);
    }

    /** The band behind {@code after} in the direction of the scan, or the first one; null when there is none. */
    @Nullable
    BandView next(PlaceScan scan, @Nullable BandKey after, PlaceSource source) {
        Line line = find(scan.queue(), scan.state());
        return line == null ? null : line.next(after, scan.backwards(), source);
    }

    /** What to keep of a band, empty when it has no places. */
    Optional<BandRow> row(BandKey band) {
        Line line = find(band.queue(), band.state());
        return line == null ? Optional.empty() : line.row(band);
    }

    long count(QueueName queue, JobState state) {
        Line line = find(queue, state);
        return line == null ? 0 : line.count();
    }

    long prioritized(QueueName queue) {
        Line line = find(queue, JobState.WAITING);
        return line == null ? 0 : line.prioritized();
    }

    private static boolean isSmall(StateRow row) {
        JobStatus status = row.status();
        return isSmall(status.progress())
                && isSmall(status.result())
                && isSmall(status.failedReason())
                && isSmall(status.deferredFailure());
    }

    private static boolean isSmall(@Nullable Json json) {
        return json == null || isSmall(json.text());
    }

    private static boolean isSmall(@Nullable String text) {
        return text == null || text.length() < SMALL;
    }

    private @Nullable Line find(QueueName queue, JobState state) {
        Map<JobState, Line> known = lines.get(queue);
        return known == null ? null : known.get(state);
    }

    private Line line(QueueName queue, JobState state) {
        return lines.computeIfAbsent(queue, name -> new EnumMap<>(JobState.class))
                .computeIfAbsent(state, any -> new Line(room));
    }
}
