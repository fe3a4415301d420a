package dev.aurochs.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.spi.Flaw;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.rocksdb.LogFile.Tail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;

/**
 * The power fails while the log is being written: of what was not yet safe any beginning may be left, with anything
 * behind it. What is found afterwards is the store as it was after some step, not before the last one acknowledged.
 *
 * <p>The disk is held at the moment before it makes a burst of steps safe, the folder is copied, and the copy's log is
 * cut in many places. After each step the test notes what the store says and how long the log is, so it knows which
 * step each cut must lead back to.
 */
@Tag("once")
class PowerCutTest {
    private static final long SEED = Long.getLong("aurochs.powercut.seed", 1);
    private static final int BURSTS = Integer.getInteger("aurochs.powercut.bursts", 12);
    private static final int STEPS = 25;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final Ledger ledger = new Ledger();
    /** What the store said after each step, from the empty store on. */
    private final List<Long> views = new ArrayList<>(List.of(0L));

    private RocksDbStore store;
    private QueueBackend backend;
    private HeldDisk disk;
    private MixedWork work;
    private int cuts;
    private long repeats;

    @Test
    void whatever_is_left_of_the_log_nothing_acknowledged_is_lost() throws Exception {
        Path living = folder.resolve("store");
        store = RocksDbStore.open(
                new RocksDbSettings(living, Durability.ALWAYS), sound -> disk = new HeldDisk(sound, living));
        backend = Stores.over(store);
        work = new MixedWork(backend, "", SEED, 200, this::note);
        for (int burst = 0; burst < BURSTS; burst++) {
            work.stepOutside();
            views.add(view(backend));
            cutEverywhere(burst(burst % 3 == 1));
        }
        backend.close();
        System.out.printf(
                "power cuts: %d (seed %d, %d steps), acknowledged %d, lost 0, runs to repeat %d%n",
                cuts, SEED, views.size() - 1, ledger.acknowledged(), repeats);
    }

    private void note(String line) {
        synchronized (ledger) {
            ledger.note(line);
        }
    }

    /** Where in the log the batch ends that holds the steps up to {@code step}. */
    private record End(int step, LogFile log) {}

    /**
     * The folder as the operating system has it while a burst of steps is not safe yet.
     *
     * @param safeStep the last step that was acknowledged
     * @param safe how much of the newest log no power cut can take
     */
    private record Snapshot(Path path, LogFile log, long safe, int safeStep, List<End> ends, Ledger promised) {}

    private Snapshot burst(boolean newFile) throws IOException, RocksDBException {
        List<CompletionStage<?>> stages = new ArrayList<>();
        List<End> ends = new ArrayList<>();
        int safeStep = views.size() - 1;
        Snapshot snapshot;
        disk.hold();
        try {
            for (int i = 1; i <= STEPS; i++) {
                stages.add(work.step());
                views.add(view(backend));
                boolean turn = newFile && i == STEPS / 2;
                if (turn || i == STEPS || random.nextInt(3) > 0) ends.add(end());
                if (turn) writeFile();
            }
            snapshot = snapshot(safeStep, ends);
        } finally {
            disk.release();
        }
        for (CompletionStage<?> stage : stages) stage.toCompletableFuture().join();
        return snapshot;
    }

    /** Counts and records, whatever their order; jobs that are not there count nothing. */
    private long view(QueueBackend backend) {
        long view = 0;
        for (Optional<JobRecord> job : backend.find(work.known()))
            view += job.map(record -> record.hashCode() * 0x9E3779B97F4A7C15L).orElse(0L);
        return view;
    }

    private End end() {
        // events are read from the database, so everything pending is written to it first
        store.read(rows -> rows.events(MixedWork.WHOLES, 0, 1));
        disk.spill();
        return new End(views.size() - 1, LogFile.newest(folder.resolve("store")));
    }

    /** Ends the log and begins a new one: RocksDB brings its small rows into a file of their own. */
    private void writeFile() throws RocksDBException {
        try (FlushOptions options = new FlushOptions()) {
            store.database().rocks().flush(options);
        }
    }

    private Snapshot snapshot(int safeStep, List<End> ends) throws IOException, RocksDBException {
        Path copy = folder.resolve("snapshot");
        Path living = folder.resolve("store");
        store.database().rocks().pauseBackgroundWork();
        copy(living, copy);
        store.database().rocks().continueBackgroundWork();
        LogFile log = LogFile.newest(copy);
        synchronized (ledger) {
            return new Snapshot(copy, log, disk.safeLength(log), safeStep, ends, ledger.copy());
        }
    }

    private void cutEverywhere(Snapshot snapshot) throws IOException {
        LogFile log = snapshot.log();
        long safe = snapshot.safe();
        for (Tail tail : Tail.values()) cut(snapshot, log.at(safe), tail);
        if (safe > 0) cut(snapshot, log.at(safe - 1), Tail.NOTHING);
        cut(snapshot, log.at(safe + 1), Tail.NOTHING);
        cut(snapshot, log.at(log.length() - 1), anyTail());
        cut(snapshot, log, anyTail());
        for (int i = 0; i < 3; i++) {
            End end = snapshot.ends().get(random.nextInt(snapshot.ends().size()));
            if (end.log().name().equals(log.name())) cut(snapshot, end.log(), anyTail());
            cut(snapshot, log.at(safe + random.nextLong(log.length() - safe)), anyTail());
        }
        delete(snapshot.path());
    }

    private Tail anyTail() {
        return Tail.values()[random.nextInt(Tail.values().length)];
    }

    private void cut(Snapshot snapshot, LogFile cut, Tail tail) throws IOException {
        Path copy = folder.resolve("cut");
        copy(snapshot.path(), copy);
        // the owner is this process, which lives on; that of a real power cut does not
        Files.delete(copy.resolve(Folder.OWNER));
        LogFile left = cut.cut(copy, tail, random);
        boolean keepsPromises = cut.length() >= snapshot.safe();
        int first = keepsPromises ? snapshot.safeStep() : 0;
        int last = views.size() - 1;
        for (End end : snapshot.ends()) {
            if (end.log().isWithin(left)) first = end.step();
            else last = Math.min(last, end.step() - 1);
        }
        if (!keepsPromises) first = 0;
        QueueBackend found = Stores.over(RocksDbStore.open(new RocksDbSettings(copy, Durability.OS)));
        String what = cut + " of " + snapshot.log() + " with " + tail + ", safe " + snapshot.safe();
        assertThat(flaws(found)).as("flaws after %s", what).isEmpty();
        assertThat(views.subList(first, last + 1))
                .as("steps %d to %d after %s", first, last, what)
                .contains(view(found));
        if (keepsPromises)
            assertThat(snapshot.promised().losses(found))
                    .as("losses after %s", what)
                    .isEmpty();
        repeats += Stores.workOff(found, work.now().plusSeconds(86_400));
        found.close();
        cuts++;
        delete(copy);
    }

    private List<Flaw> flaws(QueueBackend found) {
        List<Flaw> flaws = new ArrayList<>();
        found.selfCheck().orElseThrow().check(false, work.now(), flaws::add);
        return flaws;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) Files.copy(file, to.resolve(file.getFileName()));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
