package dev.aurochs.queue.internal;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one small thing again and again on a daemon thread, until it is stopped. A failure is told, and the thing is
 * tried again after a fifth of the time; an interrupt by somebody only hastens it (rule W15).
 */
final class PeriodicLoop {
    private static final Logger LOG = LoggerFactory.getLogger(PeriodicLoop.class);

    private final Thread thread;
    private final Duration every;
    private final Runnable step;
    private final Troubles troubles;
    private boolean stopped;

    PeriodicLoop(WorkerSetup setup, String role, Duration every, Runnable step) {
        String queue = setup.queue().value();
        this.troubles = setup.troubles();
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
                troubles.tell(failed);
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
            LOG.warn("{} was interrupted by somebody; it goes on", thread.getName());
        }
        return !stopped;
    }
}
