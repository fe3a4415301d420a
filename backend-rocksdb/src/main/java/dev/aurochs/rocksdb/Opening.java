package dev.aurochs.rocksdb;

import dev.aurochs.queue.job.BackendCorruptException;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.job.QueueException;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.rocksdb.bytes.BandKey;
import dev.aurochs.rocksdb.bytes.BandRow;
import dev.aurochs.rocksdb.bytes.Keyspace;
import dev.aurochs.rocksdb.bytes.MalformedBytesException;
import dev.aurochs.rocksdb.bytes.NumberCodec;
import dev.aurochs.rocksdb.bytes.QueueCodec;
import dev.aurochs.rocksdb.bytes.Table;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that was opened, with what belongs in memory.
 *
 * @param ownerEpoch the number of this opening, on disk before anything else is written
 */
record Opening(Database database, Memory memory, long ownerEpoch) {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    private static final byte[] EPOCH = Keyspace.meta("owner-epoch");

    /** One at a time in this process: a lock on a file ends when the process closes that file anywhere. */
    static synchronized Opening of(Folder folder) {
        folder.cutLog();
        Database database = open(folder);
        try {
            folder.sign();
            Opening opening = new Opening(database, new Memory(), begin(database));
            opening.loadQueues();
            opening.loadBands();
            return opening;
        } catch (RuntimeException | Error refused) {
            database.close();
            folder.release();
            throw refused;
        }
    }

    private static Database open(Folder folder) {
        try {
            return Database.open(folder.path());
        } catch (RocksDBException refused) {
            throw refusal(folder, refused);
        }
    }

    private static QueueException refusal(Folder folder, RocksDBException refused) {
        Status status = refused.getStatus();
        String message = String.valueOf(refused.getMessage());
        String store = "the RocksDB store in " + folder.path();
        if (status != null && status.getCode() == Status.Code.IOError && message.contains("lock"))
            return folder.inUse(refused);
        if (status != null && status.getCode() == Status.Code.IOError)
            return new BackendUnavailableException(
                    store + " cannot be opened (" + message + "); mend what that says, then open it again",
                    Outcome.NOT_APPLIED,
                    refused);
        return new BackendCorruptException(
                store + " is damaged (" + message + "); check the disk, and restore the folder from a backup", refused);
    }

    /** Counts this opening, and ends every session: their processes are gone. A job without session is recovered. */
    private static long begin(Database database) {
        byte[] row = database.get(EPOCH);
        try {
            long epoch = row == null ? 1 : NumberCodec.decode(row) + 1;
            Changes changes = new Changes();
            changes.put(EPOCH, NumberCodec.encode(epoch));
            database.scan(Keyspace.all(Table.SESSIONS), false, (key, session) -> {
                changes.delete(changes.others, key);
                return true;
            });
            database.write(changes);
            database.flush(true);
            return epoch;
        } catch (MalformedBytesException malformed) {
            throw unreadable("the row owner-epoch", malformed);
        }
    }

    private static BackendCorruptException unreadable(String what, MalformedBytesException malformed) {
        String problem = what + " cannot be read: " + malformed.getMessage();
        return new BackendCorruptException(problem + "; restore the folder from a backup", malformed);
    }

    private void loadQueues() {
        database.scan(Keyspace.all(Table.QUEUES), false, (key, row) -> {
            String what = "the name of a queue";
            try {
                QueueName queue = Keyspace.queue(key);
                what = "the row of queue '" + queue + "'";
                memory.queues.put(queue, QueueCodec.decode(queue, row));
                return true;
            } catch (MalformedBytesException malformed) {
                throw unreadable(what, malformed);
            }
        });
    }

    private void loadBands() {
        BandRows rows = new BandRows(database);
        Map<BandKey, BandRow> bands;
        try {
            bands = rows.load();
        } catch (MalformedBytesException malformed) {
            LOG.warn("the row of a band cannot be read; all places are counted again", malformed);
            bands = rows.counted();
            rows.replace(bands);
        }
        bands.forEach(memory.heads::restore);
    }
}
