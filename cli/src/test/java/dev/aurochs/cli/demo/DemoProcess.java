package dev.aurochs.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The demo in a process of its own, to be killed. Its working folder is where {@code ./aurochs-demo} will be. */
final class DemoProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader words;
    private final List<String> said = new ArrayList<>();
    private final Path out;

    private DemoProcess(Process process, Path out) {
        this.process = process;
        this.words = process.errorReader(StandardCharsets.UTF_8);
        this.out = out;
    }

    static DemoProcess start(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.aurochs.cli.Main",
                "demo"));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        return new DemoProcess(builder.redirectOutput(out.toFile()).start(), out);
    }

    /** Waits for a line in which this pattern is found; false when the process ended without saying it. */
    boolean awaitLine(String pattern) {
        Predicate<String> wanted = Pattern.compile(pattern).asPredicate();
        try {
            for (String line = words.readLine(); line != null; line = words.readLine()) {
                said.add(line);
                if (wanted.test(line)) return true;
            }
            return false;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Kills it with signal 9 after this time, unless it has ended by then. */
    void killAfter(Duration time) throws InterruptedException {
        if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) kill();
    }

    /** Kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** What Ctrl-C does, by the signal that Java can send: SIGTERM. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Waits for its end; answers the exit code. */
    int await() throws InterruptedException {
        awaitLine("^the demo never says this$");
        return process.waitFor();
    }

    /** Everything it said on standard error up to now. */
    String err() {
        return String.join("\n", said);
    }

    /** Everything it printed. */
    String out() throws IOException {
        return Files.readString(out);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
