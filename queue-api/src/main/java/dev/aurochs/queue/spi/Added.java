package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;

/** What became of one member of a unit. */
public sealed interface Added {
    /** Stored under this id. */
    record Stored(JobId id) implements Added {}

    /** A job with this own id was there; nothing of the member was stored. */
    record AlreadyThere(JobId id) implements Added {}

    /** Another job holds the deduplication id; nothing of the member was stored, but it may be remembered (A16). */
    record Deduplicated(JobId owner) implements Added {}

    /** The parent does not exist, has finished, or is no longer leased; nothing of the unit was stored. */
    record NoSuchParent(JobRef parent) implements Added {}

    /** The job is there and belongs to another living parent; nothing of the unit was stored. */
    record OtherParent(JobRef parent) implements Added {}

    /** Another member stopped this one: a refusal in the unit, or an ancestor that was already there. */
    record NotStored() implements Added {}
}
