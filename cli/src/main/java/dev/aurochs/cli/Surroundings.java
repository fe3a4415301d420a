package dev.aurochs.cli;

import dev.aurochs.cli.work.StopSignals;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command sees of the world around it.
 *
 * @param asks true when a person can be asked: standard input and standard error are a terminal
 * @param terminal true when standard output is a terminal
 * @param stops the signals that ask this process to end
 */
record Surroundings(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        boolean asks,
        boolean terminal,
        InstantSource clock,
        StopSignals stops) {

    /** Those of this process; which streams are terminals is what the launcher found. */
    static Surroundings ofProcess() {
        String terminals = System.getProperty("aurochs.terminals", "");
        return new Surroundings(
                System.in,
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                System.getenv(),
                terminals.contains("in") && terminals.contains("err"),
                terminals.contains("out"),
                InstantSource.system(),
                StopSignals.ofProcess());
    }

    /** True when help may be printed in colours. */
    boolean colours() {
        return terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
