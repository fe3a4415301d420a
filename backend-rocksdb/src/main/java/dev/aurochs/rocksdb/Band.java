package dev.aurochs.rocksdb;

import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.rocksdb.bytes.BandKey;
import dev.aurochs.rocksdb.bytes.BandRow;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The places of one band: how many there are, and the first few of them in memory, with the states of the jobs that
 * stand there as far as they are known.
 *
 * <p>The window holds every place before the horizon; without a horizon it holds them all. A search in the store begins
 * at the horizon, so it never meets what has gone from the front, however much that is. Guarded by the engine's lock.
 */
final class Band {
    private final BandKey key;
    private final TreeMap<Place, Optional<StateRow>> window = new TreeMap<>(BandKey.INSIDE);
    private @Nullable Place horizon;
    private long count;

    Band(BandKey key) {
        this.key = key;
    }

    static Band restored(BandKey key, BandRow row) {
        Band band = new Band(key);
        band.horizon = row.cursor();
        band.count = row.count();
        return band;
    }

    long count() {
        return count;
    }

    /** @param room how many places the window should have at most; it may grow to twice as many before it is cut */
    void add(Place place, Optional<StateRow> state, int room) {
        count++;
        if (isBeyondHorizon(place)) return;
        window.put(place, state);
        if (window.size() > 2 * room) {
            while (window.size() > room) horizon = window.pollLastEntry().getKey();
        }
    }

    void remove(Place place) {
        if (window.remove(place) == null && !isBeyondHorizon(place))
            throw new IllegalStateException("nothing stands at " + place);
        count--;
        if (count == window.size()) horizon = null;
    }

    /** The state of the job at a place, if it is known without looking. */
    Optional<StateRow> state(Place place) {
        return window.getOrDefault(place, Optional.empty());
    }

    void replaceState(Place place, Optional<StateRow> state) {
        window.computeIfPresent(place, (there, before) -> state);
    }

    /** The first place, or null when there is none after all. */
    @Nullable
    Place first(PlaceSource source, int room) {
        if (window.isEmpty() && horizon != null) refill(source, horizon, room);
        return window.isEmpty() ? null : window.firstKey();
    }

    /** What to keep of the band; its count is above 0. */
    BandRow row() {
        Place cursor = window.isEmpty() ? horizon : window.firstKey();
        if (cursor == null) throw new IllegalStateException("an empty band has no row");
        return new BandRow(count, cursor);
    }

    private boolean isBeyondHorizon(Place place) {
        return horizon != null && BandKey.INSIDE.compare(place, horizon) >= 0;
    }

    private void refill(PlaceSource source, Place from, int room) {
        List<FoundPlace> next = source.places(key, from, room + 1);
        for (FoundPlace found : next) window.put(found.place(), found.state());
        if (next.size() > room) {
            horizon = window.pollLastEntry().getKey();
        } else {
            horizon = null;
            count = window.size();
        }
    }
}
