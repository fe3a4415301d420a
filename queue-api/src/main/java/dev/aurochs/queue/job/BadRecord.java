package dev.aurochs.queue.job;

/** A stored record that cannot be read; it blocks nothing else. */
public record BadRecord(JobRef job, String problem) {}
