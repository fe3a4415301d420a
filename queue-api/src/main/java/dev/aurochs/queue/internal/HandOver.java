package dev.aurochs.queue.internal;

import dev.aurochs.queue.spi.Claims;
import java.time.Duration;

/**
 * Tells another session of work that this one may be the only one to know of, when it does not claim after it has
 * waited (rule W3). A slot that is only taken for the length of a claim is waited for; otherwise sharers of slots would
 * tell each other without end. For one thread.
 */
final class HandOver {
    private static final Duration SLOT_MAY_TAKE = Duration.ofMillis(10);

    private final Claims session;
    private boolean owes;
    private long since;

    HandOver(Claims session) {
        this.session = session;
    }

    /** The session's wait is over: it may have been told of work, or watched for a due moment. */
    void waited() {
        owes = true;
        since = System.nanoTime();
    }

    void claimed() {
        owes = false;
    }

    /**
     * This worker does not claim now. Answers how long it may wait for a ring before it is to come here again.
     *
     * @param slotComes false when it would not claim if it had a slot
     */
    Duration unable(boolean slotComes, Duration longest) {
        if (!owes) return longest;
        Duration left = SLOT_MAY_TAKE.minusNanos(System.nanoTime() - since);
        if (slotComes && !left.isNegative() && !left.isZero()) return left;
        session.passOn();
        owes = false;
        return longest;
    }
}
