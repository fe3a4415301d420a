package dev.aurochs.queue.spi;

/**
 * One worker's session on one queue: what it claims, and the leases it holds. Thread-safe, except that {@code claim}
 * and
 * {@code settleAndClaim} are called by one thread at a time.
 *
 * <p>Closing gives back what the session holds unstarted and wakes a waiting thread. A lease that was not settled
 * before
 * is abandoned: its job is recovered as stalled.
 */
public interface WorkSession extends Claims, Leases, AutoCloseable {
    @Override
    void close();
}
