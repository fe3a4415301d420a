package dev.aurochs.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFinderTest {
    @TempDir
    private Path folder;

    private void file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
    }

    @Test
    void picturesAreFoundInFoldersBelowToo() throws IOException {
        for (String name : new String[] {
            "b.JPG",
            "a b.png",
            "sub/ü.jpeg",
            "sub/deep/c.tiff",
            ".thumbnails/t.jpg",
            "aurochs-demo/shrunk/b.jpg",
            "note.txt"
        }) file(name);

        PictureFinder.Found found = PictureFinder.in(folder, folder.resolve("aurochs-demo"));

        assertThat(found.names()).containsExactly("a b.png", "b.JPG", "sub/deep/c.tiff", "sub/ü.jpeg");
        assertThat(found.others()).isEqualTo(1);
        assertThat(found.troubles()).isEmpty();
    }

    @Test
    void aLinkToAPictureCountsAndADeadOneDoesNot() throws IOException {
        file("a.jpg");
        Files.createSymbolicLink(folder.resolve("link.jpg"), Path.of("a.jpg"));
        Files.createSymbolicLink(folder.resolve("dead.jpg"), Path.of("gone.jpg"));
        PictureFinder.Found found = PictureFinder.in(folder, folder.resolve("aurochs-demo"));
        assertThat(found.names()).containsExactly("a.jpg", "link.jpg");
        assertThat(found.others()).isEqualTo(1);
    }

    @Test
    void anEmptyFolderHasNone() throws IOException {
        assertThat(PictureFinder.in(folder, folder.resolve("aurochs-demo")).names())
                .isEmpty();
    }
}
