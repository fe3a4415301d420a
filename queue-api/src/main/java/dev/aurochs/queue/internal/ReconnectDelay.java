package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.BackendUnavailableException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits longer and longer while a store is away: 50 ms doubling to 5 s (rule W9). */
final class ReconnectDelay {
    private static final Logger LOG = LoggerFactory.getLogger(ReconnectDelay.class);
    private static final long FIRST_MILLIS = 50;
    private static final long LONGEST_MILLIS = 5_000;

    private long nextMillis = FIRST_MILLIS;

    void succeeded() {
        nextMillis = FIRST_MILLIS;
    }

    /** False when the thread was interrupted meanwhile. */
    boolean pauseAfter(BackendUnavailableException away, String queue, Semaphore nudges) {
        LOG.warn("queue '{}': {}; trying again in {} ms", queue, away.getMessage(), nextMillis);
        try {
            nudges.tryAcquire(nextMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            return false;
        }
        nextMillis = Math.min(LONGEST_MILLIS, nextMillis * 2);
        return true;
    }
}
