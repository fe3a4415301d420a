package dev.aurochs.rocksdb.bytes;

import dev.aurochs.queue.job.Failure;
import java.util.ArrayList;
import java.util.List;

/** The failures of a job in one row, oldest first: mask of type and moment, then the fields. */
public final class FailuresCodec {
    private static final int FORMAT = 1;
    private static final int TYPE = 1;
    private static final int MOMENT = 2;

    private FailuresCodec() {}

    public static byte[] encode(List<Failure> failures) {
        ByteWriter out = ByteWriter.ofFormat(FORMAT).unsigned(failures.size());
        for (Failure failure : failures) {
            out.octet((failure.type() == null ? 0 : TYPE) | (failure.at() == null ? 0 : MOMENT));
            out.text(failure.message()).text(failure.stack());
            if (failure.type() != null) out.text(failure.type());
            if (failure.at() != null) out.moment(failure.at());
        }
        return out.toBytes();
    }

    /** Throws {@link MalformedBytesException}. */
    public static List<Failure> decode(byte[] bytes) {
        return ByteReader.read(bytes, FORMAT, in -> {
            List<Failure> failures = new ArrayList<>();
            for (int left = in.length(); left > 0; left--) failures.add(failure(in));
            return failures;
        });
    }

    private static Failure failure(ByteReader in) {
        int mask = in.octet();
        String message = in.text();
        String stack = in.text();
        String type = (mask & TYPE) == 0 ? null : in.text();
        return new Failure(type, message, stack, (mask & MOMENT) == 0 ? null : in.moment());
    }
}
