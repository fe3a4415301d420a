package dev.aurochs.rocksdb;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that makes steps safe: at once when it is idle, everything that has gathered in one go when it is not.
 * Completes the steps' stages. Ends at {@link #close}, or when the disk fails.
 */
final class Flusher implements AutoCloseable {
    static final String THREAD = "aurochs-rocksdb-flusher";
    private static final Logger LOG = LoggerFactory.getLogger(Flusher.class);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Backlog backlog;
    private final Durability durability;
    private final Thread thread = new Thread(this::run, THREAD);
    /** When, by {@link System#nanoTime}, what the operating system has must go to the disk. */
    private long syncDue;

    private boolean unsynced;

    Flusher(Backlog backlog, Durability durability) {
        this.backlog = backlog;
        this.durability = durability;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Waits until everything is safe and the thread has ended. */
    @Override
    public void close() {
        backlog.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException meanwhile) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    private void run() {
        try {
            while (awaitCommit()) backlog.flush(mustSync());
            if (backlog.failure() == null) backlog.flush(true);
        } catch (RuntimeException | Error broken) {
            LOG.error("the RocksDB store cannot write and is closed for good", broken);
        }
    }

    private boolean awaitCommit() {
        try {
            return backlog.awaitCommit(unsynced ? syncDue - System.nanoTime() : Long.MAX_VALUE / 2);
        } catch (InterruptedException nobodyShould) {
            return true;
        }
    }

    private boolean mustSync() {
        if (durability != Durability.EVERYSEC) return durability == Durability.ALWAYS;
        long now = System.nanoTime();
        if (!unsynced) syncDue = now + SECOND;
        boolean due = now - syncDue >= 0;
        unsynced = !due;
        return due;
    }
}
