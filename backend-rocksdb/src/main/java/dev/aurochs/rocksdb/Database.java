package dev.aurochs.rocksdb;

import dev.aurochs.queue.job.BackendCorruptException;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.job.QueueException;
import dev.aurochs.rocksdb.bytes.KeyRange;
import dev.aurochs.rocksdb.bytes.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** The open RocksDB and all native objects that belong to it. Thread-safe; not to be used once {@link #close} began. */
final class Database implements Disk, AutoCloseable {
    private final DatabaseOptions options;
    private final RocksDB rocks;
    private final Map<Table.Store, ColumnFamilyHandle> families = new EnumMap<>(Table.Store.class);
    private final ReadOptions reading = new ReadOptions();
    private final WriteOptions writing = new WriteOptions();
    private final LongAdder scanned = new LongAdder();

    private Database(DatabaseOptions options, RocksDB rocks, List<ColumnFamilyHandle> handles) {
        this.options = options;
        this.rocks = rocks;
        for (Table.Store store : Table.Store.values()) families.put(store, handles.get(store.ordinal()));
    }

    /** Throws what RocksDB says, when it cannot be opened. */
    static Database open(Path folder) throws RocksDBException {
        DatabaseOptions options = new DatabaseOptions();
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (Table.Store store : Table.Store.values()) descriptors.add(options.family(store));
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            RocksDB rocks = RocksDB.open(options.database(), folder.toString(), descriptors, handles);
            return new Database(options, rocks, handles);
        } catch (RocksDBException refused) {
            options.close();
            throw refused;
        }
    }

    byte @Nullable [] get(byte[] key) {
        try {
            return rocks.get(family(Table.of(key)), reading, key);
        } catch (RocksDBException failed) {
            throw problem("read a row", failed);
        }
    }

    /** The rows of many keys of one table, in their order; null where there is none. */
    List<byte @Nullable []> get(Table table, List<byte[]> keys) {
        if (keys.isEmpty()) return List.of();
        try {
            return rocks.multiGetAsList(reading, Collections.nCopies(keys.size(), family(table)), keys);
        } catch (RocksDBException failed) {
            throw problem("read rows", failed);
        }
    }

    /** Shows the rows of a range in key order, or against it, until the sink has enough. Steps over nothing outside. */
    void scan(KeyRange range, boolean backwards, RowSink sink) {
        Table table = range.table();
        try (Slice from = new Slice(range.from());
                Slice until = new Slice(range.until());
                ReadOptions bounded =
                        new ReadOptions().setIterateLowerBound(from).setIterateUpperBound(until);
                RocksIterator rows = rocks.newIterator(family(table), bounded)) {
            if (backwards) rows.seekToLast();
            else rows.seekToFirst();
            while (rows.isValid()) {
                scanned.increment();
                if (!sink.accept(rows.key(), rows.value())) return;
                if (backwards) rows.prev();
                else rows.next();
            }
            rows.status();
        } catch (RocksDBException failed) {
            throw problem("read " + table, failed);
        }
    }

    @Override
    public void write(Changes changes) {
        try (WriteBatch batch = new WriteBatch((int) Math.min(changes.weight(), 1 << 20))) {
            new BatchWriter(batch, this::family).write(changes);
            rocks.write(writing, batch);
        } catch (RocksDBException failed) {
            throw problem("write", failed);
        }
    }

    @Override
    public void flush(boolean sync) {
        try {
            rocks.flushWal(sync);
        } catch (RocksDBException failed) {
            throw problem("flush its log", failed);
        }
    }

    /** Reads all files and compares them with their checksums. */
    void verify() {
        try {
            rocks.verifyChecksum();
        } catch (RocksDBException failed) {
            throw problem("verify its files", failed);
        }
    }

    /** How many rows scans have shown so far. */
    long scanned() {
        return scanned.sum();
    }

    RocksDB rocks() {
        return rocks;
    }

    @Override
    public void close() {
        families.values().forEach(ColumnFamilyHandle::close);
        rocks.close();
        reading.close();
        writing.close();
        options.close();
    }

    private ColumnFamilyHandle family(Table table) {
        ColumnFamilyHandle handle = families.get(table.store());
        if (handle == null) throw new IllegalStateException("no column family for " + table);
        return handle;
    }

    private static QueueException problem(String doing, RocksDBException failed) {
        Status status = failed.getStatus();
        if (status != null && status.getCode() == Status.Code.Corruption)
            return new BackendCorruptException(
                    "RocksDB found damage when it tried to " + doing + " (" + failed.getMessage()
                            + "); check the disk, and restore the folder from a backup",
                    failed);
        return new BackendUnavailableException(
                "RocksDB could not " + doing + " (" + failed.getMessage() + ")", Outcome.NOT_APPLIED, failed);
    }
}
