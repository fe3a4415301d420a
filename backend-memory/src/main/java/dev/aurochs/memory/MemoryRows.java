package dev.aurochs.memory;

import dev.aurochs.engine.store.DeduplicationRow;
import dev.aurochs.engine.store.EventRow;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.PlaceScan;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All rows, in maps. Guarded by the store's lock. */
final class MemoryRows implements Rows {
    private final Map<JobRef, JobRows> jobs = new HashMap<>();
    private final Map<QueueName, QueueRows> queues = new HashMap<>();
    private final Map<SessionId, SessionRow> sessions = new HashMap<>();
    private final UndoLog undo;

    MemoryRows(UndoLog undo) {
        this.undo = undo;
    }

    @Override
    public @Nullable StateRow state(JobRef job) {
        JobRows rows = jobs.get(job);
        return rows == null ? null : rows.state;
    }

    @Override
    public @Nullable JobBody body(JobRef job) {
        JobRows rows = jobs.get(job);
        return rows == null ? null : rows.body;
    }

    @Override
    public Map<JobRef, JobBody> bodiesToRun(List<JobRef> wanted) {
        Map<JobRef, JobBody> found = new HashMap<>();
        for (JobRef job : wanted) {
            JobBody body = body(job);
            if (body != null) found.put(job, body);
        }
        return found;
    }

    @Override
    public @Nullable StateRow stateAt(Place place) {
        return state(place.job());
    }

    @Override
    public List<Failure> failures(JobRef job) {
        JobRows rows = jobs.get(job);
        return rows == null ? List.of() : rows.failures;
    }

    @Override
    public QueueRow queue(QueueName queue) {
        QueueRows rows = queues.get(queue);
        return rows == null || rows.row == null ? QueueRow.untouched(queue) : rows.row;
    }

    @Override
    public Set<QueueName> queues() {
        Set<QueueName> named = new TreeSet<>();
        queues.forEach((name, rows) -> {
            if (rows.row != null) named.add(name);
        });
        return named;
    }

    @Override
    public @Nullable SessionRow session(SessionId id) {
        return sessions.get(id);
    }

    @Override
    public @Nullable DeduplicationRow deduplication(QueueName queue, String id) {
        QueueRows rows = queues.get(queue);
        return rows == null ? null : rows.deduplications.get(id);
    }

    @Override
    public @Nullable ScheduleRow schedule(QueueName queue, String id) {
        QueueRows rows = queues.get(queue);
        return rows == null ? null : rows.schedules.get(id);
    }

    @Override
    public List<ScheduleRow> schedules(QueueName queue, @Nullable String after, int max) {
        QueueRows rows = queues.get(queue);
        if (rows == null) return List.of();
        NavigableMap<String, ScheduleRow> wanted =
                after == null ? rows.schedules : rows.schedules.tailMap(after, false);
        return wanted.values().stream().limit(max).toList();
    }

    @Override
    public @Nullable Child child(JobRef parent, JobRef child) {
        JobRows rows = jobs.get(parent);
        return rows == null || rows.children == null ? null : rows.children.get(child.toString());
    }

    @Override
    public List<Child> children(JobRef parent, @Nullable JobRef after, int max) {
        JobRows rows = jobs.get(parent);
        if (rows == null || rows.children == null) return List.of();
        NavigableMap<String, Child> wanted =
                after == null ? rows.children : rows.children.tailMap(after.toString(), false);
        return wanted.values().stream().limit(max).toList();
    }

    @Override
    public List<Place> places(PlaceScan scan) {
        QueueRows rows = queues.get(scan.queue());
        if (rows == null) return List.of();
        TreeSet<Place> all = rows.places(scan.state());
        NavigableSet<Place> wanted = scan.backwards() ? all.descendingSet() : all;
        if (scan.after() != null) wanted = wanted.tailSet(scan.after(), false);
        return wanted.stream().skip(scan.skip()).limit(scan.max()).toList();
    }

    @Override
    public long count(QueueName queue, JobState state) {
        QueueRows rows = queues.get(queue);
        return rows == null ? 0 : rows.places(state).size();
    }

    @Override
    public long countPrioritized(QueueName queue) {
        QueueRows rows = queues.get(queue);
        return rows == null ? 0 : rows.prioritized;
    }

    @Override
    public List<String> log(JobRef job, long from, int max) {
        JobRows rows = jobs.get(job);
        if (rows == null || rows.log == null) return List.of();
        return rows.log.tailMap(from, true).values().stream().limit(max).toList();
    }

    @Override
    public List<EventRow> events(QueueName queue, long after, int max) {
        QueueRows rows = queues.get(queue);
        return rows == null ? List.of() : rows.events.after(after, max);
    }

    @Override
    public @Nullable Place first(QueueName queue, JobState state) {
        QueueRows rows = queues.get(queue);
        return rows == null || rows.places(state).isEmpty()
                ? null
                : rows.places(state).first();
    }

    @Override
    public void putState(StateRow row) {
        JobRows rows = job(row.job());
        StateRow before = rows.state;
        rows.state = row;
        undo.add(() -> rows.state = before);
    }

    @Override
    public void putBody(JobBody body) {
        JobRows rows = job(body.ref());
        JobBody before = rows.body;
        rows.body = body;
        undo.add(() -> rows.body = before);
    }

    @Override
    public void putFailures(JobRef job, List<Failure> failures) {
        JobRows rows = job(job);
        List<Failure> before = rows.failures;
        rows.failures = List.copyOf(failures);
        undo.add(() -> rows.failures = before);
    }

    @Override
    public void deleteJob(StateRow last) {
        undo.remove(jobs, last.job());
    }

    @Override
    public void putPlace(Place place) {
        QueueRows rows = queueRows(place.queue());
        if (!rows.places(place.state()).add(place)) throw new IllegalStateException("taken: " + place);
        count(rows, place, 1);
        undo.add(() -> {
            rows.places(place.state()).remove(place);
            count(rows, place, -1);
        });
    }

    @Override
    public void removePlace(Place place) {
        QueueRows rows = queueRows(place.queue());
        if (!rows.places(place.state()).remove(place)) throw new IllegalStateException("not there: " + place);
        count(rows, place, -1);
        undo.add(() -> {
            rows.places(place.state()).add(place);
            count(rows, place, 1);
        });
    }

    private static void count(QueueRows rows, Place place, int change) {
        if (place.state() == JobState.WAITING && place.rank() > 0) rows.prioritized += change;
    }

    @Override
    public void putQueue(QueueRow row) {
        QueueRows rows = queueRows(row.queue());
        QueueRow before = rows.row;
        rows.row = row;
        undo.add(() -> rows.row = before);
    }

    @Override
    public void deleteQueue(QueueName queue) {
        undo.remove(queues, queue);
    }

    @Override
    public void putSession(SessionRow row) {
        undo.put(sessions, row.id(), row);
    }

    @Override
    public void deleteSession(SessionId id) {
        undo.remove(sessions, id);
    }

    @Override
    public void putDeduplication(DeduplicationRow row) {
        undo.put(queueRows(row.queue()).deduplications, row.id(), row);
    }

    @Override
    public void deleteDeduplication(QueueName queue, String id) {
        undo.remove(queueRows(queue).deduplications, id);
    }

    @Override
    public void putSchedule(ScheduleRow row) {
        undo.put(queueRows(row.schedule().queue()).schedules, row.schedule().id(), row);
    }

    @Override
    public void deleteSchedule(QueueName queue, String id) {
        undo.remove(queueRows(queue).schedules, id);
    }

    @Override
    public void putChild(JobRef parent, Child child) {
        undo.put(job(parent).children(), child.job().toString(), child);
    }

    @Override
    public void deleteChild(JobRef parent, JobRef child) {
        undo.remove(job(parent).children(), child.toString());
    }

    @Override
    public void putLog(JobRef job, long number, String line) {
        undo.put(job(job).log(), number, line);
    }

    @Override
    public void deleteLog(JobRef job, long from, long before) {
        TreeMap<Long, String> log = job(job).log();
        NavigableMap<Long, String> doomed = log.subMap(from, true, before, false);
        Map<Long, String> dropped = new TreeMap<>(doomed);
        doomed.clear();
        undo.add(() -> log.putAll(dropped));
    }

    @Override
    public void putEvents(QueueName queue, EventRow row) {
        EventRows events = queueRows(queue).events;
        events.add(row);
        undo.add(events::removeLast);
    }

    @Override
    public void deleteEvents(QueueName queue, long from, long before) {
        EventRows events = queueRows(queue).events;
        List<EventRow> dropped = events.removeBefore(before);
        undo.add(() -> events.addOldest(dropped));
    }

    @Override
    public void quarantine(Place place, String problem) {
        throw new IllegalStateException("rows in the heap cannot be damaged: " + place + ", " + problem);
    }

    private JobRows job(JobRef job) {
        JobRows rows = jobs.get(job);
        if (rows == null) {
            rows = new JobRows();
            undo.put(jobs, job, rows);
        }
        return rows;
    }

    private QueueRows queueRows(QueueName queue) {
        return queues.computeIfAbsent(queue, name -> new QueueRows());
    }
}
