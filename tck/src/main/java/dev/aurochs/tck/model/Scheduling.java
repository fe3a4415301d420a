package dev.aurochs.tck.model;

import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.job.ScheduleSlot;
import dev.aurochs.queue.spi.Schedules.Chained;
import dev.aurochs.queue.spi.Schedules.Upserted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Schedules and the runs that they put in place (rules J1–J11). */
final class Scheduling {
    private final JobList list;

    Scheduling(JobList list) {
        this.list = list;
    }

    Upserted upsert(Schedule schedule, Optional<Instant> firstAt) {
        ModelSchedule before = list.queue(schedule.queue()).schedules.get(schedule.id());
        ModelJob pending = before == null ? null : pending(before);
        Recurrence recurrence = schedule.recurrence();
        boolean sameSpan = before != null
                && recurrence.every() != null
                && recurrence.every().equals(before.schedule.recurrence().every());
        long offset = recurrence.offset().isZero() && before != null && sameSpan
                ? before.offsetMs
                : recurrence.offset().toMillis();
        Instant slot;
        if (firstAt.isPresent()) slot = later(firstAt.get(), list.now());
        else if (before != null && sameSpan)
            slot = pending != null ? before.slot : following(before.slot, recurrence, offset);
        else if (recurrence.start() != null) slot = later(recurrence.start(), list.now());
        else slot = offset == 0 ? list.now() : inPhase(recurrence, offset);
        while (recurrence.every() != null && isTaken(schedule, slot, pending)) slot = slot.plus(recurrence.every());
        if (isBeyondEnd(schedule, slot)) return new Upserted.NoSlot();
        if (isTaken(schedule, slot, pending)) return new Upserted.SlotTaken(slot);
        if (pending != null) new Changing(list).removeOne(pending);
        ModelSchedule after = new ModelSchedule(schedule, slot);
        after.runs = before == null ? 1 : before.runs;
        after.offsetMs = phase(recurrence, offset, slot);
        list.queue(schedule.queue()).schedules.put(schedule.id(), after);
        putRun(after, 1);
        return new Upserted.Pending(after.job().id(), slot);
    }

    boolean remove(QueueName queue, String id) {
        ModelSchedule schedule = list.queue(queue).schedules.remove(id);
        if (schedule == null) return false;
        ModelJob pending = pending(schedule);
        if (pending != null && pending.state == JobState.DELAYED) new Changing(list).removeOne(pending);
        return true;
    }

    Chained chain(Lease lease, Optional<Instant> nextAt) {
        ModelJob job = list.find(lease.job());
        if (job == null || !job.isHeldBy(lease.token())) return new Chained.LeaseLost();
        ModelSchedule schedule = current(job);
        ScheduleSlot made = job.body.schedule();
        if (schedule == null || made == null) return new Chained.Stale();
        Recurrence recurrence = schedule.schedule.recurrence();
        boolean enough = recurrence.limit() != null && made.count() >= recurrence.limit();
        Instant next = nextAt.orElse(null);
        if (recurrence.every() != null) {
            next = following(schedule.slot, recurrence, schedule.offsetMs);
            while (isTaken(schedule.schedule, next, null)) next = next.plus(recurrence.every());
        }
        if (enough || next == null || isBeyondEnd(schedule.schedule, next)) {
            schedule.over = true;
            return new Chained.Last();
        }
        if (isTaken(schedule.schedule, next, null)) return new Chained.SlotTaken(next);
        schedule.offsetMs = phase(recurrence, schedule.offsetMs, next);
        schedule.slot = next;
        schedule.runs++;
        putRun(schedule, made.count() + 1);
        return new Chained.Next(schedule.job().id(), next);
    }

    /** The schedule whose present run a job is, or null. */
    @Nullable
    ModelSchedule current(ModelJob job) {
        ScheduleSlot made = job.body.schedule();
        if (made == null) return null;
        ModelSchedule schedule = list.queue(job.ref.queue()).schedules.get(made.scheduleId());
        boolean current = schedule != null && !schedule.over && schedule.slot.equals(made.slot());
        return current ? schedule : null;
    }

    private @Nullable ModelJob pending(ModelSchedule schedule) {
        ModelJob job = schedule.over ? null : list.find(schedule.job());
        boolean pends = job != null && (job.state == JobState.WAITING || job.state == JobState.DELAYED);
        return pends ? job : null;
    }

    private void putRun(ModelSchedule schedule, long count) {
        Schedule template = schedule.schedule;
        JobRef ref = schedule.job();
        Instant now = list.now();
        boolean due = !schedule.slot.isAfter(now);
        Duration delay = due ? Duration.ZERO : Duration.between(now, schedule.slot);
        JobBody body = new JobBody(
                ref,
                template.jobName(),
                template.payload(),
                template.options().toBuilder().delay(delay).build(),
                now,
                null,
                new ScheduleSlot(template.id(), count, schedule.slot, template.recurrence()),
                null);
        boolean front = due && template.options().lifo();
        ModelJob job = list.add(body, due ? JobState.WAITING : JobState.DELAYED, front);
        if (!due) job.dueAt = schedule.slot;
        list.tell(ref.queue(), new QueueEvent.Added(ref, now, body.name()));
        QueueEvent entered = due
                ? new QueueEvent.Waiting(ref, now, Optional.empty())
                : new QueueEvent.Delayed(ref, now, schedule.slot);
        list.tell(ref.queue(), entered);
    }

    /** The next slot, or, when it was missed, the first one to come. */
    private Instant following(Instant slot, Recurrence recurrence, long offset) {
        Instant next = slot.plusMillis(everyMs(recurrence));
        return next.isBefore(list.now()) ? inPhase(recurrence, offset) : next;
    }

    /** The first moment after now that lies so far behind a multiple of the interval. */
    private Instant inPhase(Recurrence recurrence, long offset) {
        long every = everyMs(recurrence);
        long now = list.now().toEpochMilli();
        long since = Math.floorMod(now - offset, every);
        return Instant.ofEpochMilli(now - since + every);
    }

    private static long phase(Recurrence recurrence, long offset, Instant slot) {
        return recurrence.every() == null || offset != 0
                ? offset
                : Math.floorMod(slot.toEpochMilli(), everyMs(recurrence));
    }

    private static long everyMs(Recurrence recurrence) {
        return recurrence.every() == null ? 1 : recurrence.every().toMillis();
    }

    private boolean isTaken(Schedule schedule, Instant slot, @Nullable ModelJob own) {
        ModelJob there = list.find(new JobRef(schedule.queue(), ScheduleSlot.jobId(schedule.id(), slot)));
        return there != null && there != own;
    }

    private static boolean isBeyondEnd(Schedule schedule, Instant slot) {
        Instant end = schedule.recurrence().end();
        return end != null && slot.isAfter(end);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
