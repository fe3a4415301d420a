package dev.aurochs.queue.internal;

import dev.aurochs.queue.spi.WorkSession;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the claim loop wherever it waits: for a slot, or for work in its session. A ring between {@link #hush} and
 * a wait ends that wait at once. Anybody may ring, and is never thrown at; one thread waits.
 */
final class Bell {
    private static final Logger LOG = LoggerFactory.getLogger(Bell.class);

    private final WorkSession session;
    private final Semaphore rings = new Semaphore(0);
    private final AtomicBoolean waitsForWork = new AtomicBoolean();

    Bell(WorkSession session) {
        this.session = session;
    }

    void ring() {
        rings.release();
        if (!waitsForWork.get()) return;
        try {
            session.wake();
        } catch (RuntimeException trouble) {
            LOG.warn("waking the claim loop: {}", trouble.toString());
        }
    }

    /** Forgets the rings so far; to be called before looking at what they may tell of. */
    void hush() {
        rings.drainPermits();
    }

    /** Waits for a ring. */
    void await(Duration atMost) throws InterruptedException {
        rings.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits for a ring or for work. The flag goes up before the rings are counted, so that none falls between. */
    void awaitWork(Duration atMost) throws InterruptedException {
        waitsForWork.set(true);
        try {
            if (rings.availablePermits() == 0) session.awaitWork(atMost);
        } finally {
            waitsForWork.set(false);
        }
    }
}
