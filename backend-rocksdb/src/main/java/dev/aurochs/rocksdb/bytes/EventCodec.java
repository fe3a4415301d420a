package dev.aurochs.rocksdb.bytes;

import dev.aurochs.engine.store.EventRow;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The event row: how many events, then for each its code in the table below, its queue if that is not the row's own,
 * its
 * job if it is about one, the moment, and what the kind adds. Queue and seq stand in the key.
 */
public final class EventCodec {
    private static final int FORMAT = 1;
    private static final int OTHER_QUEUE = 0x80;

    /** The position is the code on the disk. Only ever append. */
    private static final Kind<?>[] KINDS = {
        job(
                QueueEvent.Added.class,
                (out, e) -> out.text(e.name()),
                (in, job, at) -> new QueueEvent.Added(job, at, in.text())),
        job(
                QueueEvent.Waiting.class,
                (out, e) -> writeState(out, e.from()),
                (in, job, at) -> new QueueEvent.Waiting(job, at, state(in))),
        job(
                QueueEvent.Delayed.class,
                (out, e) -> out.moment(e.dueAt()),
                (in, job, at) -> new QueueEvent.Delayed(job, at, in.moment())),
        job(
                QueueEvent.WaitingChildren.class,
                (out, e) -> writeState(out, e.from()),
                (in, job, at) -> new QueueEvent.WaitingChildren(job, at, state(in))),
        job(QueueEvent.Active.class, (out, e) -> {}, (in, job, at) -> new QueueEvent.Active(job, at)),
        job(
                QueueEvent.Progress.class,
                (out, e) -> out.text(e.progress().text()),
                (in, job, at) -> new QueueEvent.Progress(job, at, new Json(in.text()))),
        job(
                QueueEvent.Completed.class,
                (out, e) -> out.text(e.result().text()),
                (in, job, at) -> new QueueEvent.Completed(job, at, new Json(in.text()))),
        job(
                QueueEvent.Failed.class,
                (out, e) -> out.text(e.reason()),
                (in, job, at) -> new QueueEvent.Failed(job, at, in.text())),
        job(
                QueueEvent.RetriesExhausted.class,
                (out, e) -> out.number(e.attemptsMade()),
                (in, job, at) -> new QueueEvent.RetriesExhausted(job, at, in.smallNumber())),
        job(QueueEvent.Stalled.class, (out, e) -> {}, (in, job, at) -> new QueueEvent.Stalled(job, at)),
        job(
                QueueEvent.Removed.class,
                (out, e) -> writeState(out, Optional.of(e.from())),
                (in, job, at) -> new QueueEvent.Removed(job, at, state(in).orElseThrow())),
        job(QueueEvent.Duplicated.class, (out, e) -> {}, (in, job, at) -> new QueueEvent.Duplicated(job, at)),
        job(
                QueueEvent.Deduplicated.class,
                (out, e) -> out.text(e.deduplicationId()).text(e.refused().value()),
                (in, job, at) -> new QueueEvent.Deduplicated(job, at, in.text(), JobId.of(in.text()))),
        queue(QueueEvent.Drained.class, (out, e) -> {}, (in, queue, at) -> new QueueEvent.Drained(queue, at)),
        queue(QueueEvent.Paused.class, (out, e) -> {}, (in, queue, at) -> new QueueEvent.Paused(queue, at)),
        queue(QueueEvent.Resumed.class, (out, e) -> {}, (in, queue, at) -> new QueueEvent.Resumed(queue, at)),
        queue(
                QueueEvent.Cleaned.class,
                (out, e) -> out.number(e.count()),
                (in, queue, at) -> new QueueEvent.Cleaned(queue, at, in.number())),
        queue(
                QueueEvent.Custom.class,
                (out, e) -> writeFields(out.text(e.name()), e.fields()),
                (in, queue, at) -> new QueueEvent.Custom(queue, at, in.text(), fields(in))),
        queue(
                QueueEvent.Unknown.class,
                (out, e) -> writeFields(out.text(e.name()), e.fields()),
                (in, queue, at) -> new QueueEvent.Unknown(queue, at, in.text(), fields(in))),
    };

    private EventCodec() {}

    public static byte[] encode(QueueName queue, EventRow row) {
        ByteWriter out = ByteWriter.ofFormat(FORMAT).unsigned(row.events().size());
        for (QueueEvent event : row.events()) {
            int code = code(event);
            boolean other = !event.queue().equals(queue);
            out.octet(other ? code | OTHER_QUEUE : code);
            if (other) out.text(event.queue().value());
            KINDS[code].write(event, out);
        }
        return out.toBytes();
    }

    /** Throws {@link MalformedBytesException}. */
    public static EventRow decode(QueueName queue, long seq, byte[] bytes) {
        return ByteReader.read(bytes, FORMAT, in -> {
            List<QueueEvent> events = new ArrayList<>();
            for (int left = in.length(); left > 0; left--) events.add(event(queue, in));
            return new EventRow(seq, events);
        });
    }

    private static QueueEvent event(QueueName queue, ByteReader in) {
        int code = in.octet();
        boolean other = (code & OTHER_QUEUE) != 0;
        int kind = code & ~OTHER_QUEUE;
        if (kind >= KINDS.length) throw new MalformedBytesException("it has an event of the unknown kind " + kind);
        return KINDS[kind].read(in, other ? QueueName.of(in.text()) : queue);
    }

    private static int code(QueueEvent event) {
        for (int code = 0; code < KINDS.length; code++) if (KINDS[code].type() == event.getClass()) return code;
        throw new IllegalArgumentException("no code for events of " + event.getClass());
    }

    private interface Kind<E extends QueueEvent> {
        Class<E> type();

        void write(QueueEvent event, ByteWriter out);

        E read(ByteReader in, QueueName queue);
    }

    private interface Reading<S, E> {
        E read(ByteReader in, S subject, Instant at);
    }

    private record OfJob<E extends QueueEvent.OfJob>(
            Class<E> type, BiConsumer<ByteWriter, E> writing, Reading<JobRef, E> reading) implements Kind<E> {
        @Override
        public void write(QueueEvent event, ByteWriter out) {
            E own = type.cast(event);
            out.text(own.job().id().value()).moment(own.at());
            writing.accept(out, own);
        }

        @Override
        public E read(ByteReader in, QueueName queue) {
            return reading.read(in, new JobRef(queue, JobId.of(in.text())), in.moment());
        }
    }

    private record OfQueue<E extends QueueEvent>(
            Class<E> type, BiConsumer<ByteWriter, E> writing, Reading<QueueName, E> reading) implements Kind<E> {
        @Override
        public void write(QueueEvent event, ByteWriter out) {
            out.moment(event.at());
            writing.accept(out, type.cast(event));
        }

        @Override
        public E read(ByteReader in, QueueName queue) {
            return reading.read(in, queue, in.moment());
        }
    }

    private static <E extends QueueEvent.OfJob> Kind<E> job(
            Class<E> type, BiConsumer<ByteWriter, E> writing, Reading<JobRef, E> reading) {
        return new OfJob<>(type, writing, reading);
    }

    private static <E extends QueueEvent> Kind<E> queue(
            Class<E> type, BiConsumer<ByteWriter, E> writing, Reading<QueueName, E> reading) {
        return new OfQueue<>(type, writing, reading);
    }

    private static void writeState(ByteWriter out, Optional<JobState> state) {
        out.octet(state.map(Codes.STATES::indexOf).orElse(-1) + 1);
    }

    private static Optional<JobState> state(ByteReader in) {
        int code = in.octet();
        return code == 0 ? Optional.empty() : Optional.of(Codes.value(Codes.STATES, code - 1));
    }

    private static void writeFields(ByteWriter out, Map<String, String> fields) {
        out.unsigned(fields.size());
        fields.forEach((name, value) -> out.text(name).text(value));
    }

    private static Map<String, String> fields(ByteReader in) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int left = in.length(); left > 0; left--) fields.put(in.text(), in.text());
        return fields;
    }
}
