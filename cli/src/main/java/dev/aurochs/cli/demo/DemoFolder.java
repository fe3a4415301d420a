package dev.aurochs.cli.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The demo's own folder, held by one process at a time. Everything the demo writes is in here.
 *
 * <pre>
 * jobs/       the job store           pictures/  the demo's own originals    run.json  how far the runs have got
 * shrunk/     published pictures      rejected/  those that failed a check   staging/  on their way
 * </pre>
 */
final class DemoFolder implements AutoCloseable {
    private final Path root;
    private final FileChannel lock;

    private DemoFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** Creates the folder if need be and takes it; throws {@link DemoRefusal} while another process has it. */
    static DemoFolder open(Path root) throws IOException {
        if (Files.exists(root) && !Files.isDirectory(root))
            throw new DemoRefusal(root + " is a file; the demo wants a folder of that name. Move it away.");
        FileChannel lock = lockFile(root);
        if (!isTaken(lock)) {
            lock.close();
            throw new DemoRefusal("another demo is running in " + root + "; wait for it or stop it.");
        }
        return new DemoFolder(root, lock);
    }

    private static FileChannel lockFile(Path root) throws IOException {
        try {
            Files.createDirectories(root);
            return FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (AccessDeniedException forbidden) {
            throw new DemoRefusal("cannot write to " + forbidden.getFile() + "; run the demo in a folder of yours.");
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock taken = channel.tryLock();
            return taken != null;
        } catch (OverlappingFileLockException bySelf) {
            return false;
        }
    }

    Path root() {
        return root;
    }

    Path pictures() {
        return root.resolve("pictures");
    }

    Path shrunk() {
        return root.resolve("shrunk");
    }

    Path rejected() {
        return root.resolve("rejected");
    }

    Path staging() {
        return root.resolve("staging");
    }

    Path runFile() {
        return root.resolve("run.json");
    }

    /** Removes what a killed process wrote aside and had not renamed yet. */
    void removeLeftovers() throws IOException {
        for (Path folder : new Path[] {root, pictures(), staging()}) removeLeftovers(folder);
    }

    private static void removeLeftovers(Path folder) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, "*" + DurableFiles.ASIDE)) {
            for (Path leftover : leftovers) Files.delete(leftover);
        } catch (NoSuchFileException nothingYet) {
            return;
        }
    }

    /** Removes what is on its way, once nothing is. */
    void removeStaging() throws IOException {
        if (Files.exists(staging())) deleteTree(staging());
    }

    /** Keeps the results of another set of pictures apart, under names that carry their run. */
    void putResultsAside(int run) throws IOException {
        for (Path results : new Path[] {shrunk(), rejected()})
            if (Files.exists(results))
                DurableFiles.move(results, results.resolveSibling(results.getFileName() + "-run" + run));
    }

    /** Deletes everything the demo ever made in here, the kept results of earlier runs too. */
    void forget() throws IOException {
        Files.deleteIfExists(runFile());
        for (String own : new String[] {"jobs", "pictures", "staging", "shrunk*", "rejected*"})
            try (DirectoryStream<Path> found = Files.newDirectoryStream(root, own)) {
                for (Path folder : found) deleteTree(folder);
            }
    }

    private static void deleteTree(Path top) throws IOException {
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) throws IOException {
                if (problem != null) throw problem;
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Lets another process have the folder. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
