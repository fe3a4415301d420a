package dev.aurochs.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {
    @TempDir
    private Path parent;

    private Path root() {
        return parent.resolve("aurochs-demo");
    }

    @Test
    void oneProcessHasItAtATime() throws IOException {
        try (DemoFolder folder = DemoFolder.open(root())) {
            assertThatThrownBy(() -> DemoFolder.open(root()))
                    .isInstanceOf(DemoRefusal.class)
                    .hasMessageContaining("another demo is running");
            assertThat(folder.root()).isEqualTo(root());
        }
        DemoFolder.open(root()).close();
    }

    @Test
    void whatWasWrittenHalfIsRemovedAndNothingElse() throws IOException {
        try (DemoFolder folder = DemoFolder.open(root())) {
            DurableFiles.write(folder.staging().resolve("whole"), new byte[10]);
            Files.write(folder.staging().resolve("half.part"), new byte[5]);
            DurableFiles.write(folder.pictures().resolve("a.jpg"), new byte[10]);
            Files.write(folder.pictures().resolve("b.jpg.part"), new byte[5]);
            Files.write(folder.root().resolve("run.json.part"), new byte[5]);

            folder.removeLeftovers();

            try (var files = Files.walk(root())) {
                assertThat(files.filter(Files::isRegularFile)
                                .map(Path::getFileName)
                                .map(Path::toString))
                        .containsExactlyInAnyOrder("lock", "whole", "a.jpg");
            }
        }
    }

    @Test
    void forgettingKeepsWhatIsNotTheDemos() throws IOException {
        try (DemoFolder folder = DemoFolder.open(root())) {
            DurableFiles.write(folder.shrunk().resolve("sub/a.jpg"), new byte[10]);
            folder.putResultsAside(1);
            DurableFiles.write(folder.shrunk().resolve("b.jpg"), new byte[10]);
            DurableFiles.write(folder.root().resolve("mine.txt"), new byte[10]);
            assertThat(root().resolve("shrunk-run1/sub/a.jpg")).exists();

            folder.forget();

            try (var left = Files.list(root())) {
                assertThat(left.map(Path::getFileName).map(Path::toString))
                        .containsExactlyInAnyOrder("lock", "mine.txt");
            }
        }
    }

    @Test
    void aFileIsReplacedAsAWhole() throws IOException {
        Path file = parent.resolve("deep/file");
        DurableFiles.write(file, "one".getBytes(StandardCharsets.UTF_8));
        DurableFiles.write(file, "two".getBytes(StandardCharsets.UTF_8));
        assertThat(file).hasContent("two");
        assertThat(file.resolveSibling("file.part")).doesNotExist();
    }

    @Test
    void theStateOfARunIsReadAsItWasWritten() throws IOException {
        RunFile file = new RunFile(parent.resolve("run.json"));
        assertThat(file.read()).isEqualTo(Optional.empty());
        Store own = new Store("rocksdb:./aurochs-demo/jobs", true, false);
        RunState state = RunState.fresh(3, null, own, List.of("größe 1.jpg"))
                .started(own)
                .stopped();
        file.write(state);
        assertThat(file.read()).contains(state);
        assertThat(state.label()).isEqualTo("run3");
        assertThat(state.started(own).kills()).isZero();
        assertThat(state.started(own).started(own).kills()).isEqualTo(1);
    }

    @Test
    void inAnotherStoreARunGetsALabelThatNobodyElseHas() {
        Store own = new Store("rocksdb:./aurochs-demo/jobs", true, false);
        Store shared = new Store("redis://host/0", false, false);
        RunState run = RunState.fresh(1, null, own, List.of("a.jpg")).started(own);
        RunState moved = run.started(shared);
        assertThat(moved.label()).matches("run1-[0-9a-f]{6}");
        assertThat(moved.started(shared).label()).isEqualTo(moved.label());
    }

    @Test
    void aDamagedStateSaysWhatToDo() throws IOException {
        Path file = Files.writeString(parent.resolve("run.json"), "{\"number\":");
        assertThatThrownBy(() -> new RunFile(file).read())
                .isInstanceOf(DemoRefusal.class)
                .hasMessageContaining("start over with --fresh");
    }
}
