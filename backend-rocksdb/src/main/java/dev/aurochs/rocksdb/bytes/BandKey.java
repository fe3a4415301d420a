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
    /** The order of places inside a band, that of their keys: the id decides by its bytes where all else is equal. */
    public static final Comparator<Place> INSIDE = BandKey::compareInside;

    /** The order of all places, that of their keys except that queues and lanes compare as Java strings do. */
    public static final Comparator<Place> PLACES = (one, other) -> {
        int order = one.compareLine(other);
        return order == 0 ? compareInside(one, other) : order;
    };

    public static BandKey of(Place place) {
        return new BandKey(
                place.queue(), place.state(), place.lane(), place.state() == JobState.WAITING ? place.rank() : 0);
    }

    @Override
    public int compareTo(BandKey other) {
        int order = queue == other.queue ? 0 : queue.compareTo(other.queue);
        if (order == 0) order = state.compareTo(other.state);
        if (order == 0 && lane != other.lane) order = lane.compareTo(other.lane);
        return order == 0 ? Long.compare(rank, other.rank) : order;
    }

    private static int compareInside(Place one, Place other) {
        int order = Long.compare(one.rank(), other.rank());
        if (order == 0) order = Long.compare(one.seq(), other.seq());
        if (order != 0 || one.id().equals(other.id())) return order;
        return Arrays.compareUnsigned(
                TextBytes.encode(one.id().value()), TextBytes.encode(other.id().value()));
    }
}
