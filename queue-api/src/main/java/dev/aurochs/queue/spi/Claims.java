package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.LeaseToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The part of a session that takes jobs. */
public interface Claims {
    /**
     * Promotes what is due and leases up to {@code max} jobs, the next to run first (rules C1–C5).
     *
     * @param fresh never used before, neither by this session nor by another
     */
    Claimed claim(int max, LeaseToken fresh, Instant now);

    /** Settles, then claims, as two steps with two answers; a claim that fails does not undo the settlements. */
    default SettledThenClaimed settleAndClaim(List<Settlement> batch, int max, LeaseToken fresh, Instant now) {
        return new SettledThenClaimed(((Leases) this).settle(batch, now), claim(max, fresh, now));
    }

    /**
     * Blocks until there may be work: something was added, released or resumed since the latest claim, {@link #wake()}
     * was called, the session was closed, or {@code atMost} has passed. May return early for no reason.
     */
    void awaitWork(Duration atMost) throws InterruptedException;

    /** Ends a present or the next {@link #awaitWork}, also when the store is away: it need not know. */
    void wake();

    /**
     * Ends the wait of another session of the queue: this one was told of work, or watched for a due moment, and will
     * not claim for now. Where work is told to all who wait, and they all learn the next due moment, nothing is to do.
     */
    void passOn();

    /** Changes how many jobs the worker runs at once. */
    void resize(int capacity);
}
