package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.job.SessionId;
import java.time.Duration;
import java.util.Optional;

/**
 * What a backend needs to know about a worker.
 *
 * @param name the worker's name as records and dashboards show it
 * @param capacity how many jobs it runs at once at most
 * @param lease how long a lease lives without renewal
 * @param sweepEvery how often stalled jobs are looked for
 * @param maxStalls how many recoveries a job survives; the next one fails it
 * @param limit the worker's own rate limit; a limit set on the queue rules over it
 * @param completed retention of completed jobs that bring none of their own
 * @param failed retention of failed jobs that bring none of their own
 * @param metricsPoints how many minutes of metrics to keep; 0 for none
 */
public record WorkerProfile(
        SessionId session,
        String name,
        int capacity,
        Duration lease,
        Duration sweepEvery,
        int maxStalls,
        Optional<RateLimit> limit,
        Retention completed,
        Retention failed,
        int metricsPoints) {}
