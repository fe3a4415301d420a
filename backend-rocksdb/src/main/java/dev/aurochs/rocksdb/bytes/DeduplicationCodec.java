package dev.aurochs.rocksdb.bytes;

import dev.aurochs.engine.store.DeduplicationRow;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.QueueName;
import java.time.Instant;

/** The deduplication row: owner, end of its time, and the next job, each if any. Queue and id stand in the key. */
public final class DeduplicationCodec {
    private static final int FORMAT = 1;

    private DeduplicationCodec() {}

    public static byte[] encode(DeduplicationRow row) {
        ByteWriter out = ByteWriter.ofFormat(FORMAT);
        JobId owner = row.owner();
        Instant until = row.until();
        JobBody next = row.next();
        out.flag(owner != null);
        if (owner != null) out.text(owner.value());
        out.flag(until != null);
        if (until != null) out.moment(until);
        out.flag(next != null);
        if (next != null) out.text(next.ref().id().value()).bytes(BodyCodec.encode(next));
        return out.toBytes();
    }

    /** Throws {@link MalformedBytesException}. */
    public static DeduplicationRow decode(QueueName queue, String id, byte[] bytes) {
        return ByteReader.read(bytes, FORMAT, in -> {
            JobId owner = in.flag() ? JobId.of(in.text()) : null;
            Instant until = in.flag() ? in.moment() : null;
            return new DeduplicationRow(queue, id, owner, until, in.flag() ? next(queue, in) : null);
        });
    }

    private static JobBody next(QueueName queue, ByteReader in) {
        return BodyCodec.decode(new JobRef(queue, JobId.of(in.text())), in.bytes());
    }
}
