package dev.aurochs.rocksdb;

import dev.aurochs.rocksdb.bytes.Keyspace;
import dev.aurochs.rocksdb.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;

/** Collects places out of their keys, after it has passed over some. A key that is no place is left out. */
final class PlaceCollector implements RowSink {
    private final List<FoundPlace> found = new ArrayList<>();
    private final int max;
    private long skip;

    PlaceCollector(long skip, int max) {
        this.skip = skip;
        this.max = max;
    }

    @Override
    public boolean accept(byte[] key, byte[] row) {
        if (isFull()) return false;
        if (skip > 0) skip--;
        else add(key, row);
        return !isFull();
    }

    /** True when all of {@code count} places are to be passed over; then they have been. */
    boolean skips(long count) {
        if (count > skip) return false;
        skip -= count;
        return true;
    }

    boolean isFull() {
        return found.size() >= max;
    }

    List<FoundPlace> found() {
        return found;
    }

    private void add(byte[] key, byte[] row) {
        try {
            found.add(new FoundPlace(Keyspace.place(key), row));
        } catch (MalformedBytesException noPlace) {
            // nothing stands there that could be shown or run
        }
    }
}
