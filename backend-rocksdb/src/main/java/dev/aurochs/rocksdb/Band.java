package dev.aurochs.rocksdb;

import dev.aurochs.engine.store.Place;
import dev.aurochs.rocksdb.bytes.BandKey;
import dev.aurochs.rocksdb.bytes.BandRow;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The places of one band: how many there are, and the first few of them in memory.
 *
 * <p>The window holds every place before the horizon; without a horizon it holds them all. A search in the store begins
 * at the horizon, so it never meets what has gone from the front, however much that is. Guarded by the engine's lock.
 */
final class Band {
    /** How many places are looked up at once. */
    static final int WINDOW = 512;

    private final BandKey key;
    private final TreeSet<Place> window = new TreeSet<>(BandKey.INSIDE);
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

    void add(Place place) {
        count++;
        if (isBeyondHorizon(place)) return;
        window.add(place);
        if (window.size() > 2 * WINDOW) {
            while (window.size() > WINDOW) horizon = window.pollLast();
        }
    }

    void remove(Place place) {
        if (!window.remove(place) && !isBeyondHorizon(place))
            throw new IllegalStateException("nothing stands at " + place);
        count--;
        if (count == window.size()) horizon = null;
    }

    /** The first place, or null when there is none after all. */
    @Nullable
    Place first(PlaceSource source) {
        if (window.isEmpty() && horizon != null) refill(source, horizon);
        return window.isEmpty() ? null : window.first();
    }

    /** What to keep of the band; its count is above 0. */
    BandRow row() {
        Place cursor = window.isEmpty() ? horizon : window.first();
        if (cursor == null) throw new IllegalStateException("an empty band has no row");
        return new BandRow(count, cursor);
    }

    private boolean isBeyondHorizon(Place place) {
        return horizon != null && BandKey.INSIDE.compare(place, horizon) >= 0;
    }

    private void refill(PlaceSource source, Place from) {
        List<Place> next = source.places(key, from, WINDOW + 1);
        window.addAll(next);
        if (next.size() > WINDOW) {
            horizon = window.pollLast();
        } else {
            horizon = null;
            count = window.size();
        }
    }
}
