package dev.aurochs.rocksdb;

import dev.aurochs.engine.store.DeduplicationRow;
import dev.aurochs.engine.store.EventRow;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.QueueRow;
import dev.aurochs.engine.store.Rows;
import dev.aurochs.engine.store.ScheduleRow;
import dev.aurochs.engine.store.SessionRow;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.SessionId;
import dev.aurochs.rocksdb.bytes.BandKey;
import dev.aurochs.rocksdb.bytes.BodyKey;
import dev.aurochs.rocksdb.bytes.ChildCodec;
import dev.aurochs.rocksdb.bytes.DamagedRow;
import dev.aurochs.rocksdb.bytes.DeduplicationCodec;
import dev.aurochs.rocksdb.bytes.EventCodec;
import dev.aurochs.rocksdb.bytes.FailuresCodec;
import dev.aurochs.rocksdb.bytes.KeyRange;
import dev.aurochs.rocksdb.bytes.Keyspace;
import dev.aurochs.rocksdb.bytes.LogCodec;
import dev.aurochs.rocksdb.bytes.PlaceCodec;
import dev.aurochs.rocksdb.bytes.ScheduleCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one step. All it changes gathers in {@link #own}; only the heads move at once, and {@link #undo} moves
 * them back.
 */
final class StepRows extends RowView implements Rows {
    /**
     * Events go in chunks of this many rows, one range deletion each: a deletion per event would cost as much as it.
     */
    private static final long EVENT_CHUNK = 1_000;

    private record Move(Place place, boolean there) {}

    private final List<Move> moves = new ArrayList<>();

    StepRows(Database database, Backlog backlog, Memory memory) {
        super(database, backlog, memory, new Changes());
    }

    /** The changes of the step that has ended well. */
    Changes finish() {
        Set<BandKey> touched = new HashSet<>();
        for (Move move : moves) touched.add(BandKey.of(move.place()));
        own.states.values().forEach(state -> state.ifPresent(this::describePlace));
        for (BandKey band : touched)
            memory.heads
                    .row(band)
                    .ifPresentOrElse(
                            row -> own.put(own.bands, band, row, Changes.ROW), () -> own.delete(own.bands, band));
        return own;
    }

    /** The row of a place tells, where it can, what state the job there has. */
    private void describePlace(StateRow state) {
        Place place = Place.of(state);
        PlaceChange change = own.places.get(place);
        memory.heads.replaceState(place, state);
        if (!PlaceCodec.mayTell(state.state())) return;
        if (change == null) own.put(place, PlaceChange.rewritten(PlaceCodec.encode(state)));
        else if (change.there()) own.places.put(place, change.with(PlaceCodec.encode(state)));
    }

    /** Puts the heads back to where they were before the step. */
    void undo() {
        for (int i = moves.size() - 1; i >= 0; i--) {
            Move move = moves.get(i);
            if (move.there()) memory.heads.remove(move.place());
            else memory.heads.add(move.place(), Optional.empty());
        }
    }

    @Override
    public @Nullable Place first(QueueName queue, JobState state) {
        return memory.heads.first(queue, state, this);
    }

    @Override
    public @Nullable StateRow stateAt(Place place) {
        Optional<StateRow> changed = own.states.get(place.job());
        if (changed != null) return changed.orElse(null);
        return memory.heads.state(place).orElseGet(() -> state(place.job()));
    }

    @Override
    public void putState(StateRow row) {
        own.put(own.states, row.job(), row, Changes.ROW);
    }

    @Override
    public void putBody(JobBody body) {
        own.put(own.bodies, BodyKey.of(body), body, Changes.ROW + Memory.weight(body));
    }

    @Override
    public void putFailures(JobRef job, List<Failure> failures) {
        if (failures.isEmpty()) own.delete(own.others, Keyspace.failures(job));
        else own.put(Keyspace.failures(job), FailuresCodec.encode(failures));
    }

    @Override
    public void deleteJob(StateRow last) {
        JobRef job = last.job();
        own.delete(own.states, job);
        own.delete(own.bodies, BodyKey.of(last));
        if (last.mayHaveFailures()) own.delete(own.others, Keyspace.failures(job));
        if (last.logLines() > 0) deleteEach(Keyspace.log(job));
        if (last.family().known() > 0) deleteEach(Keyspace.children(job));
    }

    @Override
    public void putPlace(Place place) {
        memory.heads.add(place, own.states.getOrDefault(place.job(), Optional.empty()));
        moves.add(new Move(place, true));
        own.put(place, PlaceChange.TAKEN);
    }

    @Override
    public void removePlace(Place place) {
        memory.heads.remove(place);
        moves.add(new Move(place, false));
        own.put(place, PlaceChange.LEFT);
    }

    @Override
    public void putQueue(QueueRow row) {
        own.put(own.queues, row.queue(), row, Changes.ROW);
    }

    @Override
    public void deleteQueue(QueueName queue) {
        own.delete(own.queues, queue);
        own.drop(Keyspace.events(queue));
        deleteEach(Keyspace.deduplications(queue));
    }

    @Override
    public void putSession(SessionRow row) {
        own.put(own.sessions, row.id(), row, Changes.ROW);
    }

    @Override
    public void deleteSession(SessionId id) {
        own.delete(own.sessions, id);
    }

    @Override
    public void putDeduplication(DeduplicationRow row) {
        own.put(Keyspace.deduplication(row.queue(), row.id()), DeduplicationCodec.encode(row));
    }

    @Override
    public void deleteDeduplication(QueueName queue, String id) {
        own.delete(own.others, Keyspace.deduplication(queue, id));
    }

    @Override
    public void putSchedule(ScheduleRow row) {
        byte[] key = Keyspace.schedule(row.schedule().queue(), row.schedule().id());
        own.put(key, ScheduleCodec.encode(row));
    }

    @Override
    public void deleteSchedule(QueueName queue, String id) {
        own.delete(own.others, Keyspace.schedule(queue, id));
    }

    @Override
    public void putChild(JobRef parent, Child child) {
        own.put(Keyspace.child(parent, child.job()), ChildCodec.encode(child));
    }

    @Override
    public void deleteChild(JobRef parent, JobRef child) {
        own.delete(own.others, Keyspace.child(parent, child));
    }

    @Override
    public void putLog(JobRef job, long number, String line) {
        own.put(Keyspace.log(job, number), LogCodec.encode(line));
    }

    @Override
    public void deleteLog(JobRef job, long from, long before) {
        for (long number = from; number < before; number++) own.delete(own.others, Keyspace.log(job, number));
    }

    @Override
    public void putEvents(QueueName queue, EventRow row) {
        own.put(Keyspace.events(queue, row.seq()), EventCodec.encode(queue, row));
    }

    /** Rows of a chunk that is not complete yet stay until it is; {@link #events} passes over them. */
    @Override
    public void deleteEvents(QueueName queue, long from, long before) {
        long first = Math.floorDiv(from, EVENT_CHUNK) * EVENT_CHUNK;
        long until = Math.floorDiv(before, EVENT_CHUNK) * EVENT_CHUNK;
        if (first < until) own.drop(new KeyRange(Keyspace.events(queue, first), Keyspace.events(queue, until)));
    }

    @Override
    public void quarantine(Place place, String problem) {
        putAside(place.job(), problem);
        removePlace(place);
    }

    /** Keeps what is left of a job's rows for people to look at; its place is taken away apart. */
    void putAside(JobRef job, String problem) {
        backlog.drain();
        putAside(Keyspace.state(job), problem);
        for (BodyKey body : new LostBody(database, job).keys()) putAside(Keyspace.body(body), problem);
        putAside(Keyspace.failures(job), problem);
        for (byte[] key : keys(Keyspace.log(job))) putAside(key, problem);
        for (byte[] key : keys(Keyspace.children(job))) putAside(key, problem);
        own.delete(own.states, job);
    }

    /** The same for a single row. What is pending must have been drained. */
    void putAside(byte[] key, String problem) {
        byte[] row = database.get(key);
        if (row == null) return;
        own.put(Keyspace.damaged(key), new DamagedRow(key, problem, row).encode());
        own.delete(own.others, key);
    }

    private void deleteEach(KeyRange range) {
        for (byte[] key : keys(range)) own.delete(own.others, key);
    }

    private List<byte[]> keys(KeyRange range) {
        List<byte[]> keys = new ArrayList<>();
        scan(range, false, (key, row) -> keys.add(key));
        return keys;
    }
}
