package dev.aurochs.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A write-ahead log and how long it is, or is to be. Later logs have greater names. */
record LogFile(String name, long length) {
    /** What a power cut may leave behind the last byte that was written. */
    enum Tail {
        NOTHING,
        ZEROS,
        GARBAGE
    }

    /** The logs of a store, oldest first. */
    static List<LogFile> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .map(file -> new LogFile(
                            file.getFileName().toString(), file.toFile().length()))
                    .sorted(Comparator.comparing(LogFile::name))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static LogFile newest(Path folder) {
        List<LogFile> logs = in(folder);
        return logs.get(logs.size() - 1);
    }

    LogFile at(long length) {
        return new LogFile(name, length);
    }

    /** True when {@code cut} leaves everything of this log. */
    boolean isWithin(LogFile cut) {
        int order = name.compareTo(cut.name);
        return order < 0 || order == 0 && length <= cut.length;
    }

    /** Makes the file in a folder as long as this one, with a tail behind; answers how far it is as it was before. */
    LogFile cut(Path folder, Tail tail, Random random) throws IOException {
        Path file = folder.resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        byte[] left = Arrays.copyOf(bytes, (int) length + (tail == Tail.NOTHING ? 0 : 5_000));
        Arrays.fill(left, (int) length, left.length, (byte) 0);
        for (int i = (int) length; tail == Tail.GARBAGE && i < left.length; i++) left[i] = (byte) random.nextInt();
        Files.write(file, left);
        int same = Arrays.mismatch(bytes, left);
        return same < 0 ? at(bytes.length) : at(same);
    }
}
