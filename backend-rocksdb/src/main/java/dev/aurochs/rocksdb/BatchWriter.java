package dev.aurochs.rocksdb;

import dev.aurochs.rocksdb.bytes.BandCodec;
import dev.aurochs.rocksdb.bytes.BodyCodec;
import dev.aurochs.rocksdb.bytes.KeyRange;
import dev.aurochs.rocksdb.bytes.Keyspace;
import dev.aurochs.rocksdb.bytes.QueueCodec;
import dev.aurochs.rocksdb.bytes.SessionCodec;
import dev.aurochs.rocksdb.bytes.StateCodec;
import dev.aurochs.rocksdb.bytes.Table;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Turns changes into one write batch. */
record BatchWriter(WriteBatch batch, Function<Table, ColumnFamilyHandle> families) {
    void write(Changes changes) throws RocksDBException {
        for (KeyRange range : changes.dropped)
            batch.deleteRange(families.apply(range.table()), range.from(), range.until());
        write(Table.STATES, changes.states, Keyspace::state, StateCodec::encode);
        write(Table.BODIES, changes.bodies, Keyspace::body, BodyCodec::encode);
        write(Table.QUEUES, changes.queues, Keyspace::queue, QueueCodec::encode);
        write(Table.SESSIONS, changes.sessions, Keyspace::session, SessionCodec::encode);
        write(Table.BANDS, changes.bands, Keyspace::band, BandCodec::encode);
        ColumnFamilyHandle places = families.apply(Table.PLACES);
        for (var place : changes.places.entrySet()) {
            byte[] key = Keyspace.place(place.getKey());
            PlaceChange change = place.getValue();
            if (change.there()) batch.put(places, key, change.row());
            else batch.delete(places, key);
        }
        for (var row : changes.others.entrySet())
            write(families.apply(Table.of(row.getKey())), row.getKey(), row.getValue());
    }

    private <K, V> void write(
            Table table, Map<K, Optional<V>> rows, Function<K, byte[]> key, Function<V, byte[]> encoding)
            throws RocksDBException {
        ColumnFamilyHandle family = families.apply(table);
        for (var row : rows.entrySet())
            write(family, key.apply(row.getKey()), row.getValue().map(encoding));
    }

    private void write(ColumnFamilyHandle family, byte[] key, Optional<byte[]> row) throws RocksDBException {
        if (row.isPresent()) batch.put(family, key, row.get());
        else batch.delete(family, key);
    }
}
