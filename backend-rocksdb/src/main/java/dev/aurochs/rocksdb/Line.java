package dev.aurochs.rocksdb;

import dev.aurochs.engine.store.Place;
import dev.aurochs.rocksdb.bytes.BandKey;
import dev.aurochs.rocksdb.bytes.BandRow;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The bands of one queue and state that have places, in their order. Guarded by the engine's lock. */
final class Line {
    private final NavigableMap<BandKey, Band> bands = new TreeMap<>();
    private long count;
    private long prioritized;

    void restore(BandKey key, BandRow row) {
        bands.put(key, Band.restored(key, row));
        count(key, row.count());
    }

    void add(Place place) {
        BandKey key = BandKey.of(place);
        bands.computeIfAbsent(key, Band::new).add(place);
        count(key, 1);
    }

    void remove(Place place) {
        BandKey key = BandKey.of(place);
        Band band = bands.get(key);
        if (band == null) throw new IllegalStateException("nothing stands at " + place);
        band.remove(place);
        count(key, -1);
        if (band.count() == 0) bands.remove(key);
    }

    @Nullable
    Place first(PlaceSource source) {
        while (!bands.isEmpty()) {
            var head = bands.firstEntry();
            Place first = first(head.getKey(), head.getValue(), source);
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
            Place first = first(entry.getKey(), entry.getValue(), source);
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
    private @Nullable Place first(BandKey key, Band band, PlaceSource source) {
        long before = band.count();
        Place first = band.first(source);
        count(key, band.count() - before);
        if (first == null) bands.remove(key);
        return first;
    }

    private void count(BandKey key, long change) {
        count += change;
        if (key.rank() > 0) prioritized += change;
    }
}
