package dev.aurochs.engine;

import dev.aurochs.engine.store.DeduplicationRow;
import dev.aurochs.engine.store.EngineStore;
import dev.aurochs.engine.store.EventRow;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.PlaceScan;
import dev.aurochs.engine.store.QueueRow;
import dev.aurochs.engine.store.RowReads;
import dev.aurochs.engine.store.Rows;
import dev.aurochs.engine.store.ScheduleRow;
import dev.aurochs.engine.store.SessionRow;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.engine.store.Written;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** A store that has events and nothing else. */
final class EventRows implements EngineStore, RowReads {
    private final Map<QueueName, TreeMap<Long, EventRow>> rows = new HashMap<>();
    private final Map<QueueName, Long> first = new HashMap<>();

    /** Appends a row of paused events, so many of them; answers its number. */
    synchronized long append(QueueName queue, int events) {
        TreeMap<Long, EventRow> all = rows.computeIfAbsent(queue, name -> new TreeMap<>());
        long seq = next(queue);
        List<QueueEvent> row = new ArrayList<>();
        for (int i = 0; i < events; i++) row.add(new QueueEvent.Paused(queue, Instant.ofEpochMilli(1_000 * seq + i)));
        all.put(seq, new EventRow(seq, row));
        return seq;
    }

    /** Drops all rows before {@code seq}. */
    synchronized void trim(QueueName queue, long seq) {
        rows.getOrDefault(queue, new TreeMap<>()).headMap(seq).clear();
        first.put(queue, seq);
    }

    private long next(QueueName queue) {
        TreeMap<Long, EventRow> all = rows.get(queue);
        return all == null || all.isEmpty() ? first.getOrDefault(queue, 1L) : all.lastKey() + 1;
    }

    @Override
    public synchronized <T> T read(Function<RowReads, T> look) {
        return look.apply(this);
    }

    @Override
    public QueueRow queue(QueueName queue) {
        QueueRow row = QueueRow.untouched(queue);
        return new QueueRow(queue, 1, -1, 1, next(queue), first.getOrDefault(queue, 1L), row.settings(), row.window());
    }

    @Override
    public Set<QueueName> queues() {
        return rows.keySet();
    }

    @Override
    public List<EventRow> events(QueueName queue, long after, int max) {
        return rows.getOrDefault(queue, new TreeMap<>()).tailMap(after, false).values().stream()
                .limit(max)
                .toList();
    }

    @Override
    public <T> Written<T> write(Function<Rows, T> step) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long ownerEpoch() {
        return 1;
    }

    @Override
    public ScheduleRow schedule(QueueName queue, String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ScheduleRow> schedules(QueueName queue, String after, int max) {
        return List.of();
    }

    @Override
    public StateRow state(JobRef job) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<JobRef, JobBody> bodiesToRun(List<JobRef> jobs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public JobBody body(JobRef job) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Failure> failures(JobRef job) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SessionRow session(SessionId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeduplicationRow deduplication(QueueName queue, String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Child child(JobRef parent, JobRef child) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Child> children(JobRef parent, JobRef after, int max) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Place> places(PlaceScan scan) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long count(QueueName queue, JobState state) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long countPrioritized(QueueName queue) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> log(JobRef job, long from, int max) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
