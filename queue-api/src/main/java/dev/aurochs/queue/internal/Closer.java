package dev.aurochs.queue.internal;

import java.time.Duration;

/** The thread that closes a worker, and what it waits for. An interrupt ends the present wait and is kept for later. */
final class Closer {
    private final RunningJobs running;
    private boolean interrupted;

    Closer(RunningJobs running) {
        this.running = running;
    }

    /** True when no job was running in the end. */
    boolean awaitNone(Duration atMost) {
        try {
            return running.awaitNone(System.nanoTime() + atMost.toNanos());
        } catch (InterruptedException waitNoLonger) {
            interrupted = true;
            return false;
        }
    }

    void join(Thread thread, Duration atMost) {
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException waitNoLonger) {
            interrupted = true;
        }
    }

    void restoreInterrupt() {
        if (interrupted) Thread.currentThread().interrupt();
    }
}
