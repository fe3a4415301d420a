package dev.aurochs.queue.spi;

/** What became of a lease that was to be renewed. */
public sealed interface Renewed {
    record Held() implements Renewed {}

    record Lost() implements Renewed {}

    /** Still held, and somebody asked for the run to stop. */
    record Cancel(String reason) implements Renewed {}
}
