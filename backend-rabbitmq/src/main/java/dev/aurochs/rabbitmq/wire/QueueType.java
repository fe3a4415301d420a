package dev.aurochs.rabbitmq.wire;

import java.util.Locale;

/** What kind of queue keeps the jobs. */
public enum QueueType {
    CLASSIC,
    QUORUM;

    /** As the broker and the address spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
