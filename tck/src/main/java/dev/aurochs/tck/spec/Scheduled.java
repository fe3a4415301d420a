package dev.aurochs.tck.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.job.ScheduleRecord;
import dev.aurochs.queue.job.ScheduleSlot;
import dev.aurochs.queue.spi.Schedules.Upserted;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words of the specs about schedules: those of the main queue. */
record Scheduled(QueueDriver q) {
    static final QueueName MAIN = QueueName.of(QueueDriver.MAIN);

    /** A schedule whose jobs have its name. */
    static Schedule schedule(String id, Recurrence recurrence) {
        return new Schedule(MAIN, id, recurrence, id, new Json("{\"of\":\"" + id + "\"}"), JobOptions.defaults());
    }

    Recurrence every(long units) {
        return Recurrence.every(q.time().units(units));
    }

    /** Answers the slot of the pending run. */
    Instant upsert(String id, Recurrence recurrence) {
        return upsert(schedule(id, recurrence));
    }

    Instant upsert(Schedule schedule) {
        return pending(q.backend().upsertSchedule(schedule, Optional.empty(), q.now()));
    }

    /** With the first slot at this moment, as for cron. */
    Instant upsertAt(String id, Recurrence recurrence, Instant first) {
        return pending(q.backend().upsertSchedule(schedule(id, recurrence), Optional.of(first), q.now()));
    }

    private static Instant pending(Upserted answer) {
        assertThat(answer).isInstanceOf(Upserted.Pending.class);
        return ((Upserted.Pending) answer).slot();
    }

    boolean remove(String id) {
        return q.backend().removeSchedule(MAIN, id, q.now());
    }

    Optional<ScheduleRecord> find(String id) {
        return q.backend().schedule(MAIN, id);
    }

    JobRef job(String id, Instant slot) {
        return new JobRef(MAIN, ScheduleSlot.jobId(id, slot));
    }

    /** Lets the time come, then claims and completes the run of this slot. */
    void expectRun(String id, Instant slot) {
        passTo(slot);
        Run run = q.expectClaim(id);
        assertThat(slot(run)).isEqualTo(slot);
        run.complete();
    }

    void passTo(Instant moment) {
        Duration left = Duration.between(q.now(), moment);
        if (!left.isNegative() && !left.isZero()) q.time().pass(left);
    }

    static Instant slot(Run run) {
        return made(run).slot();
    }

    static ScheduleSlot made(Run run) {
        ScheduleSlot made = run.record().body().schedule();
        assertThat(made).as("the schedule of %s", run.job()).isNotNull();
        return made;
    }

    /** What waits or is delayed. */
    List<JobRef> pendingJobs() {
        List<JobRef> pending = new ArrayList<>();
        for (JobState state : List.of(JobState.WAITING, JobState.DELAYED))
            q.backend().list(MAIN, state, PageRequest.first(100)).items().stream()
                    .map(JobRecord::ref)
                    .forEach(pending::add);
        return pending;
    }
}
