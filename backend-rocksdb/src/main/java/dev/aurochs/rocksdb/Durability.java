package dev.aurochs.rocksdb;

import dev.aurochs.queue.spi.Traits.AckLevel;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What must have happened before a change is acknowledged. A killed process loses nothing acknowledged at any level.
 */
public enum Durability {
    /** On disk: a power cut loses nothing acknowledged. */
    ALWAYS(AckLevel.DISK),
    /** With the operating system, and on disk within a second: a power cut may lose the last second. */
    EVERYSEC(AckLevel.OPERATING_SYSTEM),
    /** With the operating system, which writes when it sees fit: a power cut may lose the last half minute or so. */
    OS(AckLevel.OPERATING_SYSTEM);

    private final AckLevel ackLevel;

    Durability(AckLevel ackLevel) {
        this.ackLevel = ackLevel;
    }

    public AckLevel ackLevel() {
        return ackLevel;
    }

    /** The value as an address spells it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Durability> named(String label) {
        return Arrays.stream(values()).filter(it -> it.label().equals(label)).findFirst();
    }
}
