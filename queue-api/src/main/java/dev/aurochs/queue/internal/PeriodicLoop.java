package dev.aurochs.queue.internal;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one small thing again and again on a daemon thread, until it is stopped. A failure is logged, and the thing is
 * tried again after a fifth of the time.
 */
final class PeriodicLoop {
    private static final Logger LOG = LoggerFactory.getLogger(PeriodicLoop.class);

    private final Thread thread;
    private final Duration every;
    private final Runnable step;
    private boolean stopped;

    PeriodicLoop(String queue, String role, Duration every, Runnable step) {
        this.every = every;
        this.step = step;
        this.thread = Threads.named(queue, role, 1, true, this::loop);
    }

    void start() {
        thread.start();
    }

    /** No step begins after this; one under way goes on. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    Thread thread() {
        return thread;
    }

    private void loop() {
        Duration next = every;
        while (pause(next)) {
            try {
                step.run();
                next = every;
            } catch (RuntimeException | Error failed) {
                LOG.warn("{}: {}", thread.getName(), failed.toString());
                next = every.dividedBy(5);
            }
        }
    }

    private synchronized boolean pause(Duration span) {
        long deadline = System.nanoTime() + span.toNanos();
        try {
            long left = span.toNanos();
            while (!stopped && left > 0) {
                wait(left / 1_000_000, (int) (left % 1_000_000));
                left = deadline - System.nanoTime();
            }
        } catch (InterruptedException foreign) {
            return false;
        }
        return !stopped;
    }
}
