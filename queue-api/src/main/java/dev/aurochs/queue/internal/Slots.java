package dev.aurochs.queue.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs may run at once, for one worker or shared by several. Who asked in vain is served first when a slot
 * comes
 * free, so that sharers take turns. Thread-safe.
 */
public final class Slots {
    private final Map<Object, Runnable> waiting = new LinkedHashMap<>();
    private int capacity;
    private int used;

    public Slots(int capacity) {
        this.capacity = capacity;
    }

    /** Takes up to {@code wanted} slots; when none may be had, {@code whenFree} runs once it is this taker's turn. */
    public int take(Object taker, int wanted, Runnable whenFree) {
        int taken;
        Runnable next;
        synchronized (this) {
            int available = capacity - used - reservedBefore(taker);
            if (available <= 0) {
                waiting.putIfAbsent(taker, whenFree);
                return 0;
            }
            waiting.remove(taker);
            taken = Math.min(available, wanted);
            used += taken;
            next = nextInLine();
        }
        if (next != null) next.run();
        return taken;
    }

    /** Gives slots back. */
    public void release(int count) {
        Runnable next;
        synchronized (this) {
            used -= count;
            next = nextInLine();
        }
        if (next != null) next.run();
    }

    /** Stops waiting. */
    public void leave(Object taker) {
        Runnable next;
        synchronized (this) {
            if (waiting.remove(taker) == null) return;
            next = nextInLine();
        }
        if (next != null) next.run();
    }

    public synchronized int capacity() {
        return capacity;
    }

    /** Running jobs above a smaller capacity go on; no new one starts until there is room. */
    public void resize(int capacity) {
        synchronized (this) {
            this.capacity = capacity;
        }
        release(0);
    }

    /** One slot is kept for each who waits, except for the first in line, whose turn it is. */
    private int reservedBefore(Object taker) {
        if (waiting.isEmpty() || waiting.keySet().iterator().next().equals(taker)) return 0;
        return waiting.size() - (waiting.containsKey(taker) ? 1 : 0);
    }

    /** Who is to be told that there is a free slot, or null. */
    private @Nullable Runnable nextInLine() {
        return used < capacity && !waiting.isEmpty()
                ? waiting.values().iterator().next()
                : null;
    }
}
