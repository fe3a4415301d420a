package dev.aurochs.engine.store;

/**
 * The present limiter window of a queue: opened by its first grant, fixed in length (rule L1).
 *
 * @param startMs when it was opened, in milliseconds since the epoch
 * @param used grants counted in it
 */
public record RateWindow(long startMs, int used) {
    public static final RateWindow CLOSED = new RateWindow(0, 0);
}
