package dev.aurochs.rocksdb.bytes;

import dev.aurochs.engine.store.Place;
import dev.aurochs.queue.job.JobId;

/** The band row: count, then rank, seq and id of the cursor. Queue, state and lane stand in the key. */
public final class BandCodec {
    private static final int FORMAT = 1;

    private BandCodec() {}

    public static byte[] encode(BandRow row) {
        Place cursor = row.cursor();
        return ByteWriter.ofFormat(FORMAT)
                .number(row.count())
                .number(cursor.rank())
                .number(cursor.seq())
                .text(cursor.id().value())
                .toBytes();
    }

    /** Throws {@link MalformedBytesException}. */
    public static BandRow decode(BandKey band, byte[] bytes) {
        return ByteReader.read(
                bytes,
                FORMAT,
                in -> new BandRow(
                        in.number(),
                        new Place(
                                band.queue(),
                                band.state(),
                                band.lane(),
                                in.number(),
                                in.number(),
                                JobId.of(in.text()))));
    }
}
