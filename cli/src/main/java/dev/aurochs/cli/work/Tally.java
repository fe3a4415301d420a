package dev.aurochs.cli.work;

import dev.aurochs.cli.output.Texts;
import dev.aurochs.queue.job.JobRef;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** What happened in this process so far. Thread-safe. */
final class Tally {
    private static final int MOST_SUSPECTS = 10_000;

    private final Predicate<JobRef> hasFailed;
    private final Set<JobRef> suspects = new HashSet<>();
    private long completed;
    private long failedRuns;
    private int running;
    private int cutShort;
    private boolean jobFailed;
    private long lastActivityNanos = System.nanoTime();

    /** @param hasFailed true for a job that has failed for good */
    Tally(Predicate<JobRef> hasFailed) {
        this.hasFailed = hasFailed;
    }

    synchronized void began() {
        running++;
        active();
    }

    synchronized void completed(JobRef job) {
        completed++;
        suspects.remove(job);
    }

    /** A run failed; whether the job may run again is for the queue to say. */
    synchronized void failed(JobRef job) {
        failedRuns++;
        if (!jobFailed) suspects.add(job);
        if (suspects.size() > MOST_SUSPECTS) jobFailed();
    }

    /** A command was killed because this process or its lease came to an end; the job is somebody else's now. */
    synchronized void cutShort() {
        cutShort++;
    }

    synchronized void over() {
        running--;
        active();
    }

    synchronized int running() {
        return running;
    }

    synchronized int timesCutShort() {
        return cutShort;
    }

    /** How long nothing has been running, in nanoseconds; 0 while something is. */
    synchronized long idleNanos() {
        return running > 0 ? 0 : System.nanoTime() - lastActivityNanos;
    }

    /** True when a job that ran here has failed for good. */
    synchronized boolean jobFailed() {
        if (!jobFailed) jobFailed = suspects.stream().anyMatch(hasFailed);
        suspects.clear();
        return jobFailed;
    }

    /** One line for the end. */
    synchronized String summary() {
        String stopped = cutShort == 0 ? "" : ", " + Texts.count(cutShort, "run") + " cut short";
        return Texts.count(completed, "job") + " completed, " + Texts.count(failedRuns, "run") + " failed" + stopped;
    }

    private void active() {
        lastActivityNanos = System.nanoTime();
    }
}
