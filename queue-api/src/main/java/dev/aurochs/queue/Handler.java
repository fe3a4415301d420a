package dev.aurochs.queue;

import org.jspecify.annotations.Nullable;

/**
 * Does the work of a job. May run on several threads at once, and more than once for one job (at least once): make it
 * idempotent. An interrupt asks it to stop: the run timed out, was cancelled or lost its lease.
 */
@FunctionalInterface
public interface Handler<T> {
    /**
     * Returns the job's result (anything the codec can write; null completes with {@code null}) or a {@link
     * RunResult}. Throwing is a failed attempt; throwing {@link UnrecoverableException} fails the job for good.
     */
    @Nullable
    Object run(T payload, JobContext job) throws Exception;
}
