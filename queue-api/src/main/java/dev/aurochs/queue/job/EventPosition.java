package dev.aurochs.queue.job;

/** A place in a queue's events. Opaque: only the backend that made it can read it. */
public record EventPosition(String value) {
    /** The oldest event that is still kept. */
    public static final EventPosition START = new EventPosition("start");
    /** Only what happens from now on. */
    public static final EventPosition NOW = new EventPosition("now");
}
