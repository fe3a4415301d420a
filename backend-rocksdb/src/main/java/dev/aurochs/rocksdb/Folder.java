package dev.aurochs.rocksdb;

import dev.aurochs.queue.job.BackendCorruptException;
import dev.aurochs.queue.job.BackendInUseException;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.job.InvalidInputException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a store: RocksDB's files, and two of ours. {@code aurochs-store} says that it is one and in which
 * format;
 * it is read before RocksDB touches anything. {@code aurochs-owner} says which process has it open.
 */
record Folder(Path path) {
    /** The format of keys and rows that this version writes. */
    static final int FORMAT = 2;

    static final String MARKER = "aurochs-store";
    static final String OWNER = "aurochs-owner";

    private static final Logger LOG = LoggerFactory.getLogger(Folder.class);
    private static final String FIELD = "rocksdb folder";

    /** Makes the folder a store's when it is new, and refuses it when it cannot be one this version reads. */
    static Folder prepare(Path path) {
        InvalidInputException.unless(
                !Files.exists(path) || Files.isDirectory(path), FIELD, path, "is a file; name a folder");
        Folder folder = new Folder(path);
        try {
            Files.createDirectories(path);
            if (Files.exists(path.resolve(MARKER))) folder.checkFormat();
            else folder.begin();
            return folder;
        } catch (IOException refused) {
            String rule = "cannot be used (" + reason(refused) + "); name a folder that this user can write to";
            throw new InvalidInputException(FIELD, path, rule, refused);
        }
    }

    /** Writes down that this process has the store open. */
    void sign() {
        Path file = path.resolve(OWNER);
        Owner.read(file).ifPresent(before -> LOG.info("{} did not close the store in {}; it carries on", before, path));
        try {
            Owner.current().write(file);
        } catch (IOException refused) {
            throw new BackendUnavailableException(
                    "cannot write " + file + " (" + reason(refused)
                            + "); make room or mend the disk, then open it again",
                    Outcome.NOT_APPLIED,
                    refused);
        }
    }

    /** Takes half-written records off the end of the log, unless somebody has the store open. */
    void cutLog() {
        if (Owner.read(path.resolve(OWNER)).filter(Owner::isAlive).isPresent()) return;
        try {
            LogEnd.cut(path);
        } catch (IOException refused) {
            throw new BackendUnavailableException(
                    "cannot read the log of the RocksDB store in " + path + " (" + reason(refused)
                            + "); mend what that says, then open it again",
                    Outcome.NOT_APPLIED,
                    refused);
        }
    }

    /** Takes away what {@link #sign} wrote. */
    void release() {
        try {
            Files.deleteIfExists(path.resolve(OWNER));
        } catch (IOException refused) {
            LOG.warn("cannot remove {}; it does no harm", path.resolve(OWNER), refused);
        }
    }

    /** Why the store cannot be opened while somebody holds its lock. */
    BackendInUseException inUse(Throwable lock) {
        String store = "the RocksDB store in " + path + " is in use: ";
        return new BackendInUseException(store + holder(Owner.read(path.resolve(OWNER))), lock);
    }

    private String holder(Optional<Owner> owner) {
        String find = "; find who holds " + path.resolve("LOCK") + " with lsof or fuser, and stop it";
        if (owner.isEmpty()) return "by a process that has left no name yet; try again" + find;
        if (owner.get().isCurrent())
            return "this process has it open already, " + owner.get() + "; use that one, or close it first";
        if (owner.get().isAlive())
            return owner.get() + " has it open; stop that process, or give this one a folder of its own";
        return "its last known owner, " + owner.get() + ", is gone, yet its lock is held" + find;
    }

    private void begin() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            InvalidInputException.unless(
                    files.allMatch(it -> it.getFileName().toString().startsWith(MARKER)),
                    FIELD,
                    path,
                    "is not empty and holds no Aurochs store (no file " + MARKER + "); name a new or an empty folder");
        }
        Path aside = Files.createTempFile(path, MARKER, ".new");
        Properties facts = new Properties();
        facts.setProperty("format", Integer.toString(FORMAT));
        facts.setProperty(
                "created", Files.getLastModifiedTime(aside).toInstant().toString());
        try (var out = Files.newBufferedWriter(aside)) {
            facts.store(out, "an Aurochs job store");
        }
        Files.move(aside, path.resolve(MARKER), StandardCopyOption.ATOMIC_MOVE);
    }

    private void checkFormat() throws IOException {
        Path file = path.resolve(MARKER);
        String found;
        try (Reader in = Files.newBufferedReader(file)) {
            Properties facts = new Properties();
            facts.load(in);
            found = facts.getProperty("format", "");
        }
        if (!found.matches("[1-9][0-9]{0,8}"))
            throw new BackendCorruptException(
                    file + " does not say in which format the store is; restore it from a backup", null);
        int format = Integer.parseInt(found);
        if (format != FORMAT)
            throw new BackendCorruptException(
                    "the RocksDB store in " + path + " has format " + found + ", this version reads format " + FORMAT
                            + "; open it with the version that wrote it" + (format > FORMAT ? ", or a newer one" : ""),
                    null);
    }

    private static String reason(IOException refused) {
        String reason = refused instanceof FileSystemException file ? file.getReason() : refused.getMessage();
        return refused.getClass().getSimpleName() + (reason == null ? "" : ": " + reason);
    }
}
