package dev.aurochs.rocksdb;

import dev.aurochs.rocksdb.bytes.BandCodec;
import dev.aurochs.rocksdb.bytes.BandKey;
import dev.aurochs.rocksdb.bytes.BandRow;
import dev.aurochs.rocksdb.bytes.Keyspace;
import dev.aurochs.rocksdb.bytes.MalformedBytesException;
import dev.aurochs.rocksdb.bytes.Table;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The stored bands, and how to make them anew out of the places. */
record BandRows(Database database) {
    /** Throws {@link MalformedBytesException} when a row cannot be read. */
    Map<BandKey, BandRow> load() {
        Map<BandKey, BandRow> bands = new HashMap<>();
        database.scan(Keyspace.all(Table.BANDS), false, (key, row) -> {
            BandKey band = Keyspace.band(key);
            bands.put(band, BandCodec.decode(band, row));
            return true;
        });
        return bands;
    }

    /** Counts all places; a key that is no place is left out. */
    Map<BandKey, BandRow> counted() {
        Map<BandKey, BandRow> bands = new HashMap<>();
        database.scan(Keyspace.all(Table.PLACES), false, (key, row) -> {
            PlaceCollector one = new PlaceCollector(0, 1);
            one.accept(key, row);
            for (FoundPlace found : one.found())
                bands.merge(
                        BandKey.of(found.place()),
                        new BandRow(1, found.place()),
                        (known, more) -> new BandRow(known.count() + 1, known.cursor()));
            return true;
        });
        return bands;
    }

    /** Puts {@code bands} in the place of all that is stored, in one go. */
    void replace(Map<BandKey, BandRow> bands) {
        Set<ByteBuffer> kept = new HashSet<>();
        Changes changes = new Changes();
        bands.forEach((band, row) -> {
            kept.add(ByteBuffer.wrap(Keyspace.band(band)));
            changes.put(changes.bands, band, row, Changes.ROW);
        });
        database.scan(Keyspace.all(Table.BANDS), false, (key, row) -> {
            if (!kept.contains(ByteBuffer.wrap(key))) changes.delete(changes.others, key);
            return true;
        });
        if (!changes.isEmpty()) database.write(changes);
    }
}
