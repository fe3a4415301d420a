package dev.aurochs.queue.job;

/** The right to end one run of one job. Fenced by job and token together. */
public record Lease(JobRef job, LeaseToken token) {}
