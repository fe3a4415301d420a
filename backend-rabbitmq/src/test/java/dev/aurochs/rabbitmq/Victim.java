package dev.aurochs.rabbitmq;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process that works until it is killed with -9, and what it said until then. */
final class Victim implements AutoCloseable {
    private final Process process;
    private final Thread reader;

    private Victim(Process process, Consumer<String> lines) {
        this.process = process;
        this.reader = new Thread(() -> read(process, lines), "victim");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param lines gets what it says, line by line; the last may be cut */
    static Victim start(String address, Consumer<String> lines) {
        return start(CrashVictim.class, lines, address);
    }

    static Victim start(Class<?> main, Consumer<String> lines, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        try {
            return new Victim(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start(),
                    lines);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static void read(Process process, Consumer<String> lines) {
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) lines.accept(line);
        } catch (IOException killed) {
            return;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** True when it ended by itself within that time, having said all. */
    boolean awaitEnd(Duration atMost) {
        try {
            boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) reader.join(5_000);
            return ended;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void kill() {
        process.toHandle().destroyForcibly();
        try {
            process.waitFor();
            reader.join(5_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
