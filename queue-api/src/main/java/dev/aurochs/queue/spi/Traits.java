package dev.aurochs.queue.spi;

import java.time.Duration;

/**
 * How a backend does what all do. A trait loosens an assertion of the kit, it never removes one.
 *
 * @param addAck how far an add has got when its stage completes
 * @param settleAck how far a settlement has got when its stage completes
 * @param priorityLevels how many levels are told apart
 * @param readAhead how many jobs a session may be handed before it claims them, at most as many as it has free slots;
 *     0 where jobs leave the store by claims alone
 * @param pauseLag the longest a claim may still succeed after a pause was answered
 */
public record Traits(
        AckLevel addAck,
        AckLevel settleAck,
        Leasing leasing,
        Recovery recovery,
        Fence fence,
        WindowKind rateWindow,
        EventOrder eventOrder,
        int priorityLevels,
        int readAhead,
        Duration pauseLag) {

    /** How far a change has got. */
    public enum AckLevel {
        SENT,
        MEMORY,
        OPERATING_SYSTEM,
        DISK,
        QUORUM
    }

    /** What keeps a lease alive. */
    public enum Leasing {
        RENEWED,
        HELD_OPEN
    }

    /** What notices a worker that went away. */
    public enum Recovery {
        SWEEP,
        ON_DISCONNECT
    }

    /** What refuses a worker without a lease. */
    public enum Fence {
        STORE,
        CONNECTION
    }

    /** How a rate limit's windows lie. */
    public enum WindowKind {
        FIXED,
        SLIDING
    }

    /** In which order listeners see events. */
    public enum EventOrder {
        TOTAL,
        PER_PUBLISHER
    }
}
