package dev.aurochs.cli.demo;

import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;

/** Makes a picture's flow: an upload that waits for the picture to be made smaller and for its two checks. */
final class PictureFlows {
    static final int ATTEMPTS = 4;
    static final int URGENT = 1;
    static final int ORDINARY = 10;

    private final Specials specials;
    private final Pace pace;
    private final boolean priorities;
    private final boolean ids;

    /**
     * @param priorities false: all checks are equally urgent
     * @param ids false: the store chooses the ids
     */
    PictureFlows(Specials specials, Pace pace, boolean priorities, boolean ids) {
        this.specials = specials;
        this.pace = pace;
        this.priorities = priorities;
        this.ids = ids;
    }

    /** A check that fails for good does not stop the upload: it reads the reason and decides. */
    FlowNode of(PictureJobs jobs) {
        Picture picture = jobs.picture();
        PictureTask task = new PictureTask(
                picture.name(),
                picture.source(),
                jobs.upload().id().value(),
                picture.asJpeg(),
                picture.asPng(),
                specials.outages(picture.number()));
        return node(jobs.upload(), PictureJobs.UPLOAD, task, options(jobs.upload()))
                .withChildren(
                        node(jobs.optimizeSize(), PictureJobs.OPTIMIZE_SIZE, task, optimizing(jobs)),
                        node(jobs.checkTerm(), PictureJobs.CHECK_TERM, task, checking(jobs.checkTerm(), picture)),
                        node(
                                jobs.checkPolicy(),
                                PictureJobs.CHECK_POLICY,
                                task,
                                checking(jobs.checkPolicy(), picture)));
    }

    private static FlowNode node(JobRef job, String name, PictureTask task, JobOptions.Builder options) {
        return FlowNode.of(job.queue().value(), name, task).withOptions(options.build());
    }

    private JobOptions.Builder optimizing(PictureJobs jobs) {
        JobOptions.Builder options = options(jobs.optimizeSize());
        return specials.isDelayed(jobs.picture().number()) ? options.delay(pace.delay()) : options;
    }

    private JobOptions.Builder checking(JobRef job, Picture picture) {
        JobOptions.Builder options = options(job);
        if (priorities) options.priority(specials.isUrgent(picture.number()) ? URGENT : ORDINARY);
        return options;
    }

    private JobOptions.Builder options(JobRef job) {
        JobOptions.Builder options = JobOptions.builder();
        if (ids) options.id(job.id().value());
        return options.attempts(ATTEMPTS)
                .backoff(Backoff.exponential(pace.retry()))
                .childFailurePolicy(ChildFailurePolicy.IGNORE);
    }
}
