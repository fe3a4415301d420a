package dev.aurochs.rocksdb.bytes;

import dev.aurochs.engine.store.ScheduleRow;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Schedule;

/** The schedule row: recurrence, job name, payload and options, then where it stands. Queue and id stand in the key. */
public final class ScheduleCodec {
    private static final int FORMAT = 1;

    private ScheduleCodec() {}

    public static byte[] encode(ScheduleRow row) {
        Schedule schedule = row.schedule();
        ByteWriter out = ByteWriter.ofFormat(FORMAT);
        RecurrenceCodec.write(schedule.recurrence(), out);
        out.text(schedule.jobName()).text(schedule.payload().text());
        OptionsCodec.write(schedule.options(), out);
        out.span(row.offset()).number(row.runs()).moment(row.slot()).flag(row.over());
        return out.toBytes();
    }

    /** Throws {@link MalformedBytesException}. */
    public static ScheduleRow decode(QueueName queue, String id, byte[] bytes) {
        return ByteReader.read(
                bytes,
                FORMAT,
                in -> new ScheduleRow(
                        new Schedule(
                                queue,
                                id,
                                RecurrenceCodec.read(in),
                                in.text(),
                                new Json(in.text()),
                                OptionsCodec.read(in)),
                        in.span(),
                        in.number(),
                        in.moment(),
                        in.flag()));
    }
}
