package dev.aurochs.rabbitmq;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
        try {
            return new Victim(
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx128m",
                                    "-XX:TieredStopAtLevel=1",
                                    "-XX:+UseSerialGC",
                                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    CrashVictim.class.getName(),
                                    address)
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
