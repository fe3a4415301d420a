package dev.aurochs.engine.store;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;

/**
 * What changes while a job lives. A job's place is a function of this row, see {@link Place#of}.
 *
 * @param logLines how many log lines were ever written
 */
public record StateRow(JobRef job, JobStatus status, Standing standing, Family family, long logLines) {
    public JobState state() {
        return status.state();
    }

    /** False when no run of the job can have failed, so that there are no failures to read. */
    public boolean mayHaveFailures() {
        int succeeded = state() == JobState.COMPLETED ? 1 : 0;
        return status.failedReason() != null || status.runs().made() > succeeded;
    }

    public StateRow with(JobStatus status) {
        return new StateRow(job, status, standing, family, logLines);
    }

    public StateRow with(Standing standing) {
        return new StateRow(job, status, standing, family, logLines);
    }

    public StateRow with(Family family) {
        return new StateRow(job, status, standing, family, logLines);
    }

    public StateRow withLogLines(long logLines) {
        return new StateRow(job, status, standing, family, logLines);
    }
}
