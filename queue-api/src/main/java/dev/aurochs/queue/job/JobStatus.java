package dev.aurochs.queue.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What changes while a job lives. Small: every step rewrites it.
 *
 * @param priority the present priority; the one in the options is what was asked at first
 * @param dueAt when a delayed job becomes due, else null
 * @param startedAt begin of the latest run, or null
 * @param finishedAt when it completed or failed for good, or null
 * @param worker the name of the worker that claimed it last, or null
 * @param result what the processor returned; null unless completed
 * @param failedReason the reason of the latest failed run; stays after a later success; or null
 * @param deferredFailure set: the job is not to run again and fails with this reason when it is next claimed
 * @param cancelReason set: somebody asked the running worker to stop
 */
public record JobStatus(
        JobState state,
        int priority,
        Runs runs,
        @Nullable Instant dueAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String worker,
        @Nullable Json progress,
        @Nullable Json result,
        @Nullable String failedReason,
        @Nullable String deferredFailure,
        @Nullable String cancelReason) {}
