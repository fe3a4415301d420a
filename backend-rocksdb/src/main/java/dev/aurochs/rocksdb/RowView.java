package dev.aurochs.rocksdb;

import dev.aurochs.engine.store.DamagedRowException;
import dev.aurochs.engine.store.DeduplicationRow;
import dev.aurochs.engine.store.EventRow;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.PlaceScan;
import dev.aurochs.engine.store.QueueRow;
import dev.aurochs.engine.store.RowReads;
import dev.aurochs.engine.store.ScheduleRow;
import dev.aurochs.engine.store.SessionRow;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.SessionId;
import dev.aurochs.rocksdb.bytes.BandKey;
import dev.aurochs.rocksdb.bytes.BodyCodec;
import dev.aurochs.rocksdb.bytes.BodyKey;
import dev.aurochs.rocksdb.bytes.ChildCodec;
import dev.aurochs.rocksdb.bytes.DeduplicationCodec;
import dev.aurochs.rocksdb.bytes.EventCodec;
import dev.aurochs.rocksdb.bytes.FailuresCodec;
import dev.aurochs.rocksdb.bytes.KeyRange;
import dev.aurochs.rocksdb.bytes.Keyspace;
import dev.aurochs.rocksdb.bytes.LogCodec;
import dev.aurochs.rocksdb.bytes.MalformedBytesException;
import dev.aurochs.rocksdb.bytes.ScheduleCodec;
import dev.aurochs.rocksdb.bytes.StateCodec;
import dev.aurochs.rocksdb.bytes.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows: the step's own changes first, then what is committed but not written yet, then the database. Outside a
 * step there are no own changes, and lists are read without the engine's lock.
 */
class RowView implements RowReads, PlaceSource {
    final Database database;
    final Backlog backlog;
    final Memory memory;
    final Changes own;

    RowView(Database database, Backlog backlog, Memory memory, Changes own) {
        this.database = database;
        this.backlog = backlog;
        this.memory = memory;
        this.own = own;
    }

    @Override
    public @Nullable StateRow state(JobRef job) {
        Optional<StateRow> changed = own.states.get(job);
        if (changed != null) return changed.orElse(null);
        StateRow running = memory.running.get(job);
        if (running != null) return running;
        Optional<StateRow> committed = backlog.find(changes -> changes.states, job);
        if (committed != null) return committed.orElse(null);
        byte[] row = database.get(Keyspace.state(job));
        return row == null ? null : decoded(job, "state", () -> StateCodec.decode(job, row));
    }

    @Override
    public @Nullable JobBody body(JobRef job) {
        StateRow state = state(job);
        if (state == null) return null;
        BodyKey key = BodyKey.of(state);
        Optional<JobBody> changed = own.bodies.get(key);
        if (changed != null) return changed.orElse(null);
        JobBody running = memory.runningBodies.get(job);
        return running == null ? committedBody(key) : running;
    }

    /** Keeps the bodies in memory for the end of the runs. */
    @Override
    public Map<JobRef, JobBody> bodiesToRun(List<JobRef> jobs) {
        Map<JobRef, JobBody> found = new HashMap<>();
        List<BodyKey> stored = new ArrayList<>();
        for (JobRef job : jobs) {
            StateRow state = state(job);
            if (state == null) continue;
            memory.runningBodies.expect(job);
            BodyKey key = BodyKey.of(state);
            Optional<JobBody> committed = backlog.find(changes -> changes.bodies, key);
            if (committed == null) stored.add(key);
            else committed.ifPresent(body -> found.put(job, body));
        }
        List<byte @Nullable []> rows =
                database.get(Table.BODIES, stored.stream().map(Keyspace::body).toList());
        for (int i = 0; i < stored.size(); i++) {
            JobRef job = stored.get(i).job();
            byte[] row = rows.get(i);
            if (row != null) found.put(job, decoded(job, "body", () -> BodyCodec.decode(job, row)));
        }
        found.values().forEach(memory.runningBodies::found);
        for (JobRef job : jobs) if (!memory.running.containsKey(job)) memory.runningBodies.remove(job);
        return found;
    }

    private @Nullable JobBody committedBody(BodyKey key) {
        Optional<JobBody> committed = backlog.find(changes -> changes.bodies, key);
        if (committed != null) return committed.orElse(null);
        byte[] row = database.get(Keyspace.body(key));
        return row == null ? null : decoded(key.job(), "body", () -> BodyCodec.decode(key.job(), row));
    }

    @Override
    public List<Failure> failures(JobRef job) {
        byte[] row = row(Keyspace.failures(job));
        return row == null ? List.of() : decoded(job, "failures", () -> FailuresCodec.decode(row));
    }

    @Override
    public QueueRow queue(QueueName queue) {
        Optional<QueueRow> changed = own.queues.get(queue);
        QueueRow row = changed == null ? memory.queues.get(queue) : changed.orElse(null);
        return row == null ? QueueRow.untouched(queue) : row;
    }

    @Override
    public Set<QueueName> queues() {
        Set<QueueName> names = new HashSet<>(memory.queues.keySet());
        own.queues.forEach((name, row) -> {
            if (row.isPresent()) names.add(name);
            else names.remove(name);
        });
        return names;
    }

    @Override
    public @Nullable SessionRow session(SessionId id) {
        Optional<SessionRow> changed = own.sessions.get(id);
        return changed == null ? memory.sessions.get(id) : changed.orElse(null);
    }

    @Override
    public @Nullable DeduplicationRow deduplication(QueueName queue, String id) {
        byte[] row = row(Keyspace.deduplication(queue, id));
        try {
            return row == null ? null : DeduplicationCodec.decode(queue, id, row);
        } catch (MalformedBytesException lost) {
            return null;
        }
    }

    @Override
    public @Nullable ScheduleRow schedule(QueueName queue, String id) {
        byte[] row = row(Keyspace.schedule(queue, id));
        return row == null ? null : schedule(queue, id, row);
    }

    @Override
    public List<ScheduleRow> schedules(QueueName queue, @Nullable String after, int max) {
        KeyRange all = Keyspace.schedules(queue);
        List<ScheduleRow> found = new ArrayList<>();
        scan(after == null ? all : all.after(Keyspace.schedule(queue, after)), false, (key, row) -> {
            ScheduleRow schedule = schedule(queue, Keyspace.schedule(key), row);
            if (schedule != null) found.add(schedule);
            return found.size() < max;
        });
        return found;
    }

    private static @Nullable ScheduleRow schedule(QueueName queue, String id, byte[] row) {
        try {
            return ScheduleCodec.decode(queue, id, row);
        } catch (MalformedBytesException lost) {
            return null;
        }
    }

    @Override
    public @Nullable Child child(JobRef parent, JobRef child) {
        byte[] row = row(Keyspace.child(parent, child));
        return row == null ? null : decoded(parent, "child " + child, () -> ChildCodec.decode(child, row));
    }

    @Override
    public List<Child> children(JobRef parent, @Nullable JobRef after, int max) {
        KeyRange all = Keyspace.children(parent);
        KeyRange range = after == null ? all : all.after(Keyspace.child(parent, after));
        return rows(
                range,
                max,
                (key, row) -> decoded(parent, "children", () -> {
                    JobRef child = Keyspace.child(key);
                    return ChildCodec.decode(child, row);
                }));
    }

    @Override
    public List<String> log(JobRef job, long from, int max) {
        KeyRange range = Keyspace.log(job).startingAt(Keyspace.log(job, from));
        return rows(range, max, (key, row) -> decoded(job, "log", () -> LogCodec.decode(row)));
    }

    @Override
    public List<EventRow> events(QueueName queue, long after, int max) {
        long from = Math.max(after, queue(queue).firstEvent() - 1);
        KeyRange range = Keyspace.events(queue).after(Keyspace.events(queue, from));
        return rows(range, max, (key, row) -> event(queue, Keyspace.eventSeq(key), row));
    }

    @Override
    public List<Place> places(PlaceScan scan) {
        PlaceCollector collector = new PlaceCollector(scan.skip(), scan.max());
        BandKey band = null;
        Place after = scan.after();
        if (after != null) {
            band = BandKey.of(after);
            KeyRange all = Keyspace.places(band);
            byte[] key = Keyspace.place(after);
            boolean backwards = scan.backwards();
            collect(band, backwards ? null : after, backwards ? all.before(key) : all.after(key), backwards, collector);
        }
        while (!collector.isFull()) {
            BandView view = nextBand(scan, band);
            if (view == null) break;
            band = view.key();
            if (collector.skips(view.count())) continue;
            KeyRange living = Keyspace.places(band).startingAt(Keyspace.place(view.first()));
            collect(band, view.first(), living, scan.backwards(), collector);
        }
        return collector.found().stream().map(FoundPlace::place).toList();
    }

    @Override
    public List<FoundPlace> places(BandKey band, Place from, int max) {
        PlaceCollector collector = new PlaceCollector(0, max);
        collect(band, from, Keyspace.places(band).startingAt(Keyspace.place(from)), false, collector);
        return collector.found();
    }

    @Override
    public long count(QueueName queue, JobState state) {
        return locked(() -> memory.heads.count(queue, state));
    }

    @Override
    public long countPrioritized(QueueName queue) {
        return locked(() -> memory.heads.prioritized(queue));
    }

    /** Runs with the lock that guards the heads; inside a step it is held already. */
    final <T> T locked(Supplier<T> look) {
        memory.lock.lock();
        try {
            return look.get();
        } finally {
            memory.lock.unlock();
        }
    }

    /** Shows the rows of a range as this view sees them. */
    final void scan(KeyRange range, boolean backwards, RowSink sink) {
        scan(range, own.others.subMap(range.from(), true, range.until(), false), backwards, sink);
    }

    private @Nullable BandView nextBand(PlaceScan scan, @Nullable BandKey after) {
        return locked(() -> Optional.ofNullable(memory.heads.next(scan, after, this)))
                .orElse(null);
    }

    private void collect(BandKey band, @Nullable Place from, KeyRange range, boolean backwards, RowSink sink) {
        if (Arrays.compareUnsigned(range.from(), range.until()) < 0)
            scan(range, ownPlaces(band, from, range), backwards, sink);
    }

    /** The step's own places of a band inside a range; none of them stands before {@code from}. */
    private NavigableMap<byte[], Optional<byte[]>> ownPlaces(BandKey band, @Nullable Place from, KeyRange range) {
        if (own.places.isEmpty()) return Collections.emptyNavigableMap();
        NavigableMap<byte[], Optional<byte[]>> mine = new TreeMap<>(Arrays::compareUnsigned);
        for (var entry : (from == null ? own.places : own.places.tailMap(from, true)).entrySet()) {
            int order = BandKey.of(entry.getKey()).compareTo(band);
            if (order > 0) break;
            if (order < 0) continue;
            byte[] key = Keyspace.place(entry.getKey());
            if (range.contains(key))
                mine.put(
                        key,
                        entry.getValue().there() ? Optional.of(entry.getValue().row()) : Optional.empty());
        }
        return mine;
    }

    private void scan(KeyRange range, NavigableMap<byte[], Optional<byte[]>> mine, boolean backwards, RowSink sink) {
        backlog.drain();
        Overlay overlay = new Overlay(mine, backwards, sink);
        database.scan(range, backwards, (key, row) -> own.hasDropped(key) || overlay.accept(key, row));
        overlay.end();
    }

    private interface RowReading<T> {
        T read(byte[] key, byte[] row);
    }

    private <T> List<T> rows(KeyRange range, int max, RowReading<T> reading) {
        List<T> found = new ArrayList<>();
        if (max > 0)
            scan(range, false, (key, row) -> {
                found.add(reading.read(key, row));
                return found.size() < max;
            });
        return found;
    }

    private <K, V> @Nullable Optional<V> known(Function<Changes, Map<K, Optional<V>>> table, K key) {
        Optional<V> changed = table.apply(own).get(key);
        return changed == null ? backlog.find(table, key) : changed;
    }

    private byte @Nullable [] row(byte[] key) {
        Optional<byte[]> known = known(changes -> changes.others, key);
        return known == null ? database.get(key) : known.orElse(null);
    }

    private static <T> T decoded(JobRef job, String what, Supplier<T> decoding) {
        try {
            return decoding.get();
        } catch (MalformedBytesException malformed) {
            String problem = "the row '" + what + "' of job " + job + " cannot be read: " + malformed.getMessage();
            throw new DamagedRowException(job, problem, malformed);
        }
    }

    private static EventRow event(QueueName queue, long seq, byte[] row) {
        try {
            return EventCodec.decode(queue, seq, row);
        } catch (MalformedBytesException malformed) {
            Map<String, String> problem = Map.of("problem", String.valueOf(malformed.getMessage()));
            return new EventRow(seq, List.of(new QueueEvent.Unknown(queue, Instant.EPOCH, "damaged", problem)));
        }
    }
}
