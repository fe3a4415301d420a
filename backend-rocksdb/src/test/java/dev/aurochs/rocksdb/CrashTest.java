package dev.aurochs.rocksdb;

import static dev.aurochs.rocksdb.Jobs.MAIL;
import static dev.aurochs.rocksdb.Jobs.ref;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.PlaceScan;
import dev.aurochs.engine.store.RowReads;
import dev.aurochs.queue.job.JobState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that is killed with -9 at any moment has lost nothing that it acknowledged. */
class CrashTest {
    private static final int KILLS = 3;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void nothing_acknowledged_is_lost(Durability durability) throws Exception {
        Path store = folder.resolve("store");
        Set<String> acknowledged = new HashSet<>();
        for (int kill = 0; kill < KILLS; kill++) {
            killed(store, durability, kill, 300 + 700 * kill, acknowledged);
            assertThat(Files.exists(store.resolve(Folder.OWNER))).isTrue();
            RocksDbStore reopened = RocksDbStore.open(new RocksDbSettings(store, durability));
            assertThat(reopened.ownerEpoch()).isEqualTo(2L * kill + 2);
            reopened.read(rows -> {
                check(rows, acknowledged);
                return true;
            });
            reopened.close();
        }
    }

    private static void check(RowReads rows, Set<String> acknowledged) {
        for (String id : acknowledged) {
            assertThat(rows.state(ref(id))).as("state of %s", id).isNotNull();
            assertThat(rows.body(ref(id))).as("body of %s", id).isNotNull();
        }
        List<Place> places = new ArrayList<>();
        for (JobState state : JobState.values()) {
            List<Place> some = rows.places(PlaceScan.from(MAIL, state, null, Integer.MAX_VALUE));
            assertThat(rows.count(MAIL, state)).isEqualTo(some.size());
            places.addAll(some);
        }
        assertThat(places.size()).as("every job stands in one place").isGreaterThanOrEqualTo(acknowledged.size());
        for (Place place : places) assertThat(rows.state(place.job())).isNotNull();
    }

    private void killed(Path store, Durability durability, int round, int acknowledgements, Set<String> ids)
            throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashVictim.class.getName(),
                        store.toString(),
                        durability.label(),
                        "r" + round)
                .redirectError(folder.resolve("stderr-" + round).toFile())
                .start();
        try (BufferedReader out = victim.inputReader()) {
            for (int i = 0; i < acknowledgements; i++) {
                String id = out.readLine();
                if (id == null) throw new AssertionError(Files.readString(folder.resolve("stderr-" + round)));
                ids.add(id);
            }
            // by its handle: the process object would close the stream
            victim.toHandle().destroyForcibly();
            victim.waitFor();
            // what it had printed before it died was acknowledged as well; the last line may be cut
            List<String> rest = out.lines().toList();
            if (!rest.isEmpty()) ids.addAll(rest.subList(0, rest.size() - 1));
        }
    }
}
