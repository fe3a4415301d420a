package dev.aurochs.rabbitmq;

import java.util.List;

/**
 * Takes for one session what can be claimed out of the hand: waits for what is known to come, and asks the
 * broker where nobody knows, because a claim that says "nothing" is to be believed. A question takes the broker as long
 * as a job; so a worker, which waits between its claims and is woken by what comes, asks as good as never. For one
 * thread, apart from {@link #waits}.
 */
final class Asker {
    private static final long ON_THE_WAY_NANOS = 20_000_000L;
    /** For who would take an empty answer for the end, where something must come unless others are handed it. */
    private static final long PATIENCE_NANOS = 200_000_000L;

    private static final long SOON_NANOS = 3_000_000L;
    private static final long SELDOM_NANOS = 10_000_000L;

    private final LocalQueue queue;
    private final Intake intake;
    /** True for a worker: it waits between its claims. */
    private volatile boolean waits;
    /** True when it has waited since it last came away with nothing. */
    private volatile boolean waited;
    /** How many more were ready when the broker was last asked and have not been taken since. */
    private long backlog;

    private int ready;
    private long askedNanos = System.nanoTime() - SELDOM_NANOS;
    private long askedAfter;

    Asker(LocalQueue queue, Intake intake) {
        this.queue = queue;
        this.intake = intake;
    }

    /** The session waits for work. */
    void waits() {
        waits = true;
        waited = true;
    }

    boolean isWorker() {
        return waits;
    }

    /**
     * What is in hand, as many as wanted at most; nothing when nothing is to be had at present.
     *
     * @param emptyHanded true when nothing was claimed so far
     */
    List<Parcel> take(int wanted, boolean emptyHanded) {
        ready = 0;
        // What has just fallen due takes its place before the others, which a worker on its own does not wait for.
        if (!waits) queue.awaitArrivals();
        if (backlog > 0) {
            if (emptyHanded && !isAnythingInHand() && !awaitDelivery(SOON_NANOS)) backlog = 0;
            List<Parcel> parcels = takeFromHand(wanted);
            if (!parcels.isEmpty() || !emptyHanded) return parcels;
        }
        boolean asked = asks(wanted, emptyHanded);
        if (asked) ask();
        List<Parcel> parcels = takeFromHand(wanted);
        if (!parcels.isEmpty() || !emptyHanded || asked || waits) return parcels;
        // Somebody else was faster.
        ask();
        return takeFromHand(wanted);
    }

    /** True when the broker had messages that it could not hand over yet, as far as it was asked by the last look. */
    boolean leftSome() {
        return ready > 0;
    }

    private List<Parcel> takeFromHand(int wanted) {
        List<Parcel> parcels = queue.hand().take(wanted);
        backlog -= parcels.size();
        return parcels;
    }

    /**
     * Who has something in hand asks for more only now and then, unless this process has just sent something here. A
     * worker asks when it would come away with nothing twice in a row without having waited in between, and only now
     * and then.
     */
    private boolean asks(int wanted, boolean emptyHanded) {
        int size = queue.hand().size();
        boolean lately = System.nanoTime() - askedNanos < SELDOM_NANOS;
        if (!waits) return size < wanted && (size == 0 || !lately || askedAfter != queue.arrivals());
        if (size > 0 || !emptyHanded) return false;
        boolean was = waited;
        waited = false;
        return !was && !lately;
    }

    /** Everything that this process has sent here, and all that the broker could hand out, is in hand afterwards. */
    private void ask() {
        queue.awaitArrivals();
        askedAfter = queue.arrivals();
        ready = intake.sync();
        askedNanos = System.nanoTime();
        backlog = ready;
        if (ready > 0 && !isAnythingInHand())
            awaitDelivery(!waits && intake.hasRoom() ? PATIENCE_NANOS : ON_THE_WAY_NANOS);
    }

    private boolean isAnythingInHand() {
        return queue.hand().size() > 0;
    }

    /** False when nothing has come. */
    private boolean awaitDelivery(long nanos) {
        try {
            queue.hand().await(queue.hand().signals(), nanos);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return isAnythingInHand();
    }
}
