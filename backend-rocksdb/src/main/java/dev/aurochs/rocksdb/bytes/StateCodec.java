package dev.aurochs.rocksdb.bytes;

import dev.aurochs.engine.store.Family;
import dev.aurochs.engine.store.Standing;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.job.SessionId;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The state row: state, priority, runs, a mask of the fields that are there, then those fields. The job stands in the
 * key.
 */
public final class StateCodec {
    private static final int FORMAT = 1;

    private StateCodec() {}

    public static byte[] encode(StateRow row) {
        ByteWriter out = ByteWriter.ofFormat(FORMAT);
        JobStatus status = row.status();
        Standing standing = row.standing();
        out.octet(Codes.STATES.indexOf(status.state())).number(status.priority());
        out.number(status.runs().made())
                .number(status.runs().started())
                .number(status.runs().stalls());
        out.number(standing.seq())
                .text(standing.lane())
                .number(standing.addedPriority())
                .number(row.logLines());
        out.unsigned(mask(row));
        if (status.dueAt() != null) out.moment(status.dueAt());
        if (status.startedAt() != null) out.moment(status.startedAt());
        if (status.finishedAt() != null) out.moment(status.finishedAt());
        if (status.worker() != null) out.text(status.worker());
        if (status.progress() != null) out.text(status.progress().text());
        if (status.result() != null) out.text(status.result().text());
        if (status.failedReason() != null) out.text(status.failedReason());
        if (status.deferredFailure() != null) out.text(status.deferredFailure());
        if (status.cancelReason() != null) out.text(status.cancelReason());
        if (standing.session() != null) out.text(standing.session().value());
        if (standing.token() != null) out.text(standing.token().value());
        Family family = row.family();
        if (!family.equals(Family.NONE))
            out.number(family.known()).number(family.pending()).number(family.failed());
        return out.toBytes();
    }

    /** Throws {@link MalformedBytesException}. */
    public static StateRow decode(JobRef job, byte[] bytes) {
        return ByteReader.read(bytes, FORMAT, in -> read(job, in));
    }

    private static long mask(StateRow row) {
        JobStatus status = row.status();
        Object[] fields = {
            status.dueAt(),
            status.startedAt(),
            status.finishedAt(),
            status.worker(),
            status.progress(),
            status.result(),
            status.failedReason(),
            status.deferredFailure(),
            status.cancelReason(),
            row.standing().session(),
            row.standing().token(),
            row.family().equals(Family.NONE) ? null : row.family()
        };
        long mask = 0;
        for (int i = 0; i < fields.length; i++) if (fields[i] != null) mask |= 1L << i;
        return mask;
    }

    private static StateRow read(JobRef job, ByteReader in) {
        JobState state = Codes.value(Codes.STATES, in.octet());
        int priority = in.smallNumber();
        Runs runs = new Runs(in.smallNumber(), in.smallNumber(), in.smallNumber());
        long seq = in.number();
        String lane = in.text();
        int addedPriority = in.smallNumber();
        long logLines = in.number();
        Present present = new Present(in);
        Instant dueAt = present.next(ByteReader::moment);
        Instant startedAt = present.next(ByteReader::moment);
        Instant finishedAt = present.next(ByteReader::moment);
        String worker = present.next(ByteReader::text);
        Json progress = present.next(StateCodec::json);
        Json result = present.next(StateCodec::json);
        String failedReason = present.next(ByteReader::text);
        String deferredFailure = present.next(ByteReader::text);
        String cancelReason = present.next(ByteReader::text);
        SessionId session = present.next(bytes -> new SessionId(bytes.text()));
        LeaseToken token = present.next(bytes -> new LeaseToken(bytes.text()));
        Family family =
                present.next(bytes -> new Family(bytes.smallNumber(), bytes.smallNumber(), bytes.smallNumber()));
        JobStatus status = new JobStatus(
                state,
                priority,
                runs,
                dueAt,
                startedAt,
                finishedAt,
                worker,
                progress,
                result,
                failedReason,
                deferredFailure,
                cancelReason);
        Standing standing = new Standing(lane, addedPriority, seq, session, token);
        return new StateRow(job, status, standing, family == null ? Family.NONE : family, logLines);
    }

    private static Json json(ByteReader in) {
        return new Json(in.text());
    }

    /** Reads optional fields in the order of their bits. */
    private static final class Present {
        private final ByteReader in;
        private long mask;

        Present(ByteReader in) {
            this.in = in;
            this.mask = in.unsigned();
        }

        <T> @Nullable T next(Function<ByteReader, T> reading) {
            boolean there = (mask & 1) != 0;
            mask >>>= 1;
            return there ? reading.apply(in) : null;
        }
    }
}
