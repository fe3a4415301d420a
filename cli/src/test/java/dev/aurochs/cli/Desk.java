package dev.aurochs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.cli.work.StopSignals;
import dev.aurochs.queue.Queues;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A desk to type commands at: runs the real main in this JVM, on a store of its own in memory unless told another. */
final class Desk implements AutoCloseable {
    final String address;
    final Queues queues;
    final StopSignals stops = StopSignals.byHand();
    private final Map<String, String> environment = new HashMap<>(System.getenv());
    private String input = "";
    private boolean asks;
    private boolean terminal;

    Desk() {
        this("memory:" + UUID.randomUUID());
    }

    Desk(String address) {
        this.address = address;
        queues = Queues.open(address);
        environment.put(BackendOption.VARIABLE, address);
    }

    /** The address as commands show it. */
    String shown() {
        return queues.info().address();
    }

    /** What a command left behind. */
    record Typed(int code, String out, String err) {
        /** Asserts that all went well, and answers what was printed without the last line break. */
        String printed() {
            assertThat(code).as("exit code; standard error: %s", err).isZero();
            return out.stripTrailing();
        }

        /** The printed lines with moments and process ids made equal. */
        List<String> lines() {
            return printed().lines().map(Typed::stable).toList();
        }

        private static String stable(String line) {
            return line.replaceAll("20\\d\\d-[0-9-]+T[0-9:.]+Z", "<time>")
                    .replaceAll("after \\d+ m?s", "after <span>")
                    .replaceAll("worker \\d+-\\d+", "worker <name>");
        }

        /** Asserts that nothing was done because of a usage error, and answers its line. */
        String refused() {
            assertThat(code).as("exit code; standard output: %s", out).isEqualTo(2);
            assertThat(out).isEmpty();
            return err.lines().findFirst().orElse("");
        }

        /** Asserts that it failed, and answers the first line of the reason. */
        String failed() {
            assertThat(code).as("exit code; standard output: %s", out).isEqualTo(1);
            return err.lines().findFirst().orElse("");
        }
    }

    Typed type(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings world = world(out, err);
        int code = Main.run(world, arguments);
        return new Typed(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Starts a command that runs on. */
    Typing typing(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings world = world(out, err);
        return new Typing(CompletableFuture.supplyAsync(() -> Main.run(world, arguments)), out, err);
    }

    /** A command that runs. */
    record Typing(CompletableFuture<Integer> code, ByteArrayOutputStream out, ByteArrayOutputStream err) {
        void awaitOut(String text) {
            await(out, text);
        }

        void awaitErr(String text) {
            await(err, text);
        }

        /** What it left behind, once it has ended. */
        Typed typed() {
            int ended = code.join();
            return new Typed(ended, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }

        private void await(ByteArrayOutputStream stream, String text) {
            while (!stream.toString(StandardCharsets.UTF_8).contains(text)) {
                assertThat(code).as("ended without saying '%s': %s", text, err).isNotDone();
                Thread.onSpinWait();
            }
        }
    }

    Surroundings world() {
        return world(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    }

    private Surroundings world(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        return new Surroundings(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                asks,
                terminal,
                InstantSource.system(),
                stops);
    }

    /** Standard input of the commands that follow. */
    Desk input(String text) {
        input = text;
        return this;
    }

    /** A person sits there who can be asked. */
    Desk asking() {
        asks = true;
        return this;
    }

    /** Standard output is a terminal. */
    Desk onTerminal() {
        terminal = true;
        return this;
    }

    Desk variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    @Override
    public void close() {
        queues.close();
    }
}
