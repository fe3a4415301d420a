package dev.aurochs.rocksdb.bytes;

import dev.aurochs.queue.job.Recurrence;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A recurrence inside a row: a mask of what it has; interval and offset, or expression and zone; then the bounds. */
final class RecurrenceCodec {
    private static final int EVERY = 1;
    private static final int LIMIT = 2;
    private static final int START = 4;
    private static final int END = 8;

    private RecurrenceCodec() {}

    static void write(Recurrence recurrence, ByteWriter out) {
        Duration every = recurrence.every();
        Long limit = recurrence.limit();
        Instant start = recurrence.start();
        Instant end = recurrence.end();
        out.octet((every == null ? 0 : EVERY)
                | (limit == null ? 0 : LIMIT)
                | (start == null ? 0 : START)
                | (end == null ? 0 : END));
        if (every != null) out.span(every).span(recurrence.offset());
        else out.text(String.valueOf(recurrence.cron())).text(String.valueOf(recurrence.zone()));
        if (limit != null) out.number(limit);
        if (start != null) out.moment(start);
        if (end != null) out.moment(end);
    }

    static Recurrence read(ByteReader in) {
        int mask = in.octet();
        boolean byInterval = (mask & EVERY) != 0;
        @Nullable Duration every = byInterval ? in.span() : null;
        Duration offset = byInterval ? in.span() : Duration.ZERO;
        @Nullable String cron = byInterval ? null : in.text();
        @Nullable String zone = byInterval ? null : in.text();
        @Nullable Long limit = (mask & LIMIT) == 0 ? null : in.number();
        @Nullable Instant start = (mask & START) == 0 ? null : in.moment();
        @Nullable Instant end = (mask & END) == 0 ? null : in.moment();
        return new Recurrence(every, offset, cron, zone, limit, start, end);
    }
}
