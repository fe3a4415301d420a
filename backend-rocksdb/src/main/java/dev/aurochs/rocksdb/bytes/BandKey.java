package dev.aurochs.rocksdb.bytes;

import dev.aurochs.engine.store.Place;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A band: the places of one queue, state and lane, and, where jobs wait, of one rank. Jobs leave a band mostly at its
 * front, so one cursor a band is enough to step over everything that has gone.
 *
 * @param rank the priority where the state is {@code WAITING}, else 0
 */
public record BandKey(QueueName queue, JobState state, String lane, long rank) implements Comparable<BandKey> {
    private static final Comparator<BandKey> ORDER = Comparator.comparing(BandKey::queue)
            .thenComparing(BandKey::state)
            .thenComparing(BandKey::lane)
            .thenComparingLong(BandKey::rank);

    /** The order of places inside a band, that of their keys: the id decides by its bytes where all else is equal. */
    public static final Comparator<Place> INSIDE = Comparator.comparingLong(Place::rank)
            .thenComparingLong(Place::seq)
            .thenComparing(place -> TextBytes.encode(place.id().value()), Arrays::compareUnsigned);

    /** The order of all places, that of their keys except that queues and lanes compare as Java strings do. */
    public static final Comparator<Place> PLACES = Comparator.comparing(Place::queue)
            .thenComparing(Place::state)
            .thenComparing(Place::lane)
            .thenComparing(INSIDE);

    public static BandKey of(Place place) {
        return new BandKey(
                place.queue(), place.state(), place.lane(), place.state() == JobState.WAITING ? place.rank() : 0);
    }

    @Override
    public int compareTo(BandKey other) {
        return ORDER.compare(this, other);
    }
}
