package dev.aurochs.rocksdb;

import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Flaw;
import dev.aurochs.queue.spi.Flaw.Cure;
import dev.aurochs.rocksdb.bytes.BandKey;
import dev.aurochs.rocksdb.bytes.BandRow;
import dev.aurochs.rocksdb.bytes.BodyCodec;
import dev.aurochs.rocksdb.bytes.BodyKey;
import dev.aurochs.rocksdb.bytes.DamagedRow;
import dev.aurochs.rocksdb.bytes.FailuresCodec;
import dev.aurochs.rocksdb.bytes.Keyspace;
import dev.aurochs.rocksdb.bytes.MalformedBytesException;
import dev.aurochs.rocksdb.bytes.PlaceCodec;
import dev.aurochs.rocksdb.bytes.ScheduleCodec;
import dev.aurochs.rocksdb.bytes.StateCodec;
import dev.aurochs.rocksdb.bytes.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads every row and place once, shows what does not fit, and remembers how to put it right. While it runs nobody else
 * may change the database.
 */
final class RowCheck {
    private final Database database;
    private final boolean repair;
    private final Consumer<Flaw> found;
    private final Map<BandKey, BandRow> counted;
    private final List<Consumer<StepRows>> repairs = new ArrayList<>();
    /** Jobs that were put aside before; their ids may be in use again. */
    private final Set<JobRef> aside = new HashSet<>();

    /** Jobs that cannot be read, and were named. */
    private final Set<JobRef> broken = new HashSet<>();

    private boolean bandsWrong;

    RowCheck(Database database, boolean repair, Consumer<Flaw> found) {
        this.database = database;
        this.repair = repair;
        this.found = found;
        this.counted = new BandRows(database).counted();
    }

    void run() {
        database.verify();
        database.scan(Keyspace.all(Table.DAMAGED), false, this::aside);
        bands();
        database.scan(Keyspace.all(Table.PLACES), false, this::place);
        database.scan(Keyspace.all(Table.STATES), false, this::state);
        repairs.addAll(new DeduplicationCheck(database, cure(), found).run());
        database.scan(Keyspace.all(Table.SCHEDULES), false, this::schedule);
    }

    boolean areBandsWrong() {
        return bandsWrong;
    }

    /** The bands as they should be. */
    Map<BandKey, BandRow> counted() {
        return counted;
    }

    /** What puts the rest right, in this order, once the bands are. */
    List<Consumer<StepRows>> repairs() {
        return repairs;
    }

    private boolean aside(byte[] key, byte[] row) {
        try {
            byte[] original = Keyspace.original(key);
            JobRef job = Keyspace.job(original);
            String problem = DamagedRow.decode(original, row).problem();
            if (aside.add(job)) show(Flaw.of(job, "was put aside: " + problem, Cure.NONE));
        } catch (MalformedBytesException malformed) {
            showNameless("a row was put aside, and nothing of it can be read");
        }
        return true;
    }

    private record Line(QueueName queue, JobState state) {}

    private void bands() {
        Map<BandKey, BandRow> stored;
        try {
            stored = new BandRows(database).load();
        } catch (MalformedBytesException malformed) {
            stored = Map.of();
        }
        Map<Line, Long> kept = new HashMap<>();
        Map<Line, Long> real = new HashMap<>();
        stored.forEach((band, row) -> kept.merge(line(band), row.count(), Long::sum));
        counted.forEach((band, row) -> real.merge(line(band), row.count(), Long::sum));
        Set<BandKey> all = new TreeSet<>(stored.keySet());
        all.addAll(counted.keySet());
        Set<Line> named = new HashSet<>();
        for (BandKey band : all) {
            if (fits(stored.get(band), counted.get(band)) || !named.add(line(band))) continue;
            bandsWrong = true;
            long was = kept.getOrDefault(line(band), 0L);
            long is = real.getOrDefault(line(band), 0L);
            String problem = was == is
                    ? "has lost the order of its " + band.state().label() + " jobs"
                    : "counts " + was + " " + band.state().label() + " jobs, but has " + is;
            show(Flaw.of(band.queue(), problem, cure()));
        }
    }

    private static boolean fits(BandRow stored, BandRow counted) {
        return stored != null
                && counted != null
                && stored.count() == counted.count()
                && BandKey.INSIDE.compare(stored.cursor(), counted.cursor()) <= 0;
    }

    private static Line line(BandKey band) {
        return new Line(band.queue(), band.state());
    }

    private boolean place(byte[] key, byte[] row) {
        try {
            look(Keyspace.place(key), row);
        } catch (MalformedBytesException malformed) {
            repairs.add(rows -> rows.own.delete(rows.own.others, key));
            showNameless("an entry of the table places cannot be read");
        }
        return true;
    }

    private void look(Place place, byte[] row) {
        JobRef job = place.job();
        byte[] bytes = database.get(Keyspace.state(job));
        if (bytes == null) {
            putAside(place, "its state is missing");
            return;
        }
        try {
            StateRow state = StateCodec.decode(job, bytes);
            Place real = Place.of(state);
            if (real.equals(place)) {
                lookAtShortcut(place, row, state);
                return;
            }
            repairs.add(rows -> rows.removePlace(place));
            String also = real.state() == place.state()
                    ? ""
                    : ", though it is " + real.state().label();
            show(Flaw.of(job, "has a second place among the " + place.state().label() + " jobs" + also, cure()));
        } catch (MalformedBytesException | IllegalStateException malformed) {
            putAside(place, "its state cannot be read: " + malformed.getMessage());
        }
    }

    /** What lies at a place may stand for the state of the job there; then it must say the same. */
    private void lookAtShortcut(Place place, byte[] row, StateRow state) {
        if (PlaceCodec.decode(place, row).filter(told -> !told.equals(state)).isEmpty()) return;
        repairs.add(rows -> rows.putState(state));
        show(Flaw.of(place.job(), "has another state than its place tells", cure()));
    }

    private boolean state(byte[] key, byte[] row) {
        JobRef job;
        try {
            job = Keyspace.job(key);
        } catch (MalformedBytesException malformed) {
            showNameless("the key of a state cannot be read");
            return true;
        }
        if (broken.contains(job)) return true;
        try {
            look(StateCodec.decode(job, row));
        } catch (MalformedBytesException | IllegalStateException malformed) {
            String problem = "its state cannot be read: " + malformed.getMessage();
            repairs.add(rows -> rows.putAside(job, problem));
            showLost(job, problem);
        }
        return true;
    }

    /** A schedule's row has the same key as a job's: its queue, its id. */
    private boolean schedule(byte[] key, byte[] row) {
        try {
            JobRef name = Keyspace.job(key);
            ScheduleCodec.decode(name.queue(), name.id().value(), row);
        } catch (MalformedBytesException malformed) {
            String problem = "a schedule cannot be read: " + malformed.getMessage();
            repairs.add(rows -> rows.putAside(key, problem));
            show(new Flaw(Optional.empty(), Optional.empty(), problem, lossCure()));
        }
        return true;
    }

    private void look(StateRow state) {
        JobRef job = state.job();
        Place place = Place.of(state);
        if (database.get(Keyspace.place(place)) == null) {
            repairs.add(rows -> rows.putPlace(place));
            show(Flaw.of(job, "is " + state.state().label() + ", but stands in no line", cure()));
        }
        byte[] body = database.get(Keyspace.body(BodyKey.of(state)));
        if (body == null) putAside(place, "its body is missing");
        else if (!isReadable(() -> BodyCodec.decode(job, body))) putAside(place, "its body cannot be read");
        byte[] failuresKey = Keyspace.failures(job);
        byte[] failures = database.get(failuresKey);
        if (failures == null || isReadable(() -> FailuresCodec.decode(failures))) return;
        String problem = "its failed runs cannot be read";
        repairs.add(rows -> rows.putAside(failuresKey, problem));
        show(Flaw.of(job, problem, cure()));
    }

    private static boolean isReadable(Runnable decoding) {
        try {
            decoding.run();
            return true;
        } catch (MalformedBytesException malformed) {
            return false;
        }
    }

    private void putAside(Place place, String problem) {
        repairs.add(rows -> rows.quarantine(place, problem));
        showLost(place.job(), problem);
    }

    private void showLost(JobRef job, String problem) {
        broken.add(job);
        show(Flaw.of(job, repair ? problem + "; what is left of it was put aside" : problem, lossCure()));
    }

    private void showNameless(String problem) {
        show(new Flaw(Optional.empty(), Optional.empty(), problem, Cure.NONE));
    }

    private void show(Flaw flaw) {
        found.accept(flaw);
    }

    private Cure cure() {
        return repair ? Cure.REPAIRED : Cure.REPAIR;
    }

    private Cure lossCure() {
        return repair ? Cure.NONE : Cure.REPAIR;
    }
}
