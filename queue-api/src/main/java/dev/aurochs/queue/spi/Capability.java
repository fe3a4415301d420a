package dev.aurochs.queue.spi;

/**
 * What a backend may or may not be able to do. A call that needs an absent capability throws
 * {@link UnsupportedCapabilityException} and changes nothing; the kit tests that it does.
 */
public enum Capability {
    /** A closed and reopened backend has every acknowledged change. */
    REOPENS,
    /** Several processes may open the same store. */
    SHARED,
    /** Due times and backoff depend only on the {@code now} values passed in. */
    VIRTUAL_DELAYS,
    /** So do lease expiry and limiter windows. */
    VIRTUAL_EXPIRY,
    /** A reader opened at an old position gets what happened since. */
    EVENT_REPLAY,
    /** Adding the same own id twice stores one job. */
    UNIQUE_IDS,
    /** Priorities other than 0. */
    PRIORITIES,
    /** Joining the front of a queue on request. */
    LIFO,
    /** A job that is given back goes to the front of its level. */
    FRONT,
    /** Find, list, children and log by reference. */
    LOOKUP,
    /** Promote, reschedule, reprioritise and remove a job that waits. */
    CHANGE_WAITING,
    /** Failed jobs are made to wait again, one by its id, or all. */
    RETRY_FAILED,
    /** Completed jobs stay, as their retention says. */
    KEEPS_COMPLETED,
    /** Whole units are added all or nothing. */
    ATOMIC_GROUPS,
    /** A running processor adds children to its own job. */
    DYNAMIC_CHILDREN,
    /** The names of all queues. */
    QUEUE_LISTING,
    /** A rate limit that each worker brings along. */
    WORKER_LIMIT,
    /** A rate limit set on the queue from outside. */
    QUEUE_LIMIT,
    /** A bound on running jobs over all workers. */
    GLOBAL_CONCURRENCY,
    /** Adds kept out by a deduplication id. */
    DEDUPLICATION,
    /** Job schedules. */
    SCHEDULES
}
