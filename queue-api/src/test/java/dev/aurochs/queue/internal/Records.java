package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.Failure;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Jobs as a claim answers them. */
final class Records {
    static final Instant CREATED = Instant.parse("2027-01-01T00:00:00Z");

    private Records() {}

    static JobRecord job(String id) {
        return job(id, JobOptions.defaults());
    }

    static JobRecord job(String id, JobOptions options) {
        return job(id, options, 0, null);
    }

    /** A job that has had {@code made} failed runs. */
    static JobRecord job(String id, JobOptions options, int made, @Nullable String deferredFailure) {
        JobBody body = new JobBody(JobRef.of("q", id), "name", Json.EMPTY_OBJECT, options, CREATED, null);
        Runs runs = new Runs(made, made + 1, 0);
        JobStatus status = new JobStatus(
                JobState.ACTIVE, 0, runs, null, CREATED, null, "w", null, null, null, deferredFailure, null);
        List<Failure> failures = IntStream.range(0, made)
                .mapToObj(run -> Failure.of("run " + (run + 1), CREATED))
                .toList();
        return new JobRecord(body, status, failures);
    }
}
