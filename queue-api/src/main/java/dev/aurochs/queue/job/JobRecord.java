package dev.aurochs.queue.job;

import java.util.List;

/**
 * Everything stored about a job, as it was at one moment.
 *
 * @param failures the newest failed runs, oldest first
 */
public record JobRecord(JobBody body, JobStatus status, List<Failure> failures) {
    public JobRecord {
        failures = List.copyOf(failures);
    }

    public JobRef ref() {
        return body.ref();
    }

    public JobId id() {
        return body.ref().id();
    }

    public String name() {
        return body.name();
    }

    public JobOptions options() {
        return body.options();
    }

    public JobState state() {
        return status.state();
    }

    public Runs runs() {
        return status.runs();
    }
}
