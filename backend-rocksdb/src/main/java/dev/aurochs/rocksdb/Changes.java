package dev.aurochs.rocksdb;

import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.QueueRow;
import dev.aurochs.engine.store.SessionRow;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.SessionId;
import dev.aurochs.rocksdb.bytes.BandKey;
import dev.aurochs.rocksdb.bytes.BandRow;
import dev.aurochs.rocksdb.bytes.BodyKey;
import dev.aurochs.rocksdb.bytes.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a step, or several steps in a row, have changed: the newest version of each row, empty where a row was deleted.
 * Rows that every step touches are kept decoded, so that many steps on one row become one write.
 */
final class Changes {
    /** About what a row without long texts weighs. */
    static final int ROW = 200;

    final Map<JobRef, Optional<StateRow>> states = new HashMap<>();
    final Map<BodyKey, Optional<JobBody>> bodies = new HashMap<>();
    final Map<QueueName, Optional<QueueRow>> queues = new HashMap<>();
    final Map<SessionId, Optional<SessionRow>> sessions = new HashMap<>();
    final Map<BandKey, Optional<BandRow>> bands = new HashMap<>();
    /** In the order of their keys. */
    final NavigableMap<Place, PlaceChange> places = new TreeMap<>(BandKey.PLACES);
    /** All other rows, as bytes. */
    final NavigableMap<byte[], Optional<byte[]>> others = new TreeMap<>(Arrays::compareUnsigned);
    /** Ranges deleted as a whole; they do not touch what {@link #others} has. */
    final List<KeyRange> dropped = new ArrayList<>();

    private long weight;

    boolean isEmpty() {
        return weight == 0;
    }

    /** About how many bytes this holds in memory. */
    long weight() {
        return weight;
    }

    <K, V> void put(Map<K, Optional<V>> table, K key, V row, int weight) {
        table.put(key, Optional.of(row));
        this.weight += weight;
    }

    <K, V> void delete(Map<K, Optional<V>> table, K key) {
        table.put(key, Optional.empty());
        weight += ROW;
    }

    void put(byte[] key, byte[] row) {
        put(others, key, row, ROW + row.length);
    }

    void put(Place place, PlaceChange change) {
        PlaceChange both = change.after(places.get(place));
        if (both == null) places.remove(place);
        else places.put(place, both);
        weight += ROW;
    }

    void drop(KeyRange range) {
        others.subMap(range.from(), range.until()).clear();
        dropped.add(range);
        weight += ROW;
    }

    boolean hasDropped(byte[] key) {
        for (KeyRange range : dropped) if (range.contains(key)) return true;
        return false;
    }

    /** Takes over what a later step changed. */
    void absorb(Changes later) {
        later.dropped.forEach(this::drop);
        states.putAll(later.states);
        bodies.putAll(later.bodies);
        queues.putAll(later.queues);
        sessions.putAll(later.sessions);
        bands.putAll(later.bands);
        for (var place : later.places.entrySet()) put(place.getKey(), place.getValue());
        others.putAll(later.others);
        weight += later.weight;
    }
}
