package dev.aurochs.rocksdb.bytes;

import dev.aurochs.engine.store.QueueRow;
import dev.aurochs.engine.store.RateWindow;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.job.RateLimit;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** The queue row: five counters, the settings, the limiter window. The name stands in the key. */
public final class QueueCodec {
    private static final int FORMAT = 1;

    private QueueCodec() {}

    public static byte[] encode(QueueRow row) {
        ByteWriter out = ByteWriter.ofFormat(FORMAT);
        out.number(row.nextBack()).number(row.nextFront()).number(row.nextId());
        out.number(row.nextEvent()).number(row.firstEvent());
        write(row.settings(), out);
        out.number(row.window().startMs()).number(row.window().used());
        return out.toBytes();
    }

    /** Throws {@link MalformedBytesException}. */
    public static QueueRow decode(QueueName queue, byte[] bytes) {
        return ByteReader.read(
                bytes,
                FORMAT,
                in -> new QueueRow(
                        queue,
                        in.number(),
                        in.number(),
                        in.number(),
                        in.number(),
                        in.number(),
                        settings(in),
                        new RateWindow(in.number(), in.smallNumber())));
    }

    private static void write(QueueSettings settings, ByteWriter out) {
        out.flag(settings.paused()).number(settings.eventCap());
        out.flag(settings.rateLimit().isPresent());
        settings.rateLimit().ifPresent(limit -> out.number(limit.max()).span(limit.window()));
        out.flag(settings.concurrency().isPresent());
        settings.concurrency().ifPresent(out::number);
        out.flag(settings.heldUntil().isPresent());
        settings.heldUntil().ifPresent(out::moment);
    }

    private static QueueSettings settings(ByteReader in) {
        boolean paused = in.flag();
        int eventCap = in.smallNumber();
        Optional<RateLimit> limit =
                in.flag() ? Optional.of(new RateLimit(in.smallNumber(), in.span())) : Optional.empty();
        OptionalInt concurrency = in.flag() ? OptionalInt.of(in.smallNumber()) : OptionalInt.empty();
        Optional<Instant> heldUntil = in.flag() ? Optional.of(in.moment()) : Optional.empty();
        return new QueueSettings(paused, limit, concurrency, heldUntil, eventCap);
    }
}
