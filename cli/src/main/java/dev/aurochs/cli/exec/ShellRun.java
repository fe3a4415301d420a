package dev.aurochs.cli.exec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One run of a command for one job. */
final class ShellRun {
    /** How long the pipes of an ended command may stay open, held by something that it left behind. */
    private static final long STRAGGLER_SECONDS = 2;

    private final Process process;
    private final ProcessTree tree;
    private final OutputCapture output;
    private final ErrorLines errors;
    private final CompletableFuture<Void> pumps;

    private ShellRun(Process process, boolean ownGroup, Request request, Executor threads) {
        this.process = process;
        this.tree = new ProcessTree(process, ownGroup);
        this.output = new OutputCapture(process.getInputStream(), request.outputLimit());
        this.errors = new ErrorLines(process.getErrorStream(), request.errorLine());
        this.pumps = CompletableFuture.allOf(
                CompletableFuture.runAsync(output, threads), CompletableFuture.runAsync(errors, threads));
        threads.execute(() -> feed(request.input()));
    }

    /**
     * What a command is given.
     *
     * @param variables set in its environment beside the worker's own; a null value removes one
     * @param input written to its standard input, which is then closed
     * @param errorLine receives each line of its standard error
     * @param outputLimit how many bytes its result may have
     */
    record Request(Map<String, String> variables, String input, Consumer<String> errorLine, int outputLimit) {}

    /** Starts the command. {@code threads} must grow with the number of commands: each needs three. */
    static ShellRun start(Shell shell, Request request, Executor threads) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(shell.arguments());
        request.variables().forEach((name, value) -> {
            if (value == null) builder.environment().remove(name);
            else builder.environment().put(name, value);
        });
        return new ShellRun(builder.start(), shell.ownGroups(), request, threads);
    }

    /** Waits for the end. An interrupt leaves the command running: {@link #kill} is the caller's next step. */
    Ending await() throws InterruptedException {
        int status = process.waitFor();
        try {
            pumps.get(STRAGGLER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException heldOpen) {
            // Something in the background keeps the pipes; the command itself has ended and said what it had to say.
        } catch (java.util.concurrent.ExecutionException broken) {
            throw new IllegalStateException("a pipe of the command broke", broken.getCause());
        }
        return new Ending(status, output.text(), output.overflowed(), errors.reason());
    }

    /** SIGTERM to the command and its descendants, SIGKILL after five seconds; returns when they are gone. */
    void kill() {
        tree.end();
    }

    private void feed(String input) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException notRead) {
            // A command need not read its input.
        }
    }
}
