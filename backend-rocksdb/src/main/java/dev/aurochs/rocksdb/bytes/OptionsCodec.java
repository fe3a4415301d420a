package dev.aurochs.rocksdb.bytes;

import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Retention;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Job options inside a body row: a mask of those that differ from the defaults, then these in the order of the table
 * below. The order is the format; only ever append.
 */
final class OptionsCodec {
    private static final Option<?>[] OPTIONS = {
        option(o -> o.id().orElse(null), (out, id) -> out.text(id.value()), (b, in) -> b.id(in.text())),
        option(JobOptions::delay, ByteWriter::span, (b, in) -> b.delay(in.span())),
        option(JobOptions::priority, OptionsCodec::writeNumber, (b, in) -> b.priority(in.smallNumber())),
        option(JobOptions::lifo, ByteWriter::flag, (b, in) -> b.lifo(in.flag())),
        option(JobOptions::attempts, OptionsCodec::writeNumber, (b, in) -> b.attempts(in.smallNumber())),
        option(JobOptions::backoff, OptionsCodec::writeBackoff, (b, in) -> b.backoff(backoff(in))),
        option(
                o -> o.keepCompleted().orElse(null),
                OptionsCodec::writeRetention,
                (b, in) -> b.keepCompleted(retention(in))),
        option(o -> o.keepFailed().orElse(null), OptionsCodec::writeRetention, (b, in) -> b.keepFailed(retention(in))),
        option(o -> o.timeout().orElse(null), ByteWriter::span, (b, in) -> b.timeout(in.span())),
        option(o -> o.expiry().orElse(null), ByteWriter::span, (b, in) -> b.expiry(in.span())),
        option(
                JobOptions::childFailurePolicy,
                (out, policy) -> out.octet(Codes.POLICIES.indexOf(policy)),
                (b, in) -> b.childFailurePolicy(Codes.value(Codes.POLICIES, in.octet()))),
        option(
                o -> o.deduplication().orElse(null),
                OptionsCodec::writeDeduplication,
                (b, in) -> b.deduplication(deduplication(in))),
        option(JobOptions::logLines, OptionsCodec::writeNumber, (b, in) -> b.logLines(in.smallNumber())),
        option(JobOptions::stackTraces, OptionsCodec::writeNumber, (b, in) -> b.stackTraces(in.smallNumber())),
    };

    private OptionsCodec() {}

    static void write(JobOptions options, ByteWriter out) {
        long mask = 0;
        if (!options.equals(JobOptions.defaults()))
            for (int i = 0; i < OPTIONS.length; i++) if (OPTIONS[i].isSet(options)) mask |= 1L << i;
        out.unsigned(mask);
        for (int i = 0; mask >>> i != 0; i++) if ((mask >>> i & 1) != 0) OPTIONS[i].write(options, out);
    }

    static JobOptions read(ByteReader in) {
        long mask = in.unsigned();
        if (mask == 0) return JobOptions.defaults();
        if (mask >>> OPTIONS.length != 0) throw new MalformedBytesException("it has options of a newer version");
        JobOptions.Builder builder = JobOptions.builder();
        for (int i = 0; i < OPTIONS.length; i++) if ((mask >>> i & 1) != 0) OPTIONS[i].reading.apply(builder, in);
        return builder.build();
    }

    private record Option<T>(
            Function<JobOptions, @Nullable T> value,
            BiConsumer<ByteWriter, T> writing,
            BiFunction<JobOptions.Builder, ByteReader, JobOptions.Builder> reading) {
        boolean isSet(JobOptions options) {
            T set = value.apply(options);
            return set != null && !set.equals(value.apply(JobOptions.defaults()));
        }

        void write(JobOptions options, ByteWriter out) {
            T set = value.apply(options);
            if (set != null) writing.accept(out, set);
        }
    }

    private static <T> Option<T> option(
            Function<JobOptions, @Nullable T> value,
            BiConsumer<ByteWriter, T> writing,
            BiFunction<JobOptions.Builder, ByteReader, JobOptions.Builder> reading) {
        return new Option<>(value, writing, reading);
    }

    private static void writeNumber(ByteWriter out, int number) {
        out.number(number);
    }

    private static void writeBackoff(ByteWriter out, Backoff backoff) {
        out.text(backoff.type()).span(backoff.delay()).real(backoff.jitter());
        writeOptional(out, backoff.cap());
    }

    private static Backoff backoff(ByteReader in) {
        String type = in.text();
        Duration delay = in.span();
        double jitter = in.real();
        return new Backoff(type, delay, optionalSpan(in), jitter);
    }

    private static void writeRetention(ByteWriter out, Retention retention) {
        out.number(retention.count()).number(retention.limit());
        writeOptional(out, retention.age());
    }

    private static Retention retention(ByteReader in) {
        long count = in.number();
        int limit = in.smallNumber();
        return new Retention(count, optionalSpan(in), limit);
    }

    private static void writeDeduplication(ByteWriter out, Deduplication deduplication) {
        out.text(deduplication.id());
        writeOptional(out, deduplication.ttl());
        out.flag(deduplication.extend()).flag(deduplication.replace()).flag(deduplication.keepLast());
    }

    private static Deduplication deduplication(ByteReader in) {
        return new Deduplication(in.text(), optionalSpan(in), in.flag(), in.flag(), in.flag());
    }

    private static void writeOptional(ByteWriter out, @Nullable Duration span) {
        out.flag(span != null);
        if (span != null) out.span(span);
    }

    private static @Nullable Duration optionalSpan(ByteReader in) {
        return in.flag() ? in.span() : null;
    }
}
