package dev.aurochs.queue.internal;

import java.time.Duration;

/** Does things after a while, unless they are called off. Thread-safe. */
interface Watchdog {
    /** Runs {@code action} once {@code span} has passed, if this is open then; the answer calls it off. */
    Runnable after(Duration span, Runnable action);

    /** Nothing is run after this. */
    void close();
}
