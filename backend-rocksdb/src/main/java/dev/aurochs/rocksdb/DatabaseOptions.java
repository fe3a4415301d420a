package dev.aurochs.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aurochs.rocksdb.bytes.Table;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksObject;
import org.rocksdb.WALRecoveryMode;

/**
 * How RocksDB is set up for queues. Nothing here is a user's to set: memory stays below about 150 MB however long the
 * backlog is, and the log is flushed by {@link Flusher} alone.
 */
final class DatabaseOptions implements AutoCloseable {
    private static final long MIB = 1 << 20;
    /** Four shards: in one of the usual 64 an index of a large file would find no room, and be read at every look. */
    private static final int CACHE_SHARD_BITS = 2;

    /** Most rows are deleted soon: the longer they wait for a compaction, the fewer it meets. */
    private static final int FILES_BEFORE_COMPACTION = 12;

    /**
     * A log that is full flushes every family, small ones too, so this is roomy. After a crash it is read, in seconds.
     */
    private static final long LOG_SIZE = 192 * MIB;

    /**
     * None for what is young: level 0 and the level it goes to, which hold everything up to some gigabytes. Most of it
     * is gone before compressing it would have been worth it.
     */
    private static final List<CompressionType> COMPRESSION =
            List.of(CompressionType.NO_COMPRESSION, CompressionType.NO_COMPRESSION, CompressionType.LZ4_COMPRESSION);

    private final Deque<RocksObject> open = new ArrayDeque<>();
    private final Cache blocks = keep(new LRUCache(32 * MIB, CACHE_SHARD_BITS));
    private final BlockBasedTableConfig tables = new BlockBasedTableConfig()
            .setBlockCache(blocks)
            .setCacheIndexAndFilterBlocks(true)
            .setIndexType(IndexType.kTwoLevelIndexSearch)
            .setPartitionFilters(true)
            .setPinTopLevelIndexAndFilter(true)
            .setFilterPolicy(keep(new BloomFilter(10)));

    /** Options of the whole database. */
    DBOptions database() {
        return keep(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setManualWalFlush(true)
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                .setDbWriteBufferSize(64 * MIB)
                .setMaxTotalWalSize(LOG_SIZE)
                .setMaxBackgroundJobs(2)
                .setMaxOpenFiles(500)
                .setBytesPerSync(MIB)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(4 * MIB)
                .setKeepLogFileNum(3)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    ColumnFamilyDescriptor family(Table.Store store) {
        return new ColumnFamilyDescriptor(store.family().getBytes(UTF_8), options());
    }

    private ColumnFamilyOptions options() {
        return keep(new ColumnFamilyOptions())
                .setTableFormatConfig(tables)
                .setWriteBufferSize(16 * MIB)
                .setMaxWriteBufferNumber(3)
                .setLevel0FileNumCompactionTrigger(FILES_BEFORE_COMPACTION)
                .setCompressionPerLevel(COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true);
    }

    private <T extends RocksObject> T keep(T object) {
        open.push(object);
        return object;
    }

    @Override
    public void close() {
        open.forEach(RocksObject::close);
        open.clear();
    }
}
