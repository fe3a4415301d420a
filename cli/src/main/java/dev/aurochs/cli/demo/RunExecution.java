package dev.aurochs.cli.demo;

import dev.aurochs.queue.AddedFlow;
import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.QueueEvents;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.spi.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings one run to its end: adds the flows that are missing, works, and waits until every job has ended. */
final class RunExecution {
    private final RunState run;
    private final Queues queues;
    private final DemoFolder folder;
    private final Pace pace;
    private final ProgressView view;
    private final Archive archive;
    private List<PictureJobs> plan;
    private volatile Tracker tracker;
    /** Jobs that nobody runs any more, though they were claimed. */
    private int cutOff;

    RunExecution(RunState run, Queues queues, DemoFolder folder, Pace pace, ProgressView view) {
        this.run = run;
        this.queues = queues;
        this.folder = folder;
        this.pace = pace;
        this.view = view;
        archive = Archive.of(queues, folder, run.label());
        plan = Picture.of(run).stream()
                .map(picture -> PictureJobs.of(run.label(), picture))
                .toList();
        tracker = new Tracker(plan, archive, view);
    }

    /** {@code 23 of 48 jobs done}. */
    String progress() {
        return tracker.done() + " of " + tracker.jobs() + " jobs done";
    }

    /** Answers what became of the jobs. An earlier start's jobs are taken up where they are. */
    Report execute() throws InterruptedException {
        if (!archive.choosesIds()) addFirst();
        try (QueueEvents events = queues.events(PictureJobs.UPLOADS, PictureJobs.IMAGES, PictureJobs.CHECKS)) {
            events.onAny(tracker::onEvent);
            List<PictureJobs> missing = archive.choosesIds() ? lookUp() : List.of();
            announce();
            view.show(tracker.done(), tracker.jobs(), "jobs");
            events.start();
            resumeQueues();
            add(missing);
            Crew.start(queues, folder, pace, archive);
            tracker.awaitEnd();
        }
        view.end();
        return Report.of(plan, archive);
    }

    /** Tells the tracker which jobs have ended; answers the pictures that have no flow yet. */
    private List<PictureJobs> lookUp() {
        List<PictureJobs> missing = new ArrayList<>();
        for (PictureJobs jobs : plan) {
            if (archive.find(jobs.upload()).isEmpty()) missing.add(jobs);
            else for (JobRef job : jobs.all()) lookUp(job);
        }
        return missing;
    }

    /** Where the store chooses ids, jobs are known when they were added: all at once, so that none is added twice. */
    private void addFirst() {
        List<PictureJobs> planned = plan;
        plan = archive.located(planned);
        if (plan.equals(planned)) {
            List<AddedFlow> added = queues.flows().addAll(flows(planned));
            List<PictureJobs> located = new ArrayList<>();
            for (int i = 0; i < added.size(); i++) located.add(planned.get(i).at(ids(added.get(i))));
            plan = located;
            archive.added(located);
        }
        tracker = new Tracker(plan, archive, view);
        for (PictureJobs jobs : plan)
            for (JobRef job : jobs.all())
                if (archive.find(job)
                        .filter(record -> record.state().isFinished())
                        .isPresent()) tracker.wasDone(job);
    }

    private static List<String> ids(AddedFlow flow) {
        List<String> ids = new ArrayList<>(List.of(flow.job().id().value()));
        for (AddedFlow child : flow.children()) ids.add(child.job().id().value());
        return ids;
    }

    private void lookUp(JobRef job) {
        Optional<JobRecord> found = archive.find(job);
        if (hasEnded(found)) tracker.wasDone(job);
        else if (found.get().state() == JobState.ACTIVE) cutOff++;
    }

    /** A job that is gone while its upload is there was removed by hand. */
    private static boolean hasEnded(Optional<JobRecord> job) {
        return job.isEmpty() || job.get().state().isFinished();
    }

    private void announce() {
        String where = run.images() == null ? "the demo's own pictures" : "the pictures in " + run.images();
        if (run.starts() == 1 && tracker.done() == 0)
            view.say("Run " + run.number() + ": " + Wording.many(run.pictures().size(), "flow") + " of 4 jobs for "
                    + where + ".");
        else
            view.say("Carrying on with run " + run.number() + " (" + where + "): " + tracker.done() + " of "
                    + tracker.jobs() + " jobs were done.");
        if (cutOff > 0)
            view.say("  " + Wording.many(cutOff, "job") + " ran when it was killed, to run again within "
                    + Wording.seconds(Crew.RECOVERED_WITHIN));
    }

    /** A queue that somebody paused would keep the demo waiting for ever. */
    private void resumeQueues() {
        for (String name : List.of(PictureJobs.UPLOADS, PictureJobs.IMAGES, PictureJobs.CHECKS)) {
            Queue queue = queues.queue(name);
            if (!queue.settings().paused()) continue;
            view.say("  queue " + name + " was paused; resuming it");
            queue.resume();
        }
    }

    /** All in few calls, so that they share what it costs to bring them to the disk. */
    private void add(List<PictureJobs> missing) {
        queues.flows().addAll(flows(missing));
    }

    private List<FlowNode> flows(List<PictureJobs> pictures) {
        boolean priorities = queues.info().has(Capability.PRIORITIES);
        Specials specials = new Specials(run.pictures().size());
        PictureFlows flows = new PictureFlows(specials, pace, priorities, archive.choosesIds());
        return pictures.stream().map(flows::of).toList();
    }
}
