package dev.aurochs.queue.job;

/** Why a running job was asked to stop. */
public enum StopReason {
    /** The run took longer than its timeout; counts as a failed attempt. */
    TIMED_OUT,
    /** Somebody cancelled the job; it fails for good. */
    CANCELLED,
    /** Another worker may run the job; what this run returns is dropped. */
    LEASE_LOST,
    /** The worker is closing and its grace is over; the job is given back at no attempt unless the run completes. */
    CLOSING
}
