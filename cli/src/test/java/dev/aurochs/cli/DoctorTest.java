package dev.aurochs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** {@code doctor} on a folder: what is wrong in it is named, and with {@code --repair} put right as far as it goes. */
class DoctorTest {
    /** Keys as {@code docs/backends/rocksdb.md} shows them, for job {@code mine} of queue {@code q}. */
    private static final String BAND_OF_WAITING = "06710001000001" + "8000000000000000";

    private static final String STATE = "02710001" + HexFormat.of().formatHex("mine".getBytes(UTF_8)) + "0001";

    @TempDir
    Path folder;

    private final Desk desk = new Desk();
    private Path store;

    @BeforeEach
    void twoJobs() {
        store = folder.resolve("store");
        desk.variable(BackendOption.VARIABLE, "rocksdb:" + store);
        desk.type("add", "q", "n", "--id", "mine").printed();
        desk.type("add", "q", "n", "--id", "yours").printed();
    }

    @AfterEach
    void leave() {
        desk.close();
    }

    private interface Fault {
        void on(RocksDB rocks, ColumnFamilyHandle small) throws RocksDBException;
    }

    /** Changes rows behind the back of the store. */
    private void damage(Fault fault) throws RocksDBException {
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        for (String name : List.of("default", "bodies", "places", "events"))
            families.add(new ColumnFamilyDescriptor(name.getBytes(UTF_8)));
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (DBOptions options = new DBOptions();
                RocksDB rocks = RocksDB.open(options, store.toString(), families, handles)) {
            fault.on(rocks, handles.get(0));
            handles.forEach(ColumnFamilyHandle::close);
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void aSoundStoreIsSaidToBe() {
        assertThat(desk.type("doctor").printed()).containsPattern("ok +jobs +counts, lines and families agree");
    }

    @Test
    void aWrongCountIsNamedAndCountedAgain() throws RocksDBException {
        damage((rocks, small) -> rocks.delete(small, bytes(BAND_OF_WAITING)));
        assertThat(desk.type("doctor").printed())
                .containsPattern("warn +jobs +queue q counts 0 waiting jobs, but has 2")
                .contains("→ run 'doctor --repair'");
        assertThat(desk.type("doctor", "--repair", "--json").printed())
                .contains("{\"check\":\"jobs\",\"status\":\"ok\","
                        + "\"found\":\"repaired: queue q counts 0 waiting jobs, but has 2\",\"do\":null}");
        assertThat(desk.type("counts", "q").printed()).containsPattern("waiting +2");
        assertThat(desk.type("doctor").printed()).contains("agree with the jobs");
    }

    @Test
    void aJobThatCannotBeReadIsNamedAndSetAside() throws RocksDBException {
        damage((rocks, small) -> rocks.put(small, bytes(STATE), new byte[] {1, 99, 7}));
        assertThat(desk.type("doctor").printed()).contains("job q:mine its state cannot be read");
        assertThat(desk.type("doctor", "--repair").printed()).contains("what is left of it was put aside");
        assertThat(desk.type("doctor").printed()).contains("job q:mine was put aside: its state cannot be read");
        assertThat(desk.type("counts", "q").printed()).containsPattern("waiting +1");
    }

    @Test
    void aNewerFormatIsRefusedByName() throws IOException {
        Files.writeString(store.resolve("aurochs-store"), "format=99\n");
        Desk.Typed refused = desk.type("doctor", "--repair");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out())
                .containsPattern("fail +backend +the RocksDB store in .* has format 99")
                .contains("open it with the version that wrote it");
    }

    @Test
    void aTornLogLosesItsEndAndNothingElse() throws IOException {
        Path log = newestLog();
        byte[] written = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(written, written.length - 5));
        assertThat(desk.type("doctor").printed()).contains("agree with the jobs");
    }

    private Path newestLog() throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }
}
