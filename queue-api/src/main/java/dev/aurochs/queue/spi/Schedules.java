package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Jobs that come again. Offered by backends that declare {@link Capability#SCHEDULES}; they implement it beside
 * {@link QueueBackend}. Cron is computed above this line, {@code every} below it.
 */
public interface Schedules {
    /**
     * @param every the interval, where the schedule has one
     * @param cron the expression, where it has one
     * @param zone the zone the expression is read in
     */
    record Schedule(
            QueueName queue,
            String id,
            Optional<Duration> every,
            Optional<String> cron,
            Optional<String> zone,
            String jobName,
            Json payload,
            JobOptions options) {}

    /** Whether the next run was put in place. */
    sealed interface Chained {
        record Next(Instant at) implements Chained {}

        /** The schedule is gone, or has moved on. */
        record Stale() implements Chained {}

        /** The job itself was put back as a plain one; the worker drops this claim. */
        record HandedBack() implements Chained {}
    }

    void upsert(Schedule schedule, Optional<Instant> firstAt, Instant now);

    boolean remove(QueueName queue, String id, Instant now);

    Page<Schedule> schedules(QueueName queue, PageRequest page);

    /** Called by the worker after the claim and before the run. */
    Chained chain(Lease scheduled, Optional<Instant> nextAt, Instant now);
}
