package dev.aurochs.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts off what a power cut left behind the last whole record of the newest log. RocksDB would do the same, were it not
 * that some tails which cross a block make it read the same bytes for ever (its issue 13333).
 *
 * <p>A log is a row of blocks of 32 KiB; a record lies in one block or in several pieces, each behind its checksum,
 * length and kind.
 */
final class LogEnd {
    private static final Logger LOG = LoggerFactory.getLogger(LogEnd.class);
    private static final int BLOCK = 32 << 10;
    private static final int HEADER = 7;
    private static final int FIRST_PIECE = 2;
    private static final int MIDDLE_PIECE = 3;
    private static final int MASK = 0xa282ead8;

    private LogEnd() {}

    /** Does nothing while another process has the store; this one must not have it open. */
    static void cut(Path folder) throws IOException {
        Optional<Path> newest;
        try (Stream<Path> files = Files.list(folder)) {
            newest = files.filter(file -> file.toString().endsWith(".log")).max(Comparator.naturalOrder());
        }
        if (newest.isEmpty()) return;
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) cutLog(newest.get());
        }
    }

    private static void cutLog(Path log) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log)).order(ByteOrder.LITTLE_ENDIAN);
        int end = wholeRecords(bytes);
        if (end == bytes.limit()) return;
        Path aside = log.resolveSibling("aurochs-cut-" + log.getFileName());
        Files.copy(log, aside, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(end);
            channel.force(true);
        }
        LOG.warn(
                "the log {} ended with {} bytes that are no whole record; cut off, with a copy of it all in {}",
                log,
                bytes.limit() - end,
                aside.getFileName());
    }

    /** Where the last record ends before the first byte that belongs to none. */
    static int wholeRecords(ByteBuffer log) {
        int end = 0;
        int at = 0;
        while (true) {
            int left = BLOCK - at % BLOCK;
            if (left < HEADER) at += left;
            if (at + HEADER > log.limit()) return end;
            int length = log.getShort(at + 4) & 0xFFFF;
            int next = at + HEADER + length;
            if (next > log.limit() || next > (at / BLOCK + 1) * BLOCK) return end;
            if (log.getInt(at) != checksum(log, at + 6, length + 1)) return end;
            int kind = log.get(at + 6);
            if (kind != FIRST_PIECE && kind != MIDDLE_PIECE) end = next;
            at = next;
        }
    }

    private static int checksum(ByteBuffer log, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(log.array(), from, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }
}
