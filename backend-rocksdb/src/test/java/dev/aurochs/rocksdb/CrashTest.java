package dev.aurochs.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Flaw;
import dev.aurochs.queue.spi.QueueBackend;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that is killed with -9 at any moment has lost nothing that it acknowledged, whatever the durability: its
 * ledger, read through a pipe, lies outside of it. Each round goes on with the store that the round before left.
 */
class CrashTest {
    private static final int KILLS = Integer.getInteger("aurochs.kill.rounds", 3);
    private static final long SEED = Long.getLong("aurochs.kill.seed", 1);
    private static final int MOST_LINES = 600;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void nothing_acknowledged_is_lost(Durability durability) throws Exception {
        Path path = folder.resolve("store");
        Random random = new Random(SEED + durability.ordinal());
        Ledger ledger = new Ledger();
        long repeats = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            kill(path, durability, kill, 1 + random.nextInt(MOST_LINES), ledger);
            assertThat(path.resolve(Folder.OWNER)).exists();
            RocksDbStore store = RocksDbStore.open(new RocksDbSettings(path, durability));
            assertThat(store.ownerEpoch()).isEqualTo(2L * kill + 2);
            try (QueueBackend found = Stores.over(store)) {
                assertThat(flaws(found)).as("flaws after kill %d", kill).isEmpty();
                assertThat(ledger.losses(found))
                        .as("losses after kill %d", kill)
                        .isEmpty();
                for (QueueName queue : found.queues())
                    repeats += found.counts(queue).of(JobState.ACTIVE).orElseThrow();
            }
        }
        System.out.printf(
                "kill -9: %d kills at durability=%s, acknowledged %d, lost 0, runs to repeat %d%n",
                KILLS, durability.label(), ledger.acknowledged(), repeats);
    }

    private static List<Flaw> flaws(QueueBackend found) {
        List<Flaw> flaws = new ArrayList<>();
        found.selfCheck().orElseThrow().check(false, Jobs.NOW, flaws::add);
        return flaws;
    }

    /** Lets a victim work until its ledger has so many lines more. */
    private void kill(Path store, Durability durability, int round, int lines, Ledger ledger)
            throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashVictim.class.getName(),
                        store.toString(),
                        durability.label(),
                        Integer.toString(round))
                .redirectError(folder.resolve("stderr-" + round).toFile())
                .start();
        try (BufferedReader out = victim.inputReader()) {
            for (int i = 0; i < lines; i++) {
                String line = out.readLine();
                if (line == null) throw new AssertionError(Files.readString(folder.resolve("stderr-" + round)));
                ledger.note(line);
            }
            // by its handle: the process object would close the stream
            victim.toHandle().destroyForcibly();
            victim.waitFor();
            // what it had printed before it died was acknowledged as well; the last line may be cut
            List<String> rest = out.lines().toList();
            if (!rest.isEmpty()) rest.subList(0, rest.size() - 1).forEach(ledger::note);
        } finally {
            victim.toHandle().destroyForcibly();
        }
    }
}
