package dev.aurochs.rocksdb;

import static dev.aurochs.rocksdb.Jobs.MAIL;
import static dev.aurochs.rocksdb.Jobs.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.QueueBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule E4: nobody hears of what a power cut could still undo. */
class EventsAreSafeTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("E4 an event is readable once its step is on disk, and not before")
    void held() throws Exception {
        HeldDisk[] disk = new HeldDisk[1];
        RocksDbStore store = RocksDbStore.open(
                new RocksDbSettings(folder, Durability.ALWAYS), sound -> disk[0] = new HeldDisk(sound, folder));
        try (QueueBackend backend = Stores.over(store);
                EventReader reader = backend.open(Set.of(MAIL), EventPosition.NOW)) {
            CompletableFuture<?> safe;
            disk[0].hold();
            try {
                safe = backend.add(List.of(Flows.tree("p", "a")), NOW).get(0).toCompletableFuture();
                assertThat(reader.read(10, Duration.ofMillis(50)).events()).isEmpty();
                assertThat(safe).isNotDone();
            } finally {
                disk[0].release();
            }
            safe.join();
            assertThat(reader.read(10, Duration.ofSeconds(10)).events())
                    .extracting(QueueEvent::label)
                    .startsWith("added");
        }
    }
}
