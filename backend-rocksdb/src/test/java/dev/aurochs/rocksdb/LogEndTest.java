package dev.aurochs.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a log is found whatever stands behind it, and only then is something cut. */
class LogEndTest {
    private static final Json LONG = new Json('"' + "x".repeat(3_000) + '"');

    @TempDir
    Path folder;

    private final TreeSet<Integer> ends = new TreeSet<>();
    private byte[] log;
    private Path file;

    /** Records of several lengths, some of them over two blocks. */
    @BeforeEach
    void write() throws IOException {
        RocksDbSettings settings = new RocksDbSettings(folder, Durability.OS);
        RocksDbStore store = RocksDbStore.open(settings);
        ends.add(0);
        for (int i = 0; i < 40; i++) {
            int seq = i;
            ends.add((int) LogFile.newest(folder).length());
            store.write(rows -> {
                        Jobs.add(rows, "j" + seq, seq);
                        if (seq % 3 > 0) rows.putBody(Jobs.body("j" + seq).withPayload(LONG));
                        return seq;
                    })
                    .safe()
                    .toCompletableFuture()
                    .join();
        }
        store.close();
        file = folder.resolve(LogFile.newest(folder).name());
        log = Files.readAllBytes(file);
        ends.add(log.length);
        assertThat(log.length).isGreaterThan(70_000);
    }

    private static int end(byte[] log) {
        return LogEnd.wholeRecords(ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN));
    }

    @Test
    void a_whole_log_ends_where_it_ends() {
        assertThat(end(log)).isEqualTo(log.length);
        assertThat(end(new byte[0])).isZero();
    }

    /** Where the last whole record ends that is left; a tail may begin just as the record went on. */
    private int whole(byte[] left) {
        return ends.floor(Arrays.mismatch(log, left));
    }

    @Test
    void half_a_record_zeros_and_garbage_are_behind_the_end() {
        Random random = new Random(1);
        for (int cut = 0; cut < log.length; cut += 1 + random.nextInt(150)) {
            byte[] left = Arrays.copyOf(log, cut);
            assertThat(end(left)).as("cut at %d", cut).isEqualTo(ends.floor(cut));
            byte[] zeros = Arrays.copyOf(left, cut + 40_000);
            assertThat(end(zeros)).as("zeros at %d", cut).isEqualTo(whole(zeros));
            byte[] garbage = new byte[cut + 40_000];
            random.nextBytes(garbage);
            System.arraycopy(left, 0, garbage, 0, cut);
            assertThat(end(garbage)).as("garbage at %d", cut).isEqualTo(whole(garbage));
        }
    }

    @Test
    void what_is_cut_off_is_kept_aside_and_the_store_opens() throws IOException {
        byte[] garbage = Arrays.copyOf(log, log.length + 40_000);
        Arrays.fill(garbage, log.length, garbage.length, (byte) 1);
        Files.write(file, garbage);
        LogEnd.cut(folder);
        assertThat(file).hasBinaryContent(log);
        assertThat(folder.resolve("aurochs-cut-" + file.getFileName())).hasBinaryContent(garbage);
        LogEnd.cut(folder);
        assertThat(file).hasBinaryContent(log);
        RocksDbStore.open(new RocksDbSettings(folder, Durability.ALWAYS)).close();
    }
}
