package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.QueueException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A session's consumer: opened when the session first claims, opened again after its channel was lost, stopped while
 * nobody claims what it brings. Thread-safe.
 */
final class Intake {
    private static final long FORGOTTEN_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Parts parts;
    private final LocalQueue queue;
    private @Nullable Inlet inlet;
    private int capacity;
    private int consuming;

    Intake(Parts parts, LocalQueue queue, int capacity) {
        this.parts = parts;
        this.queue = queue;
        this.capacity = capacity;
    }

    /** When it returns, the broker hands over up to the session's capacity. */
    synchronized void ensureOpen() {
        boolean fresh = inlet == null || !inlet.isOpen();
        if (fresh) {
            parts.topology().declare(queue.name());
            inlet = new Inlet(
                    parts.link().consuming().channel(),
                    parts.names().waiting(queue.name()),
                    queue.hand()::put,
                    queue.hand()::signal);
            consuming = 0;
        }
        if (consuming != capacity) {
            inlet.consume(capacity);
            consuming = capacity;
        }
        parts.near().ensureHolding();
    }

    /** The same before a wait: when the broker is away, the next claim says so. */
    void ensureOpenQuietly() {
        try {
            ensureOpen();
        } catch (QueueException away) {
            queue.hand().signal();
        }
    }

    /** What the broker could hand over is in hand when it returns; answers how many messages it could not. */
    int sync() {
        Inlet present = present();
        return present == null ? 0 : present.sync();
    }

    /** True when the broker may hand over more before anything is settled. */
    boolean hasRoom() {
        Inlet present = present();
        return present != null && present.hasRoom();
    }

    synchronized void resize(int capacity) {
        this.capacity = capacity;
        queue.hand().signal();
    }

    private synchronized @Nullable Inlet present() {
        return inlet;
    }

    /**
     * What was in hand for two seconds and claimed by nobody goes back, and nothing more comes until the next
     * claim.
     */
    void giveBackForgotten(Endings endings, Instant now) {
        Inlet present = present();
        if (present == null || !queue.hand().hasOlderThan(present, System.nanoTime() - FORGOTTEN_NANOS)) return;
        synchronized (this) {
            consuming = 0;
            present.stop();
        }
        giveBack(present, endings, now);
    }

    /** Gives back what nobody began; the channel stays as long as others run what came on it. */
    void close(Endings endings, Instant now) {
        Inlet present;
        synchronized (this) {
            present = inlet;
            inlet = null;
        }
        if (present == null) return;
        present.stop();
        giveBack(present, endings, now);
        queue.awaitArrivals();
        present.retire();
        parts.retired().add(present);
    }

    /** Nothing more comes until the next claim; what is in hand stays. */
    synchronized void rest() {
        if (inlet == null || consuming == 0) return;
        consuming = 0;
        inlet.stop();
    }

    private void giveBack(Inlet from, Endings endings, Instant now) {
        List<Parcel> unstarted = queue.hand().takeOf(from);
        for (Parcel parcel : unstarted) endings.giveBackUnstarted(parcel, now);
    }
}
