package dev.aurochs.queue;

import dev.aurochs.queue.internal.CronMoments;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.job.ScheduleRecord;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.Schedules.Upserted;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schedules of a queue: jobs that come again (rules J1–J12). Made by {@link Queue#schedules()}; thread-safe.
 *
 * <pre>{@code
 * queue.schedules().upsert("nightly", Recurrence.cron("0 3 * * *").in(ZoneId.of("Europe/Madrid")), "report");
 * queue.schedules().upsert("pulse", Recurrence.every(Duration.ofSeconds(30)), "ping");
 * }</pre>
 *
 * <p>Each schedule has one pending job; the next is put in place when a worker begins this one. While no worker runs,
 * runs are missed and not made up for: one comes late, then they go on in step.
 */
public final class JobSchedules {
    private static final String INSTEAD = "let a job add its successor with a delay";

    private final Queue queue;
    private final Context context;

    JobSchedules(Queue queue, Context context) {
        this.queue = queue;
        this.context = context;
    }

    /** As {@link #upsert(String, Recurrence, String, Object, JobOptions)} with the payload <code>{}</code>. */
    public Job upsert(String id, Recurrence recurrence, String jobName) {
        return upsert(id, recurrence, jobName, Json.EMPTY_OBJECT, JobOptions.defaults());
    }

    /**
     * Makes a schedule, or changes it: its pending job is replaced by one as described here. With an interval that
     * stays the same the pending job keeps its moment, so every instance of a program may do this when it starts.
     *
     * @param options how each job is treated; without id, delay and deduplication
     * @return the pending job
     * @throws InvalidInputException for anything outside the contract, a cron expression that cannot be read, or an end
     *     that leaves no run; nothing has changed then
     */
    public Job upsert(String id, Recurrence recurrence, String jobName, @Nullable Object payload, JobOptions options) {
        Schedule schedule = prepared(id, recurrence, jobName, payload, options);
        Instant now = context.time().instant();
        return upsert(schedule, firstAt(recurrence, now), now);
    }

    /** As {@link #upsert(String, Recurrence, String, Object, JobOptions)}, and the first run is due at once. */
    public Job upsertNow(
            String id, Recurrence recurrence, String jobName, @Nullable Object payload, JobOptions options) {
        InvalidInputException.unless(
                recurrence.start() == null, "start", recurrence.start(), "cannot be combined with a run at once");
        Schedule schedule = prepared(id, recurrence, jobName, payload, options);
        Instant now = context.time().instant();
        CronMoments.next(recurrence, now);
        return upsert(schedule, Optional.of(now), now);
    }

    /**
     * Removes a schedule; false when there was none. Its delayed job goes as well; one that waits already still runs,
     * and is the last.
     */
    public boolean remove(String id) {
        return backend().removeSchedule(name(), id, context.time().instant());
    }

    /** The schedule as it is now; empty when there is none of this id. */
    public Optional<ScheduleRecord> find(String id) {
        return backend().schedule(name(), id);
    }

    /** By their ids. One whose limit or end was reached stays until it is removed. */
    public Page<ScheduleRecord> list(PageRequest page) {
        return backend().schedules(name(), page);
    }

    public long count() {
        return backend().countSchedules(name());
    }

    private Schedule prepared(
            String id, Recurrence recurrence, String jobName, @Nullable Object payload, JobOptions options) {
        backend();
        InvalidInputException.present(recurrence, "recurrence");
        InvalidInputException.present(options, "options");
        return new Schedule(
                name(), Schedule.checkId(id), recurrence, jobName, context.encode("payload", payload), options);
    }

    private Job upsert(Schedule schedule, Optional<Instant> first, Instant now) {
        Instant end = schedule.recurrence().end();
        Optional<Instant> at = first;
        while (true) {
            Upserted answer = backend().upsertSchedule(schedule, at, now);
            if (answer instanceof Upserted.Pending pending)
                return new Job(queue, new JobRef(name(), pending.job()), true);
            InvalidInputException.unless(
                    !(answer instanceof Upserted.NoSlot), "end", end, "leaves no run; move it, or remove the schedule");
            if (!(answer instanceof Upserted.SlotTaken taken)) throw new AssertionError(answer);
            at = firstAt(schedule.recurrence(), taken.slot());
        }
    }

    /** Empty for an interval: then the backend finds it. */
    private static Optional<Instant> firstAt(Recurrence recurrence, Instant after) {
        Optional<Instant> first = CronMoments.next(recurrence, after);
        InvalidInputException.unless(
                recurrence.cron() == null || first.isPresent(), "cron", recurrence.cron(), "never comes true");
        return first;
    }

    private QueueBackend backend() {
        QueueBackend backend = context.backend();
        backend.info().require(Capability.SCHEDULES, INSTEAD);
        return backend;
    }

    private QueueName name() {
        return queue.name();
    }
}
