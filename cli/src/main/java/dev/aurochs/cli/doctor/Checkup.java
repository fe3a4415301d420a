package dev.aurochs.cli.doctor;

import dev.aurochs.queue.job.BackendInUseException;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueException;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.HealthNote;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.Traits.AckLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** One look at everything that a store at an address needs. */
public final class Checkup {
    private static final int OLDEST_JAVA = 17;
    private static final long LITTLE_SPACE = 1L << 30;
    private static final long TOO_LITTLE_SPACE = 50L << 20;
    private static final long MANY_FAILED = 100_000;
    private static final String CORRECT_ADDRESS = "correct the address: --backend or AUROCHS_BACKEND";

    private final String address;
    private final Map<String, String> environment;
    private final Function<String, QueueBackend> opening;
    private final Soundness soundness;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param opening opens the store at an address
     * @param soundness how to look through what is in it
     */
    public Checkup(
            String address,
            Map<String, String> environment,
            Function<String, QueueBackend> opening,
            Soundness soundness) {
        this.address = address;
        this.environment = environment;
        this.opening = opening;
        this.soundness = soundness;
    }

    /** All findings, in the order of the checks. */
    public List<Finding> run() {
        java();
        shell();
        try {
            backend(BackendAddress.parse(address));
        } catch (InvalidInputException broken) {
            findings.add(Finding.fail("backend", broken.getMessage(), CORRECT_ADDRESS));
        }
        return List.copyOf(findings);
    }

    private void java() {
        Runtime.Version version = Runtime.version();
        String found = version + ", " + System.getProperty("java.vm.name");
        findings.add(
                version.feature() >= OLDEST_JAVA
                        ? Finding.ok("java", found)
                        : Finding.fail("java", found, "install Java " + OLDEST_JAVA + " or newer"));
    }

    private void shell() {
        String path = environment.getOrDefault("PATH", "");
        if (program("sh", path).isEmpty())
            findings.add(
                    Finding.warn("shell", "no 'sh' on the PATH", "'work --exec' needs one; the rest works without"));
        else if (program("setsid", path).isEmpty())
            findings.add(Finding.warn(
                    "shell",
                    "no 'setsid' on the PATH",
                    "install util-linux, so that 'work --exec' can end background processes of its commands"));
        else findings.add(Finding.ok("shell", "sh and setsid"));
    }

    private static Optional<Path> program(String name, String path) {
        return Stream.of(path.split(java.io.File.pathSeparator))
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private void backend(BackendAddress parsed) {
        Optional<Path> folder = folder(parsed);
        try {
            if (folder.isPresent() && !Files.exists(folder.get())) tryElsewhere(parsed, folder.get());
            else look(address);
        } catch (BackendInUseException taken) {
            findings.add(Finding.fail("backend", taken.getMessage(), "stop the owner, or work through it"));
        } catch (InvalidInputException broken) {
            findings.add(Finding.fail("backend", broken.getMessage(), CORRECT_ADDRESS));
        } catch (BackendUnavailableException away) {
            findings.add(Finding.fail(
                    "backend", away.getMessage(), "start the store, see to what it says, or " + CORRECT_ADDRESS));
        } catch (QueueException | IOException broken) {
            findings.add(Finding.fail("backend", broken.getMessage(), "do as it says, or use another folder"));
        }
        folder.ifPresent(this::disk);
    }

    /** The folder of an address that is one; none for servers and memory. */
    private static Optional<Path> folder(BackendAddress parsed) {
        if (!parsed.scheme().equals("rocksdb")) return Optional.empty();
        try {
            return Optional.of(Path.of(parsed.rest()).toAbsolutePath().normalize());
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    private void tryElsewhere(BackendAddress parsed, Path folder) throws IOException {
        Path trial = Files.createTempDirectory("aurochs-doctor-");
        try {
            String settings = address.contains("?") ? address.substring(address.indexOf('?')) : "";
            look(parsed.scheme() + ":" + trial.resolve("store") + settings);
            findings.add(Finding.ok("store", folder + " is not there yet; the first job creates it"));
        } finally {
            delete(trial);
        }
    }

    private void look(String where) {
        try (QueueBackend backend = opening.apply(where)) {
            BackendInfo info = backend.info();
            findings.add(Finding.ok("backend", info.name() + " answers at " + BackendAddress.parse(address)));
            List<HealthNote> notes = backend.health(soundness.clock().instant());
            if (notes.stream().noneMatch(note -> note.subject().equals(HealthNote.DURABILITY)))
                acknowledgement(info.traits().addAck());
            notes.forEach(note -> findings.add(Finding.of(note)));
            if (info.has(Capability.QUEUE_LISTING))
                for (QueueName name : new TreeSet<>(backend.queues())) queue(backend, name);
            findings.addAll(soundness.look(backend));
        }
    }

    private void acknowledgement(AckLevel level) {
        String check = "durability";
        switch (level) {
            case MEMORY ->
                findings.add(Finding.warn(
                        check, "jobs live in memory and end with the process", "use rocksdb:PATH to keep them"));
            case OPERATING_SYSTEM, SENT ->
                findings.add(Finding.warn(
                        check,
                        "an added job may be lost when the machine fails",
                        "use durability=always if that must not happen"));
            case DISK -> findings.add(Finding.ok(check, "an added job is on disk when the add answers"));
            case QUORUM -> findings.add(Finding.ok(check, "an added job is held by a quorum when the add answers"));
        }
    }

    private void queue(QueueBackend backend, QueueName name) {
        long failed = backend.counts(name).of(JobState.FAILED).orElse(0);
        if (failed > MANY_FAILED)
            findings.add(Finding.warn(
                    "queue " + name,
                    failed + " failed jobs are kept",
                    "retry them ('retry " + name + " --all-failed') or add jobs with --keep-failed"));
    }

    private void disk(Path folder) {
        Path existing = folder;
        while (existing != null && !Files.exists(existing)) existing = existing.getParent();
        if (existing == null) return;
        try {
            if (!Files.isWritable(existing))
                findings.add(
                        Finding.fail("disk", existing + " is not writable", "change its rights or use another folder"));
            long free = Files.getFileStore(existing).getUsableSpace();
            String found = (free >> 20) + " MiB free at " + existing;
            if (free < TOO_LITTLE_SPACE) findings.add(Finding.fail("disk", found, "make room; writes will fail"));
            else if (free < LITTLE_SPACE) findings.add(Finding.warn("disk", found, "make room before it runs out"));
            else findings.add(Finding.ok("disk", found));
        } catch (IOException unreadable) {
            findings.add(Finding.warn("disk", "cannot tell: " + unreadable.getMessage(), "check the disk by hand"));
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(java.util.Comparator.reverseOrder()).toList();
        }
        for (Path path : all) Files.deleteIfExists(path);
    }
}
