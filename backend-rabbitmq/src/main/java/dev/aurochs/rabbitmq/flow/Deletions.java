package dev.aurochs.rabbitmq.flow;

import dev.aurochs.queue.job.JobRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The ledgers that this process deleted last, or was about to: a broker that is killed may forget what it did within
 * about a second. Thread-safe.
 */
final class Deletions {
    /** More than a broker deletes within some seconds. */
    private static final int MOST = 2_000;

    private static final int NO_PARENT = -1;

    /**
     * @param generation up to which the parent's time in this ledger is over
     */
    record Deletion(JobRef parent, int generation) {
        /** True when this entry speaks of a parent that came to the ledger after that. */
        boolean isBefore(LedgerState state) {
            return state.hasRoot() && state.root().generation() > generation;
        }
    }

    private final Deque<Deletion> latest = new ArrayDeque<>();

    void note(JobRef parent, int generation) {
        note(new Deletion(parent, generation));
    }

    /** It is there, and perhaps nobody will ever write to it. */
    void noteUnused(JobRef parent) {
        note(parent, NO_PARENT);
    }

    synchronized void note(Deletion deletion) {
        latest.add(deletion);
        if (latest.size() > MOST) latest.poll();
    }

    /** Oldest first; they are not known any more. */
    synchronized List<Deletion> take() {
        List<Deletion> taken = new ArrayList<>(latest);
        latest.clear();
        return taken;
    }
}
