package dev.aurochs.cli.demo;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What became of a run's jobs, read from the store when all of them have ended. Covers every start of the run. */
final class Report {
    private final Map<JobRef, JobRecord> records = new LinkedHashMap<>();
    private final List<PictureJobs> plan;
    private final List<Published> uploads = new ArrayList<>();

    private Report(List<PictureJobs> plan) {
        this.plan = plan;
    }

    static Report of(List<PictureJobs> plan, Archive archive) {
        Report report = new Report(plan);
        for (PictureJobs jobs : plan) for (JobRef job : jobs.all()) report.read(jobs, job, archive);
        return report;
    }

    private void read(PictureJobs jobs, JobRef job, Archive archive) {
        Optional<JobRecord> found = archive.find(job);
        found.ifPresent(record -> records.put(job, record));
        if (job.equals(jobs.upload()))
            found.map(record -> record.status().result())
                    .ifPresent(result -> uploads.add(Records.read(result.text(), Published.class)));
    }

    int pictures() {
        return plan.size();
    }

    int jobs() {
        return plan.size() * 4;
    }

    List<Published> uploads(Published.Outcome outcome) {
        return uploads.stream().filter(upload -> upload.outcome() == outcome).toList();
    }

    /** Pictures whose upload itself failed or is gone. */
    List<String> lost() {
        List<String> lost = new ArrayList<>();
        for (PictureJobs jobs : plan) {
            JobRecord upload = records.get(jobs.upload());
            if (upload == null) lost.add(jobs.picture().name() + ": its upload was removed");
            else if (upload.state() == JobState.FAILED)
                lost.add(jobs.picture().name() + ": " + upload.status().failedReason());
        }
        return lost;
    }

    long in(JobState state) {
        return records.values().stream().filter(job -> job.state() == state).count();
    }

    /** Runs that ended, the failed ones too. */
    long runs() {
        return records.values().stream().mapToLong(job -> job.runs().made()).sum();
    }

    /** How often a job was taken over from a start that was killed. */
    long recoveries() {
        return records.values().stream().mapToLong(job -> job.runs().stalls()).sum();
    }

    /** A line for each job that succeeded in a later run than its first. */
    List<String> retried() {
        List<String> retried = new ArrayList<>();
        for (PictureJobs jobs : plan)
            for (JobRef job : jobs.all()) {
                JobRecord record = records.get(job);
                if (record == null || record.runs().made() < 2 || record.state() != JobState.COMPLETED) continue;
                retried.add(jobs.nameOf(job) + " of " + jobs.picture().name() + " failed "
                        + Wording.times(record.runs().made() - 1L) + ", then succeeded");
            }
        return retried;
    }

    Optional<JobRecord> find(JobRef job) {
        return Optional.ofNullable(records.get(job));
    }

    List<PictureJobs> plan() {
        return plan;
    }

    /** How many checks of other pictures began, in their latest runs, before this picture's first one. */
    long checksBefore(PictureJobs jobs) {
        Set<JobRef> own = Set.of(jobs.checkTerm(), jobs.checkPolicy());
        Instant first = own.stream().map(this::started).min(Instant::compareTo).orElse(Instant.MAX);
        return records.keySet().stream()
                .filter(job -> job.queue().value().equals(PictureJobs.CHECKS) && !own.contains(job))
                .filter(job -> started(job).isBefore(first))
                .count();
    }

    private Instant started(JobRef job) {
        return find(job).map(record -> record.status().startedAt()).orElse(Instant.MAX);
    }

    /** From the first job's creation to the last one's end. */
    Duration span() {
        Instant first = null;
        Instant last = null;
        for (JobRecord job : records.values()) {
            Instant created = job.body().createdAt();
            Instant finished = job.status().finishedAt();
            if (first == null || created.isBefore(first)) first = created;
            if (finished != null && (last == null || finished.isAfter(last))) last = finished;
        }
        return first == null || last == null ? Duration.ZERO : Duration.between(first, last);
    }
}
