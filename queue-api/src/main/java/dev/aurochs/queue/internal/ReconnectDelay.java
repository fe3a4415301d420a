package dev.aurochs.queue.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits longer and longer while a store is away: 50 ms doubling to 5 s (rule W9). For one thread. */
final class ReconnectDelay {
    private static final Logger LOG = LoggerFactory.getLogger(ReconnectDelay.class);
    private static final long FIRST_MILLIS = 50;
    private static final long LONGEST_MILLIS = 5_000;

    private long nextMillis = FIRST_MILLIS;

    void succeeded() {
        nextMillis = FIRST_MILLIS;
    }

    /** Ends early only when {@code stopped} is opened. */
    void pauseAfter(Throwable trouble, String queue, CountDownLatch stopped) throws InterruptedException {
        LOG.warn("queue '{}': {}; trying again in {} ms", queue, trouble.getMessage(), nextMillis);
        stopped.await(nextMillis, TimeUnit.MILLISECONDS);
        nextMillis = Math.min(LONGEST_MILLIS, nextMillis * 2);
    }
}
