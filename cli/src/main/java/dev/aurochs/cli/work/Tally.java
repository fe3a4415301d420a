package dev.aurochs.cli.work;

import dev.aurochs.cli.output.Texts;
import dev.aurochs.queue.job.JobRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What happened in this process so far. Thread-safe. */
final class Tally {
    private static final int MOST_SUSPECTS = 10_000;

    private final Predicate<JobRef> hasFailed;
    private final List<JobRef> running = new ArrayList<>();
    private final Set<JobRef> suspects = new HashSet<>();
    private long completed;
    private long failedRuns;
    private int cutShort;
    private long failedUnrun;
    private boolean jobFailed;
    private long lastActivityNanos = System.nanoTime();

    /** @param hasFailed true for a job that has failed for good */
    Tally(Predicate<JobRef> hasFailed) {
        this.hasFailed = hasFailed;
    }

    synchronized void began(JobRef job) {
        running.add(job);
        active();
    }

    synchronized void completed(JobRef job) {
        completed++;
        suspects.remove(job);
    }

    /** A run failed; whether the job may run again is for the queue to say. */
    synchronized void failed(JobRef job) {
        failedRuns++;
        suspects.add(job);
        if (suspects.size() > MOST_SUSPECTS) jobFailed();
    }

    /** A job has failed for good, somewhere; true when the run that it failed with was one of this process. */
    synchronized boolean failedForGood(JobRef job) {
        boolean ranHere = suspects.remove(job) || running.contains(job);
        jobFailed |= ranHere;
        return ranHere;
    }

    /** A job has failed for good here without a run. */
    synchronized void failedUnrun() {
        failedUnrun++;
        jobFailed = true;
    }

    /** A command was killed because this process or its lease came to an end; the job is somebody else's now. */
    synchronized void cutShort() {
        cutShort++;
    }

    synchronized void over(JobRef job) {
        running.remove(job);
        active();
    }

    synchronized int running() {
        return running.size();
    }

    synchronized int timesCutShort() {
        return cutShort;
    }

    /** How long nothing has been running, in nanoseconds; 0 while something is. */
    synchronized long idleNanos() {
        return running.isEmpty() ? System.nanoTime() - lastActivityNanos : 0;
    }

    /** True when a job has failed for good here. */
    synchronized boolean jobFailed() {
        if (!jobFailed) jobFailed = suspects.stream().anyMatch(hasFailed);
        suspects.clear();
        return jobFailed;
    }

    /** One line for the end. */
    synchronized String summary() {
        String unrun = failedUnrun == 0 ? "" : ", " + Texts.count(failedUnrun, "job") + " failed without a run";
        String stopped = cutShort == 0 ? "" : ", " + Texts.count(cutShort, "run") + " cut short";
        return Texts.count(completed, "job") + " completed, " + Texts.count(failedRuns, "run") + " failed" + unrun
                + stopped;
    }

    private void active() {
        lastActivityNanos = System.nanoTime();
    }
}
