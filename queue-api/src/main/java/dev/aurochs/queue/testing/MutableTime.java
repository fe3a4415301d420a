package dev.aurochs.queue.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. Thread-safe. */
public final class MutableTime implements InstantSource {
    private final AtomicReference<Instant> now;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private MutableTime(Instant start) {
        now = new AtomicReference<>(start);
    }

    public static MutableTime startingAt(Instant start) {
        return new MutableTime(start);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Moves on by {@code span} and then tells the listeners. */
    public void advance(Duration span) {
        now.updateAndGet(moment -> moment.plus(span));
        listeners.forEach(Runnable::run);
    }

    /** Runs {@code listener} after every move, on the thread that moved the clock. */
    public void onAdvance(Runnable listener) {
        listeners.add(listener);
    }

    /** Undoes {@link #onAdvance}. */
    public void forget(Runnable listener) {
        listeners.remove(listener);
    }
}
