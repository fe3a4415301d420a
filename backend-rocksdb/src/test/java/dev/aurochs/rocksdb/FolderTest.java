package dev.aurochs.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.job.BackendCorruptException;
import dev.aurochs.queue.job.BackendInUseException;
import dev.aurochs.queue.job.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may open which folder, and what everybody else is told. */
class FolderTest {
    @TempDir
    Path folder;

    private RocksDbStore open(Path path) {
        return RocksDbStore.open(new RocksDbSettings(path, Durability.ALWAYS));
    }

    @Test
    void a_second_opener_is_told_who_has_the_store() {
        try (RocksDbStore first = open(folder)) {
            assertThat(first.ownerEpoch()).isEqualTo(1);
            assertThatThrownBy(() -> open(folder))
                    .isInstanceOf(BackendInUseException.class)
                    .hasMessageContaining("this process has it open already")
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("close it first");
        }
        assertThat(folder.resolve(Folder.OWNER)).doesNotExist();
        open(folder).close();
    }

    @Test
    void another_process_is_named_with_its_command() throws IOException {
        try (RocksDbStore first = open(folder)) {
            long parent = ProcessHandle.current().parent().orElseThrow().pid();
            new Owner(parent, null, "java Shop").write(folder.resolve(Folder.OWNER));
            assertThatThrownBy(() -> open(folder))
                    .isInstanceOf(BackendInUseException.class)
                    .hasMessageContaining("process " + parent + " (java Shop) has it open; stop that process");
            new Owner(4_194_305, Instant.EPOCH, "java Gone").write(folder.resolve(Folder.OWNER));
            assertThatThrownBy(() -> open(folder))
                    .hasMessageContaining("process 4194305 (java Gone, started 1970")
                    .hasMessageContaining("is gone, yet its lock is held");
            Files.delete(folder.resolve(Folder.OWNER));
            assertThatThrownBy(() -> open(folder)).hasMessageContaining("left no name yet");
            assertThat(first.ownerEpoch()).isEqualTo(1);
        }
    }

    @Test
    void an_owner_that_died_is_no_hindrance() throws IOException {
        open(folder).close();
        new Owner(4_194_305, Instant.EPOCH, "java Gone").write(folder.resolve(Folder.OWNER));
        RocksDbStore store = open(folder);
        assertThat(Owner.read(folder.resolve(Folder.OWNER)).orElseThrow().isCurrent())
                .isTrue();
        store.close();
    }

    @Test
    void a_file_in_the_way_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a file; name a folder");
        assertThatThrownBy(() -> open(file.resolve("below")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be used")
                .hasMessageContaining("name a folder that this user can write to");
    }

    @Test
    void a_folder_of_somebody_else_is_refused_and_left_as_it_is() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "x");
        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not empty and holds no Aurochs store");
        assertThat(folder.toFile().list()).containsExactly("thesis.txt");
    }

    @Test
    void another_format_is_refused_before_anything_is_touched() throws IOException {
        open(folder).close();
        Path marker = folder.resolve(Folder.MARKER);
        String written = Files.readString(marker);
        Files.writeString(marker, written.replace("format=2", "format=3"));
        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(BackendCorruptException.class)
                .hasMessageContaining("has format 3, this version reads format 2; ")
                .hasMessageEndingWith("open it with the version that wrote it, or a newer one");
        Files.writeString(marker, written.replace("format=2", "format=1"));
        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(BackendCorruptException.class)
                .hasMessageEndingWith("open it with the version that wrote it");
        Files.writeString(marker, "nonsense");
        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(BackendCorruptException.class)
                .hasMessageContaining("restore it from a backup");
    }

    @Test
    void a_store_whose_files_are_damaged_says_so() throws IOException {
        open(folder).close();
        Files.writeString(folder.resolve("CURRENT"), "nonsense");
        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(BackendCorruptException.class)
                .hasMessageContaining("restore the folder from a backup");
        assertThat(folder.resolve(Folder.OWNER)).doesNotExist();
    }
}
