package dev.aurochs.cli.demo;

import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Runs;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a job's latest run ended, as far as the demo tells of it. Moments are milliseconds since 1970. */
record JobNote(
        String queue,
        String id,
        String name,
        JobState state,
        int priority,
        int made,
        int stalls,
        long created,
        long started,
        @Nullable String result,
        @Nullable String reason) {

    static JobNote of(JobContext job, JobState state, @Nullable String result, @Nullable String reason) {
        JobRecord record = job.record();
        Instant started = record.status().startedAt();
        return new JobNote(
                record.ref().queue().value(),
                record.ref().id().value(),
                record.name(),
                state,
                record.status().priority(),
                record.runs().made() + 1,
                record.runs().stalls(),
                record.body().createdAt().toEpochMilli(),
                (started == null ? record.body().createdAt() : started).toEpochMilli(),
                result,
                reason);
    }

    /** @param noted when it was written down */
    JobRecord record(Instant noted) {
        JobBody body = new JobBody(
                JobRef.of(queue, id),
                name,
                Json.EMPTY_OBJECT,
                JobOptions.defaults(),
                Instant.ofEpochMilli(created),
                null);
        JobStatus status = new JobStatus(
                state,
                priority,
                new Runs(made, made + stalls, stalls),
                null,
                Instant.ofEpochMilli(started),
                state.isFinished() ? noted : null,
                null,
                null,
                result == null ? null : new Json(result),
                reason,
                null,
                null);
        return new JobRecord(body, status, List.of());
    }
}
