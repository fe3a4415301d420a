package dev.aurochs.cli.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files that are either whole or not there, also after a power cut: written aside under a name ending in {@link
 * #ASIDE},
 * brought to the disk, then renamed.
 */
final class DurableFiles {
    static final String ASIDE = ".part";

    private DurableFiles() {}

    /** Writes a file, creating its folder; what was there before is replaced at once and as a whole. */
    static void write(Path target, byte[] bytes) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path aside = target.resolveSibling(target.getFileName() + ASIDE);
        try (FileChannel channel = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) channel.write(rest);
            channel.force(true);
        }
        move(aside, target);
    }

    /** Renames a file within one file system, creating the folder it goes to; replaces what is there. */
    static void move(Path from, Path to) throws IOException {
        Path folder = to.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        bringToDisk(folder);
    }

    /** Makes the names in a folder durable, where the system lets a program ask for that (Windows does not). */
    private static void bringToDisk(Path folder) {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException notOffered) {
            return;
        }
    }
}
