package dev.aurochs.cli.demo;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.QueueEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Follows a run's jobs to their ends: from what the store says at the start and from the queues' events after that.
 * Thread-safe.
 */
final class Tracker {
    private static final int MOST_NAMED = 40;
    private static final int MOST_RETRIES_TOLD = 12;

    private final Map<JobRef, PictureJobs> open = new LinkedHashMap<>();
    private final Set<JobRef> ran = new HashSet<>();
    private final Archive archive;
    private final ProgressView view;
    private final int jobs;
    private final boolean tellsAll;
    private final CountDownLatch ended = new CountDownLatch(1);
    private int retriesTold;

    Tracker(List<PictureJobs> plan, Archive archive, ProgressView view) {
        this.archive = archive;
        this.view = view;
        for (PictureJobs jobs : plan) for (JobRef job : jobs.all()) open.put(job, jobs);
        this.jobs = open.size();
        this.tellsAll = plan.size() <= MOST_NAMED;
    }

    /** Takes note of a job that an earlier start brought to its end. */
    synchronized void wasDone(JobRef job) {
        open.remove(job);
        if (open.isEmpty()) ended.countDown();
    }

    synchronized int done() {
        return jobs - open.size();
    }

    int jobs() {
        return jobs;
    }

    /** Returns when every job of the run has completed, failed for good or was removed. */
    void awaitEnd() throws InterruptedException {
        while (!ended.await(1, TimeUnit.SECONDS)) if (!archive.choosesIds()) lookUp();
    }

    /** An end that was noted, and of which nobody told: the one that told it was killed then. */
    private synchronized void lookUp() {
        for (JobRef job : List.copyOf(open.keySet())) {
            PictureJobs picture = open.get(job);
            JobRecord record = archive.find(job)
                    .filter(found -> found.state().isFinished())
                    .orElse(null);
            if (picture == null || record == null) continue;
            if (job.equals(picture.upload())) {
                if (record.status().result() != null)
                    uploaded(Records.read(record.status().result().text(), Published.class));
                else
                    view.say("  " + title(picture, job) + " failed: "
                            + record.status().failedReason());
            }
            ended(job);
        }
    }

    synchronized void onEvent(QueueEvent event) {
        if (!(event instanceof QueueEvent.OfJob about)) return;
        PictureJobs picture = open.get(about.job());
        if (picture == null) return;
        if (event instanceof QueueEvent.Active) ran.add(about.job());
        else if (event instanceof QueueEvent.Delayed delayed) delayed(picture, delayed);
        else if (event instanceof QueueEvent.Stalled)
            view.say("  " + title(picture, about.job()) + " was running when the demo was killed; it runs again");
        else if (event instanceof QueueEvent.Completed completed) {
            if (about.job().equals(picture.upload()))
                uploaded(Records.read(completed.result().text(), Published.class));
            ended(about.job());
        } else if (event instanceof QueueEvent.Failed failed) {
            if (about.job().equals(picture.upload()))
                view.say("  " + title(picture, about.job()) + " failed: " + failed.reason());
            ended(about.job());
        } else if (event instanceof QueueEvent.Removed) ended(about.job());
    }

    private void ended(JobRef job) {
        open.remove(job);
        view.show(done(), jobs, "jobs");
        if (open.isEmpty()) ended.countDown();
    }

    private void uploaded(Published published) {
        switch (published.outcome()) {
            case PUBLISHED -> {
                if (tellsAll)
                    view.say("  " + published.picture() + "  " + Wording.change(published.before(), published.after()));
            }
            case REJECTED -> view.say("  " + published.picture() + "  rejected: " + published.reason());
            case UNREADABLE -> view.say("  " + published.picture() + "  unreadable: " + published.reason());
        }
    }

    /** A job that has run and is delayed is one that failed and will be tried again. */
    private void delayed(PictureJobs picture, QueueEvent.Delayed delayed) {
        if (!ran.remove(delayed.job()) || retriesTold++ >= MOST_RETRIES_TOLD) return;
        Duration wait = Duration.between(delayed.at(), delayed.dueAt());
        Optional<JobRecord> now = archive.find(delayed.job());
        String reason = now.map(job -> job.status().failedReason()).orElse("it failed");
        view.say("  " + title(picture, delayed.job()) + ": " + reason + "; again in " + Wording.seconds(wait));
    }

    private static String title(PictureJobs picture, JobRef job) {
        return picture.nameOf(job) + " of " + picture.picture().name();
    }
}
