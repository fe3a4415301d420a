package dev.aurochs.queue.spi;

/**
 * A place where jobs are kept. Every method is one atomic step: another caller sees it before or after, never between.
 * Expected endings are values; an exception means that the store could not answer. Thread-safe.
 */
public interface QueueBackend
        extends JobIntake, JobClaims, JobControl, QueueControl, JobReads, EventFeed, AutoCloseable {
    BackendInfo info();

    /** Idempotent. When it returns no thread of the backend is left, and its sessions and readers answer no more. */
    @Override
    void close();
}
