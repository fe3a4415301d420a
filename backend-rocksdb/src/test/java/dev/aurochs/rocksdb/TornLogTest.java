package dev.aurochs.rocksdb;

import static dev.aurochs.rocksdb.Jobs.MAIL;
import static dev.aurochs.rocksdb.Jobs.ref;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.PlaceScan;
import dev.aurochs.queue.job.JobState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A power cut may tear the end off the log; what is left is the store as it was after some step. */
class TornLogTest {
    private static final int STEPS = 60;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 333, 1_000, 5_000})
    void what_is_left_is_a_beginning_of_the_steps(int torn) throws IOException {
        RocksDbSettings settings = new RocksDbSettings(folder, Durability.OS);
        RocksDbStore store = RocksDbStore.open(settings);
        for (int i = 0; i < STEPS; i++) {
            int seq = i;
            store.write(rows -> {
                        Jobs.add(rows, "j" + seq, seq);
                        return seq;
                    })
                    .safe()
                    .toCompletableFuture()
                    .join();
        }
        store.close();
        tear(torn);
        RocksDbStore reopened = RocksDbStore.open(settings);
        reopened.read(rows -> {
            List<Place> places = rows.places(PlaceScan.from(MAIL, JobState.WAITING, null, STEPS));
            assertThat(places.size()).isLessThan(STEPS);
            assertThat(rows.count(MAIL, JobState.WAITING)).isEqualTo(places.size());
            for (int i = 0; i < STEPS; i++) {
                boolean there = i < places.size();
                assertThat(rows.state(ref("j" + i)) != null).isEqualTo(there);
                assertThat(rows.body(ref("j" + i)) != null).isEqualTo(there);
                if (there) assertThat(places.get(i)).isEqualTo(Jobs.waitingPlace("j" + i, 0, i));
            }
            return true;
        });
        reopened.close();
    }

    private void tear(int bytes) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path log = files.filter(file -> file.toString().endsWith(".log"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() - bytes);
            }
        }
    }
}
