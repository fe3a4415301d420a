package dev.aurochs.rocksdb.bytes;

import dev.aurochs.engine.store.SessionRow;
import dev.aurochs.queue.job.SessionId;

/** The session row: expiry and owner epoch. The id stands in the key. */
public final class SessionCodec {
    private static final int FORMAT = 1;

    private SessionCodec() {}

    public static byte[] encode(SessionRow row) {
        return ByteWriter.ofFormat(FORMAT)
                .moment(row.expiresAt())
                .number(row.ownerEpoch())
                .toBytes();
    }

    /** Throws {@link MalformedBytesException}. */
    public static SessionRow decode(SessionId id, byte[] bytes) {
        return ByteReader.read(bytes, FORMAT, in -> new SessionRow(id, in.moment(), in.number()));
    }
}
