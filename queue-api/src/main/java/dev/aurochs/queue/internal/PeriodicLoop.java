package dev.aurochs.queue.internal;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one small thing again and again on a daemon thread, until it is closed. A failure is logged; the loop goes on.
 */
final class PeriodicLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeriodicLoop.class);

    private final Thread thread;
    private final Duration every;
    private final Runnable step;
    private boolean closed;

    PeriodicLoop(String queue, String role, Duration every, Runnable step) {
        this.every = every;
        this.step = step;
        this.thread = Threads.named(queue, role, 1, true, this::loop);
    }

    void start() {
        thread.start();
    }

    private void loop() {
        while (pause()) {
            try {
                step.run();
            } catch (RuntimeException failed) {
                LOG.warn("{}: {}", Thread.currentThread().getName(), failed.toString());
            }
        }
    }

    private synchronized boolean pause() {
        long deadline = System.nanoTime() + every.toNanos();
        try {
            long left = every.toNanos();
            while (!closed && left > 0) {
                wait(left / 1_000_000, (int) (left % 1_000_000));
                left = deadline - System.nanoTime();
            }
        } catch (InterruptedException stopped) {
            return false;
        }
        return !closed;
    }

    /** Returns when the thread has ended, unless the loop closes itself. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (thread == Thread.currentThread() || !thread.isAlive()) return;
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
