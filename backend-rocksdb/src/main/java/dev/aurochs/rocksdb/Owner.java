package dev.aurochs.rocksdb;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A process that has a store open.
 *
 * @param started when the process began, or null where the system does not tell
 * @param command program and main class, without arguments: these may hold secrets
 */
record Owner(long pid, @Nullable Instant started, String command) {
    static Owner current() {
        ProcessHandle process = ProcessHandle.current();
        String program = process.info().command().orElse("java");
        String main = System.getProperty("sun.java.command", "").split(" ", 2)[0];
        return new Owner(process.pid(), process.info().startInstant().orElse(null), (program + " " + main).strip());
    }

    /** Empty when the file is not there or says nothing. */
    static Optional<Owner> read(Path file) {
        Properties facts = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            facts.load(in);
            String started = facts.getProperty("started", "");
            return Optional.of(new Owner(
                    Long.parseLong(facts.getProperty("pid", "")),
                    started.isEmpty() ? null : Instant.parse(started),
                    facts.getProperty("command", "unknown")));
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    void write(Path file) throws IOException {
        Properties facts = new Properties();
        facts.setProperty("pid", Long.toString(pid));
        facts.setProperty("started", started == null ? "" : started.toString());
        facts.setProperty("command", command);
        try (Writer out = Files.newBufferedWriter(file)) {
            facts.store(out, "the process that has this store open");
        }
    }

    boolean isCurrent() {
        return equals(current());
    }

    /** True while that very process runs; another one with the same number does not count. */
    boolean isAlive() {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) return false;
        Instant start = process.get().info().startInstant().orElse(null);
        return start == null || started == null || start.equals(started);
    }

    @Override
    public String toString() {
        return "process " + pid + " (" + command + (started == null ? "" : ", started " + started) + ")";
    }
}
