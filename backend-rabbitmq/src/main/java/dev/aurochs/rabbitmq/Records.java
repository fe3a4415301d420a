package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Runs;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the steps of a job's life make of its record. */
final class Records {
    private Records() {}

    /** When a job is due that is not due yet, in whole milliseconds, rounded up: no job comes early. */
    static @Nullable Instant dueOrNull(Instant exact, Instant now) {
        Instant whole = exact.truncatedTo(ChronoUnit.MILLIS);
        Instant due = whole.equals(exact) ? whole : whole.plusMillis(1);
        return due.isAfter(now) ? due : null;
    }

    /** A run begins. */
    static JobRecord active(JobRecord job, String worker, Instant now) {
        return with(job, JobState.ACTIVE, job.runs().plusStarted(), null, now, null, worker);
    }

    /** It was begun by a worker that went away. */
    static JobRecord stalled(JobRecord job, int times) {
        Runs runs = job.runs();
        Runs more = new Runs(runs.made(), runs.started() + times, runs.stalls() + times);
        return with(job, JobState.WAITING, more, null, null, null, null);
    }

    /** It waits again, or is delayed when there is a due moment; an attempt was made or not. */
    static JobRecord again(JobRecord job, boolean attempt, @Nullable Instant dueAt) {
        Runs runs = attempt ? job.runs().plusMade() : job.runs();
        JobState state = dueAt == null ? JobState.WAITING : JobState.DELAYED;
        return with(job, state, runs, dueAt, null, null, null);
    }

    /** It waits on where it is, without having begun. */
    static JobRecord unstarted(JobRecord job) {
        return with(job, JobState.WAITING, job.runs(), null, null, null, null);
    }

    static JobRecord failed(JobRecord job, Instant now) {
        return with(
                job,
                JobState.FAILED,
                job.runs().plusMade(),
                null,
                null,
                now,
                job.status().worker());
    }

    /** With the reason and the whole history of failed runs. */
    static JobRecord explained(JobRecord job, String reason, List<Failure> history) {
        JobStatus status = job.status();
        return new JobRecord(job.body(), status(status, status.progress(), reason, status.deferredFailure()), history);
    }

    static JobRecord deferred(JobRecord job, String reason) {
        JobStatus status = job.status();
        JobStatus deferred = status(status, status.progress(), status.failedReason(), reason);
        return new JobRecord(job.body(), deferred, job.failures());
    }

    static JobRecord progressed(JobRecord job, Json progress) {
        JobStatus status = job.status();
        JobStatus further = status(status, progress, status.failedReason(), status.deferredFailure());
        return new JobRecord(job.body(), further, job.failures());
    }

    static JobRecord withPayload(JobRecord job, Json payload) {
        return new JobRecord(job.body().withPayload(payload), job.status(), job.failures());
    }

    /** Fresh from the failed ones. */
    static JobRecord revived(JobRecord job, boolean resetCounters) {
        JobRecord waiting = with(job, JobState.WAITING, resetCounters ? Runs.NONE : job.runs(), null, null, null, null);
        JobStatus status = waiting.status();
        List<Failure> history = resetCounters ? List.of() : waiting.failures();
        return new JobRecord(waiting.body(), status(status, status.progress(), status.failedReason(), null), history);
    }

    private static JobRecord with(
            JobRecord job,
            JobState state,
            Runs runs,
            @Nullable Instant dueAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String worker) {
        JobStatus status = job.status();
        JobStatus next = new JobStatus(
                state,
                status.priority(),
                runs,
                dueAt,
                startedAt,
                finishedAt,
                worker,
                status.progress(),
                null,
                status.failedReason(),
                status.deferredFailure(),
                null);
        return new JobRecord(job.body(), next, job.failures());
    }

    private static JobStatus status(
            JobStatus status, @Nullable Json progress, @Nullable String reason, @Nullable String deferred) {
        return new JobStatus(
                status.state(),
                status.priority(),
                status.runs(),
                status.dueAt(),
                status.startedAt(),
                status.finishedAt(),
                status.worker(),
                progress,
                status.result(),
                reason,
                deferred,
                status.cancelReason());
    }
}
