package dev.aurochs.rabbitmq;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * What the consumers of one queue in this process have in hand and nobody has claimed, in the order of arrival. Any
 * session of the process may claim it. Thread-safe.
 */
final class Hand {
    private final Deque<Parcel> parcels = new ArrayDeque<>();
    private long signals;

    synchronized void put(Parcel parcel) {
        parcels.add(parcel);
        signals++;
        notifyAll();
    }

    /** Wakes all who wait. */
    synchronized void signal() {
        signals++;
        notifyAll();
    }

    synchronized long signals() {
        return signals;
    }

    /** How many are in hand, those apart that the broker has taken back. */
    synchronized int size() {
        parcels.removeIf(parcel -> !parcel.isHeld());
        return parcels.size();
    }

    /** The next ones, in order. */
    synchronized List<Parcel> take(int max) {
        List<Parcel> taken = new ArrayList<>();
        while (taken.size() < max && !parcels.isEmpty()) {
            Parcel parcel = parcels.removeFirst();
            if (parcel.isHeld()) taken.add(parcel);
        }
        return taken;
    }

    /** Back to the front, in their order: they could not be claimed after all. */
    synchronized void putBack(List<Parcel> unclaimed) {
        for (int i = unclaimed.size() - 1; i >= 0; i--) parcels.addFirst(unclaimed.get(i));
    }

    /** All that came on this channel. */
    synchronized List<Parcel> takeOf(Inlet inlet) {
        List<Parcel> taken = new ArrayList<>();
        for (Iterator<Parcel> all = parcels.iterator(); all.hasNext(); ) {
            Parcel parcel = all.next();
            if (!parcel.inlet().equals(inlet)) continue;
            all.remove();
            if (parcel.isHeld()) taken.add(parcel);
        }
        return taken;
    }

    /** True when one has been in hand since before that moment of the steady clock. */
    synchronized boolean hasOlderThan(Inlet inlet, long nanos) {
        for (Parcel parcel : parcels)
            if (parcel.inlet().equals(inlet) && parcel.arrivedNanos() - nanos < 0) return true;
        return false;
    }

    /** Returns at a signal after {@code seen}, or after so many nanoseconds, whatever is in hand. */
    synchronized void awaitSignal(long seen, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (signals == seen) {
            long left = deadline - System.nanoTime();
            if (left <= 0) return;
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }

    /** Returns when there is something in hand, or a signal after {@code seen}, or after so many nanoseconds. */
    synchronized void await(long seen, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (size() == 0 && signals == seen) {
            long left = deadline - System.nanoTime();
            if (left <= 0) return;
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }
}
