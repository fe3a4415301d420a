package dev.aurochs.rocksdb.bytes;

import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.job.ScheduleSlot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The body row: name, payload, moment of creation, options, then parent, schedule and foreign options if any. */
public final class BodyCodec {
    private static final int FORMAT = 1;
    private static final int PARENT = 1;
    private static final int SCHEDULE = 2;
    private static final int FOREIGN = 4;

    private BodyCodec() {}

    public static byte[] encode(JobBody body) {
        ByteWriter out = ByteWriter.ofFormat(FORMAT);
        ParentLink parent = body.parent();
        ScheduleSlot schedule = body.schedule();
        Json foreign = body.foreignOptions();
        out.octet((parent == null ? 0 : PARENT) | (schedule == null ? 0 : SCHEDULE) | (foreign == null ? 0 : FOREIGN));
        out.text(body.name()).text(body.payload().text()).moment(body.createdAt());
        OptionsCodec.write(body.options(), out);
        if (parent != null) {
            RefCodec.write(parent.parent(), out);
            out.octet(Codes.POLICIES.indexOf(parent.onFailure()));
        }
        if (schedule != null)
            RecurrenceCodec.write(
                    schedule.recurrence(),
                    out.text(schedule.scheduleId()).number(schedule.count()).moment(schedule.slot()));
        if (foreign != null) out.text(foreign.text());
        return out.toBytes();
    }

    /** Throws {@link MalformedBytesException}. */
    public static JobBody decode(JobRef job, byte[] bytes) {
        return ByteReader.read(bytes, FORMAT, in -> read(job, in));
    }

    private static JobBody read(JobRef job, ByteReader in) {
        int mask = in.octet();
        String name = in.text();
        Json payload = new Json(in.text());
        Instant createdAt = in.moment();
        JobOptions options = OptionsCodec.read(in);
        ParentLink parent = (mask & PARENT) == 0 ? null : parent(in);
        ScheduleSlot schedule = (mask & SCHEDULE) == 0 ? null : schedule(in);
        @Nullable Json foreign = (mask & FOREIGN) == 0 ? null : new Json(in.text());
        return new JobBody(job, name, payload, options, createdAt, parent, schedule, foreign);
    }

    private static ParentLink parent(ByteReader in) {
        return new ParentLink(RefCodec.read(in), Codes.value(Codes.POLICIES, in.octet()));
    }

    private static ScheduleSlot schedule(ByteReader in) {
        return new ScheduleSlot(in.text(), in.number(), in.moment(), RecurrenceCodec.read(in));
    }
}
