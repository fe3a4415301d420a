package dev.aurochs.rocksdb;

import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.rocksdb.bytes.BandKey;
import dev.aurochs.rocksdb.bytes.BandRow;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The bands of one queue and state that have places, in their order. Guarded by the engine's lock. */
final class Line {
    private final NavigableMap<BandKey, Band> bands = new TreeMap<>();
    private final Room room;
    private long count;
    private long prioritized;

    Line(Room room) {
        this.room = room;
    }

    void restore(BandKey key, BandRow row) {
        bands.put(key, Band.restored(key, row));
        room.bandAdded();
        count(key, row.count());
    }

    void add(Place place, Optional<StateRow> state) {
        BandKey key = BandKey.of(place);
        Band band = bands.get(key);
        if (band == null) {
            band = new Band(key);
            bands.put(key, band);
            room.bandAdded();
        }
        band.add(place, state, room.ofEach());
        count(key, 1);
    }

    void remove(Place place) {
        BandKey key = BandKey.of(place);
        Band band = bands.get(key);
        if (band == null) throw new IllegalStateException("nothing stands at " + place);
        band.remove(place);
        count(key, -1);
        if (band.count() == 0) forget(key);
    }

    private void forget(BandKey key) {
        bands.remove(key);
        room.bandRemoved();
    }

    Optional<StateRow> state(Place place) {
        Band band = bands.get(BandKey.of(place));
        return band == null ? Optional.empty() : band.state(place);
    }

    void replaceState(Place place, Optional<StateRow> state) {
        Band band = bands.get(BandKey.of(place));
        if (band != null) band.replaceState(place, state);
    }

    @Nullable
    Place first(PlaceSource source) {
        while (!bands.isEmpty()) {
            var head = bands.firstEntry();
            Place first = first(head.getKey(), head.getValue(), source, room.ofHead());
            if (first != null) return first;
        }
        return null;
    }

    /** The next band that has places; null behind the last one. */
    @Nullable
    BandView next(@Nullable BandKey after, boolean backwards, PlaceSource source) {
        NavigableMap<BandKey, Band> ordered = backwards ? bands.descendingMap() : bands;
        while (true) {
            var entry = after == null ? ordered.firstEntry() : ordered.higherEntry(after);
            if (entry == null) return null;
            Place first = first(entry.getKey(), entry.getValue(), source, room.ofEach());
            if (first != null)
                return new BandView(entry.getKey(), first, entry.getValue().count());
        }
    }

    Optional<BandRow> row(BandKey key) {
        return Optional.ofNullable(bands.get(key)).map(Band::row);
    }

    long count() {
        return count;
    }

    long prioritized() {
        return prioritized;
    }

    boolean isEmpty() {
        return bands.isEmpty();
    }

    /** A look may show that a band has fewer places than were counted; then the count follows. */
    private @Nullable Place first(BandKey key, Band band, PlaceSource source, int most) {
        long before = band.count();
        Place first = band.first(source, most);
        count(key, band.count() - before);
        if (first == null) forget(key);
        return first;
    }

    private void count(BandKey key, long change) {
        count += change;
        if (key.rank() > 0) prioritized += change;
    }
}
