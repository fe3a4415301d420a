package dev.aurochs.rocksdb;

import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.PlaceScan;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.rocksdb.bytes.BandKey;
import dev.aurochs.rocksdb.bytes.BandRow;
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
    private record Key(QueueName queue, JobState state) {}

    private final Map<Key, Line> lines = new HashMap<>();

    void restore(BandKey band, BandRow row) {
        line(band.queue(), band.state()).restore(band, row);
    }

    void add(Place place) {
        line(place.queue(), place.state()).add(place);
    }

    void remove(Place place) {
        Line line = line(place.queue(), place.state());
        line.remove(place);
        if (line.isEmpty()) lines.remove(new Key(place.queue(), place.state()));
    }

    @Nullable
    Place first(QueueName queue, JobState state, PlaceSource source) {
        Line line = lines.get(new Key(queue, state));
        return line == null ? null : line.first(source);
    }

    /** The band behind {@code after} in the direction of the scan, or the first one; null when there is none. */
    @Nullable
    BandView next(PlaceScan scan, @Nullable BandKey after, PlaceSource source) {
        Line line = lines.get(new Key(scan.queue(), scan.state()));
        return line == null ? null : line.next(after, scan.backwards(), source);
    }

    /** What to keep of a band, empty when it has no places. */
    Optional<BandRow> row(BandKey band) {
        Line line = lines.get(new Key(band.queue(), band.state()));
        return line == null ? Optional.empty() : line.row(band);
    }

    long count(QueueName queue, JobState state) {
        Line line = lines.get(new Key(queue, state));
        return line == null ? 0 : line.count();
    }

    long prioritized(QueueName queue) {
        Line line = lines.get(new Key(queue, JobState.WAITING));
        return line == null ? 0 : line.prioritized();
    }

    private Line line(QueueName queue, JobState state) {
        return lines.computeIfAbsent(new Key(queue, state), key -> new Line());
    }
}
