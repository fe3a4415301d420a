package dev.aurochs.queue.spi;

/** What became of a report. */
public enum Reported {
    DONE,
    LEASE_LOST,
    NO_SUCH_JOB
}
