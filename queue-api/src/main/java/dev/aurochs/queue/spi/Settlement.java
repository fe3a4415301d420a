package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.Lease;

/** One run's end. */
public record Settlement(Lease lease, Outcome outcome) {}
