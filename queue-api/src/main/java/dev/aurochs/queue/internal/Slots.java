package dev.aurochs.queue.internal;

import java.util.LinkedHashMap;
import java.util.Map;

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
    public synchronized int take(Object taker, int wanted, Runnable whenFree) {
        boolean first = waiting.isEmpty() || waiting.keySet().iterator().next().equals(taker);
        int others = waiting.size() - (waiting.containsKey(taker) ? 1 : 0);
        int available = capacity - used - (first ? 0 : others);
        if (available <= 0) {
            waiting.putIfAbsent(taker, whenFree);
            return 0;
        }
        waiting.remove(taker);
        int taken = Math.min(available, wanted);
        used += taken;
        return taken;
    }

    /** Gives slots back. */
    public void release(int count) {
        Runnable next;
        synchronized (this) {
            used -= count;
            next = used < capacity && !waiting.isEmpty()
                    ? waiting.values().iterator().next()
                    : null;
        }
        if (next != null) next.run();
    }

    /** Stops waiting. */
    public void leave(Object taker) {
        synchronized (this) {
            waiting.remove(taker);
        }
        release(0);
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
}
