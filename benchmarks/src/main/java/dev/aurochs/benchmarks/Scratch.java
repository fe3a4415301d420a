package dev.aurochs.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for stores, emptied between benchmarks and gone at the end. */
final class Scratch implements AutoCloseable {
    private final Path folder;

    Scratch(Path parent) throws IOException {
        Files.createDirectories(parent);
        folder = Files.createTempDirectory(parent, "benchmark");
    }

    /** The address of a new, empty durable store. */
    String store() throws IOException {
        clear();
        return "rocksdb:" + folder.resolve("store");
    }

    Path folder() {
        return folder;
    }

    /** Bytes on disk. */
    long size() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private void clear() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList())
                if (!file.equals(folder)) Files.delete(file);
        }
    }

    @Override
    public void close() throws IOException {
        clear();
        Files.delete(folder);
    }
}
