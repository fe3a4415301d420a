package dev.aurochs.rocksdb.bytes;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;

/** A child as its parent sees it: status, then result and failure if any. Both jobs stand in the key. */
public final class ChildCodec {
    private static final int FORMAT = 1;

    private ChildCodec() {}

    public static byte[] encode(Child child) {
        ByteWriter out = ByteWriter.ofFormat(FORMAT).octet(Codes.CHILD_STATUSES.indexOf(child.status()));
        out.flag(child.result() != null);
        if (child.result() != null) out.text(child.result().text());
        out.flag(child.failure() != null);
        if (child.failure() != null) out.text(child.failure());
        return out.toBytes();
    }

    /** Throws {@link MalformedBytesException}. */
    public static Child decode(JobRef child, byte[] bytes) {
        return ByteReader.read(bytes, FORMAT, in -> {
            Child.Status status = Codes.value(Codes.CHILD_STATUSES, in.octet());
            Json result = in.flag() ? new Json(in.text()) : null;
            return new Child(child, status, result, in.flag() ? in.text() : null);
        });
    }
}
