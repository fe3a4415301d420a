package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.Lease;

/** A job and the right to end this run of it. */
public record ClaimedJob(JobRecord record, Lease lease) {}
