package dev.aurochs.cli.exec;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The commands of one worker process. Thread-safe; {@link #close} ends those that still run. */
public final class Commands implements AutoCloseable {
    private final Shell shell;
    private final int outputLimit;
    private final ExecutorService threads;
    private final Set<ShellRun> running = ConcurrentHashMap.newKeySet();

    /** @param outputLimit how many bytes a result may have */
    public Commands(Shell shell, int outputLimit) {
        this.shell = shell;
        this.outputLimit = outputLimit;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "aurochs-exec-pipe-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Runs the command once and waits for its end. When the waiting is interrupted the command is killed with all its
     * descendants before the interrupt goes on to the caller.
     *
     * @param variables set in the command's environment beside the worker's own; a null value removes one
     * @param input written to its standard input, which is then closed
     * @param errorLine receives each line of its standard error
     */
    public Ending run(Map<String, String> variables, String input, Consumer<String> errorLine)
            throws IOException, InterruptedException {
        ShellRun run = ShellRun.start(shell, new ShellRun.Request(variables, input, errorLine, outputLimit), threads);
        running.add(run);
        try {
            return run.await();
        } catch (InterruptedException stopped) {
            run.kill();
            throw stopped;
        } finally {
            running.remove(run);
        }
    }

    /** How many bytes a result may have. */
    public int outputLimit() {
        return outputLimit;
    }

    /** Kills what still runs, all at once, and returns when it is gone. */
    @Override
    public void close() {
        running.parallelStream().forEach(ShellRun::kill);
        threads.shutdownNow();
    }
}
