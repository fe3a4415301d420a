package dev.aurochs.tck.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that this JVM starts and ends. None is left when the JVM ends, in good order or not. Thread-safe. */
final class LocalProcess implements Runner {
    private static final long PATIENCE_SECONDS = 60;
    private static final long ROUND_MILLIS = 20;

    private final Launch launch;
    private final Path log;
    private final Thread atExit;
    private @Nullable Process process;
    private @Nullable Guard guard;
    private boolean closed;

    private LocalProcess(Launch launch) {
        this.launch = launch;
        this.log = launch.folder().resolve(launch.name() + ".log");
        this.atExit = new Thread(this::end, launch.name() + "-at-exit");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Returns when it answers; of one that does not start nothing is left. */
    static LocalProcess started(Launch launch) {
        LocalProcess process = new LocalProcess(launch);
        try {
            process.start();
        } catch (RuntimeException failed) {
            process.close();
            throw failed;
        }
        return process;
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return launch.port();
    }

    @Override
    public synchronized void start() {
        if (closed) throw new IllegalStateException(launch.name() + " is closed; start another one");
        if (process != null) throw new IllegalStateException(launch.name() + " is running; stop or kill it first");
        Process started = launched();
        process = started;
        guard = new Guard(started.pid(), launch.folder());
        try {
            awaitAnswer(started);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            kill();
            throw new ServerMissing("interrupted while " + launch.name() + " started", interrupted);
        }
    }

    private Process launched() {
        ProcessBuilder builder = new ProcessBuilder(launch.command())
                .directory(launch.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(launch.environment());
        try {
            return builder.start();
        } catch (IOException refused) {
            throw new ServerMissing("cannot start " + launch.command().get(0), refused);
        }
    }

    private void awaitAnswer(Process started) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!launch.probe().answers(host(), port())) {
            boolean ended = started.waitFor(ROUND_MILLIS, TimeUnit.MILLISECONDS);
            if (!ended && System.nanoTime() - deadline < 0) continue;
            String why = ended ? " ended with " + started.exitValue() : " does not answer";
            String said = said();
            kill();
            throw new ServerMissing(launch.name() + why + " on port " + port() + "; it said:\n" + said);
        }
    }

    private String said() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "(nothing that can be read: " + unreadable + ")";
        }
    }

    @Override
    public synchronized void stop() {
        Process running = process;
        if (running == null) return;
        if (running.isAlive()) signal("CONT");
        running.destroy();
        if (!ends(running, PATIENCE_SECONDS)) throw new IllegalStateException(launch.name() + " does not stop");
        forget();
    }

    @Override
    public synchronized void kill() {
        Process running = process;
        if (running == null) return;
        running.destroyForcibly();
        if (!ends(running, PATIENCE_SECONDS)) throw new IllegalStateException(launch.name() + " cannot be killed");
        forget();
    }

    @Override
    public synchronized void suspend() {
        signal("STOP");
    }

    @Override
    public synchronized void resume() {
        signal("CONT");
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            // The JVM ends and runs the hook, which finds nothing to do.
        }
    }

    private synchronized void end() {
        closed = true;
        kill();
        Folders.delete(launch.folder());
    }

    private void forget() {
        process = null;
        if (guard != null) guard.close();
        guard = null;
    }

    private void signal(String name) {
        Process running = process;
        if (running == null || !running.isAlive()) throw new IllegalStateException(launch.name() + " is not running");
        try {
            Process sent = new ProcessBuilder("kill", "-" + name, Long.toString(running.pid())).start();
            if (!ends(sent, PATIENCE_SECONDS) || sent.exitValue() != 0)
                throw new IllegalStateException(launch.name() + " does not take the signal " + name);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot run kill", refused);
        }
    }

    /** Waits through interrupts, and passes them on: a process that a test started must not outlive it. */
    private static boolean ends(Process process, long seconds) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(seconds, TimeUnit.SECONDS);
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
