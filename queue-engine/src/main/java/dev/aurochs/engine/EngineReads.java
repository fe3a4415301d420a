package dev.aurochs.engine;

import dev.aurochs.engine.store.DamagedRowException;
import dev.aurochs.engine.store.EngineStore;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.PlaceScan;
import dev.aurochs.engine.store.RowReads;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.BackendCorruptException;
import dev.aurochs.queue.job.BadRecord;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.spi.JobReads;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at jobs outside of steps (rules V1–V5). */
final class EngineReads implements JobReads {
    private final EngineStore store;

    EngineReads(EngineStore store) {
        this.store = store;
    }

    @Override
    public List<Optional<JobRecord>> find(List<JobRef> jobs) {
        return store.read(rows -> jobs.stream().map(job -> found(rows, job)).toList());
    }

    private static Optional<JobRecord> found(RowReads rows, JobRef job) {
        try {
            StateRow row = rows.state(job);
            return row == null ? Optional.empty() : Optional.ofNullable(record(rows, row));
        } catch (DamagedRowException damaged) {
            throw new BackendCorruptException("job " + job + " cannot be read: " + damaged.getMessage(), damaged);
        }
    }

    /** The whole record of a row; null when the job went away meanwhile. */
    static @Nullable JobRecord record(RowReads rows, StateRow row) {
        JobBody body = rows.body(row.job());
        if (body == null) return null;
        return new JobRecord(body, row.status(), row.mayHaveFailures() ? rows.failures(row.job()) : List.of());
    }

    @Override
    public JobCounts counts(QueueName queue) {
        return store.read(rows -> {
            Map<JobState, Long> states = new EnumMap<>(JobState.class);
            for (JobState state : JobState.values()) states.put(state, rows.count(queue, state));
            boolean paused = rows.queue(queue).settings().paused();
            return new JobCounts(
                    states,
                    OptionalLong.of(rows.countPrioritized(queue)),
                    OptionalLong.of(paused ? states.get(JobState.WAITING) : 0),
                    false);
        });
    }

    @Override
    public QueueSettings settings(QueueName queue) {
        return store.read(rows -> rows.queue(queue).settings());
    }

    @Override
    public Page<JobRecord> list(QueueName queue, JobState state, PageRequest page) {
        Place after = page.cursor().map(text -> placeOf(queue, state, text)).orElse(null);
        PlaceScan scan =
                new PlaceScan(queue, state, state.isFinished(), after, after == null ? page.offset() : 0, page.limit());
        return store.read(rows -> {
            List<Place> places = rows.places(scan);
            List<JobRecord> records = new ArrayList<>(places.size());
            List<BadRecord> bad = new ArrayList<>();
            for (Place place : places) {
                try {
                    StateRow row = rows.state(place.job());
                    JobRecord record = row == null ? null : record(rows, row);
                    if (record != null && record.state() == state) records.add(record);
                } catch (DamagedRowException damaged) {
                    bad.add(new BadRecord(place.job(), String.valueOf(damaged.getMessage())));
                }
            }
            Optional<String> next = places.size() < page.limit()
                    ? Optional.empty()
                    : Optional.of(cursorOf(places.get(places.size() - 1)));
            return new Page<>(records, next, bad);
        });
    }

    @Override
    public Page<Child> children(JobRef parent, PageRequest page) {
        JobRef after = page.cursor().map(EngineReads::childOf).orElse(null);
        int skip = after == null ? (int) Math.min(page.offset(), Integer.MAX_VALUE - 10_000) : 0;
        List<Child> children = store.read(rows -> rows.children(parent, after, skip + page.limit()));
        List<Child> wanted = children.size() <= skip ? List.of() : children.subList(skip, children.size());
        Optional<String> next = wanted.size() < page.limit()
                ? Optional.empty()
                : Optional.of(wanted.get(wanted.size() - 1).job().toString());
        return new Page<>(wanted, next, List.of());
    }

    @Override
    public Page<String> log(JobRef job, PageRequest page) {
        return store.read(rows -> {
            StateRow row = rows.state(job);
            JobBody body = row == null ? null : rows.body(job);
            if (row == null || body == null) return Page.of(List.of());
            long first = Math.max(0, row.logLines() - body.options().logLines());
            long from = page.cursor().map(EngineReads::lineOf).orElse(first + page.offset());
            List<String> lines = rows.log(job, Math.max(first, from), page.limit());
            long next = Math.max(first, from) + lines.size();
            return new Page<>(
                    lines,
                    next < row.logLines() && !lines.isEmpty() ? Optional.of(Long.toString(next)) : Optional.empty(),
                    List.of());
        });
    }

    @Override
    public Set<QueueName> queues() {
        return store.read(RowReads::queues);
    }

    /** {@code rank:seq:lane:id}; an id may have colons, a lane has none. */
    private static String cursorOf(Place place) {
        return place.rank() + ":" + place.seq() + ":" + place.lane() + ":" + place.id();
    }

    private static Place placeOf(QueueName queue, JobState state, String cursor) {
        String[] parts = cursor.split(":", 4);
        InvalidInputException.unless(parts.length == 4, "cursor", cursor, "was not made by this listing");
        return new Place(queue, state, parts[2], lineOf(parts[0]), lineOf(parts[1]), JobId.of(parts[3]));
    }

    private static JobRef childOf(String cursor) {
        int colon = cursor.indexOf(':');
        InvalidInputException.unless(colon > 0, "cursor", cursor, "was not made by this listing");
        return JobRef.of(cursor.substring(0, colon), cursor.substring(colon + 1));
    }

    private static long lineOf(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException foreign) {
            throw new InvalidInputException("cursor", cursor, "was not made by this listing", foreign);
        }
    }
}
