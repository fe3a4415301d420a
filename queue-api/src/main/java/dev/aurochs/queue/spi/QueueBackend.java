package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.job.ScheduleRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A place where jobs are kept. Every method is one atomic step: another caller sees it before or after, never between.
 * Expected endings are values; an exception means that the store could not answer. Thread-safe.
 */
public interface QueueBackend
        extends JobIntake,
                JobClaims,
                JobControl,
                QueueControl,
                JobReads,
                EventFeed,
                Deduplications,
                Schedules,
                AutoCloseable {
    BackendInfo info();

    /** Empty where the store looks after itself. */
    default Optional<SelfCheck> selfCheck() {
        return Optional.empty();
    }

    /**
     * What a server behind this backend is like: its version, what it may lose, how fast it answers. Changes nothing;
     * empty where there is no server to ask.
     */
    default List<HealthNote> health(Instant now) {
        return List.of();
    }

    /** Refuses; a backend with the capability says who holds the id. */
    @Override
    default Optional<JobId> deduplicationOwner(QueueName queue, String deduplicationId, Instant now) {
        throw withoutDeduplication();
    }

    /** Refuses; a backend with the capability releases the id. */
    @Override
    default boolean releaseDeduplication(QueueName queue, String deduplicationId, Instant now) {
        throw withoutDeduplication();
    }

    private UnsupportedCapabilityException withoutDeduplication() {
        return new UnsupportedCapabilityException(Capability.DEDUPLICATION, info().name(), "use own ids instead");
    }

    @Override
    default Upserted upsertSchedule(Schedule schedule, Optional<Instant> firstAt, Instant now) {
        throw noSchedules();
    }

    @Override
    default boolean removeSchedule(QueueName queue, String id, Instant now) {
        throw noSchedules();
    }

    @Override
    default Optional<ScheduleRecord> schedule(QueueName queue, String id) {
        throw noSchedules();
    }

    @Override
    default Page<ScheduleRecord> schedules(QueueName queue, PageRequest page) {
        throw noSchedules();
    }

    @Override
    default long countSchedules(QueueName queue) {
        throw noSchedules();
    }

    private UnsupportedCapabilityException noSchedules() {
        return new UnsupportedCapabilityException(
                Capability.SCHEDULES, info().name(), "let a job add its successor with a delay");
    }

    /** Idempotent. When it returns no thread of the backend is left, and its sessions and readers answer no more. */
    @Override
    void close();
}
