package dev.aurochs.rocksdb.bytes;

import dev.aurochs.engine.store.Family;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.Standing;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Runs;
import java.time.Instant;
import java.util.Optional;

/**
 * What lies at a place: nothing, or the priority of a job that has not run yet and of which nothing else is to be
 * known. Its state follows from the place then, so that a claim out of a long backlog needs not look it up.
 */
public final class PlaceCodec {
    private static final byte[] NOTHING = {};
    private static final int FORMAT = 1;

    private PlaceCodec() {}

    /** False for states in which something has happened to every job, so that nothing lies at its place. */
    public static boolean mayTell(JobState state) {
        return state == JobState.WAITING || state == JobState.DELAYED;
    }

    public static byte[] encode(StateRow row) {
        int priority = row.status().priority();
        boolean follows = fresh(Place.of(row), priority).filter(row::equals).isPresent();
        return follows ? ByteWriter.ofFormat(FORMAT).number(priority).toBytes() : NOTHING;
    }

    /** Empty when the state does not follow, or the row cannot be read; the state row tells then. */
    public static Optional<StateRow> decode(Place place, byte[] row) {
        if (row.length == 0) return Optional.empty();
        try {
            return fresh(place, ByteReader.read(row, FORMAT, ByteReader::smallNumber));
        } catch (MalformedBytesException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<StateRow> fresh(Place place, int priority) {
        if (!mayTell(place.state())) return Optional.empty();
        Instant dueAt = place.state() == JobState.DELAYED ? Instant.ofEpochMilli(place.rank()) : null;
        JobStatus status = new JobStatus(
                place.state(), priority, Runs.NONE, dueAt, null, null, null, null, null, null, null, null);
        Standing standing = new Standing(place.lane(), priority, place.seq(), null, null);
        return Optional.of(new StateRow(place.job(), status, standing, Family.NONE, 0));
    }
}
