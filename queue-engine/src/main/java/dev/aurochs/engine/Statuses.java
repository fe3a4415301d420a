package dev.aurochs.engine;

import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Runs;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The changes of a status that steps make; each names what changes and leaves the rest. */
final class Statuses {
    private Statuses() {}

    static JobStatus fresh(JobState state, int priority, @Nullable Instant dueAt) {
        return new JobStatus(
                state,
                priority,
                Runs.NONE,
                dueAt == null ? null : wholeMillis(dueAt),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static JobStatus waiting(JobStatus s) {
        return moved(s, JobState.WAITING, null);
    }

    static JobStatus delayed(JobStatus s, Instant dueAt) {
        return moved(s, JobState.DELAYED, wholeMillis(dueAt));
    }

    static JobStatus waitingChildren(JobStatus s) {
        return moved(s, JobState.WAITING_CHILDREN, null);
    }

    static JobStatus active(JobStatus s, Instant now, String worker) {
        Runs runs = s.deferredFailure() == null ? s.runs().plusStarted() : s.runs();
        return new JobStatus(
                JobState.ACTIVE,
                s.priority(),
                runs,
                null,
                now,
                s.finishedAt(),
                worker,
                s.progress(),
                s.result(),
                s.failedReason(),
                s.deferredFailure(),
                null);
    }

    static JobStatus completed(JobStatus s, Json result, Instant now) {
        return new JobStatus(
                JobState.COMPLETED,
                s.priority(),
                s.runs(),
                null,
                s.startedAt(),
                now,
                s.worker(),
                s.progress(),
                result,
                s.failedReason(),
                null,
                null);
    }

    static JobStatus failed(JobStatus s, String reason, Instant now) {
        return new JobStatus(
                JobState.FAILED,
                s.priority(),
                s.runs(),
                null,
                s.startedAt(),
                now,
                s.worker(),
                s.progress(),
                null,
                reason,
                null,
                null);
    }

    /** As if it had never finished; {@code afresh} forgets its runs too. */
    static JobStatus unfinished(JobStatus s, boolean afresh) {
        Runs runs = afresh ? new Runs(0, 0, s.runs().stalls()) : s.runs();
        return new JobStatus(
                JobState.WAITING,
                s.priority(),
                runs,
                null,
                null,
                null,
                s.worker(),
                s.progress(),
                null,
                null,
                null,
                null);
    }

    static JobStatus withRuns(JobStatus s, Runs runs) {
        return copy(s, s.priority(), runs, s.progress(), s.failedReason(), s.deferredFailure(), s.cancelReason());
    }

    static JobStatus withPriority(JobStatus s, int priority) {
        return copy(s, priority, s.runs(), s.progress(), s.failedReason(), s.deferredFailure(), s.cancelReason());
    }

    static JobStatus withProgress(JobStatus s, Json progress) {
        return copy(s, s.priority(), s.runs(), progress, s.failedReason(), s.deferredFailure(), s.cancelReason());
    }

    static JobStatus withFailedReason(JobStatus s, String reason) {
        return copy(s, s.priority(), s.runs(), s.progress(), reason, s.deferredFailure(), s.cancelReason());
    }

    static JobStatus withDeferredFailure(JobStatus s, String reason) {
        return copy(s, s.priority(), s.runs(), s.progress(), s.failedReason(), reason, s.cancelReason());
    }

    static JobStatus withCancelReason(JobStatus s, String reason) {
        return copy(s, s.priority(), s.runs(), s.progress(), s.failedReason(), s.deferredFailure(), reason);
    }

    /** Rounded up: a job is never due early. */
    private static Instant wholeMillis(Instant moment) {
        Instant whole = moment.truncatedTo(ChronoUnit.MILLIS);
        return whole.equals(moment) ? whole : whole.plusMillis(1);
    }

    private static JobStatus moved(JobStatus s, JobState state, @Nullable Instant dueAt) {
        return new JobStatus(
                state,
                s.priority(),
                s.runs(),
                dueAt,
                s.startedAt(),
                null,
                s.worker(),
                s.progress(),
                s.result(),
                s.failedReason(),
                s.deferredFailure(),
                null);
    }

    private static JobStatus copy(
            JobStatus s,
            int priority,
            Runs runs,
            @Nullable Json progress,
            @Nullable String failedReason,
            @Nullable String deferredFailure,
            @Nullable String cancelReason) {
        return new JobStatus(
                s.state(),
                priority,
                runs,
                s.dueAt(),
                s.startedAt(),
                s.finishedAt(),
                s.worker(),
                progress,
                s.result(),
                failedReason,
                deferredFailure,
                cancelReason);
    }
}
