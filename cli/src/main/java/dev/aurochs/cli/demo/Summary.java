package dev.aurochs.cli.demo;

import dev.aurochs.cli.demo.picture.Shrinker;
import dev.aurochs.cli.output.Texts;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.Capability;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a person reads when a run is done. */
final class Summary {
    private static final int MOST_LISTED = 10;

    private final PrintWriter out;
    private final RunState run;
    private final Report report;
    private final DemoFolder folder;

    Summary(PrintWriter out, RunState run, Report report, DemoFolder folder) {
        this.out = out;
        this.run = run;
        this.report = report;
        this.folder = folder;
    }

    /**
     * Prints it.
     *
     * @param info leaves out commands that would find nothing
     */
    void print(Pace pace, Store store, BackendInfo info) {
        out.println();
        out.println("Run " + run.number() + " is done: " + Wording.many(report.pictures(), "picture") + ", "
                + Wording.many(report.jobs(), "job") + ", in " + Wording.seconds(report.span())
                + (run.starts() > 1 ? " with the breaks between its " + run.starts() + " starts." : "."));
        out.println();
        pictures();
        jobs();
        specials(pace);
        out.println();
        places();
        out.println();
        next(store, info);
        out.flush();
    }

    private void pictures() {
        List<Published> published = report.uploads(Published.Outcome.PUBLISHED);
        List<Published> rejected = report.uploads(Published.Outcome.REJECTED);
        List<Published> unreadable = report.uploads(Published.Outcome.UNREADABLE);
        long before = published.stream().mapToLong(Published::before).sum();
        long after = published.stream().mapToLong(Published::after).sum();
        row(
                "pictures",
                published.size() + " shrunk, " + rejected.size() + " rejected"
                        + (unreadable.isEmpty() ? "" : ", " + unreadable.size() + " unreadable"));
        if (!published.isEmpty()) row("size", Wording.change(before, after));
        rows(
                "rejected",
                rejected.stream()
                        .map(one -> one.picture() + ", " + one.reason())
                        .toList());
        rows(
                "unreadable",
                unreadable.stream()
                        .map(one -> one.picture() + ", " + one.reason())
                        .toList());
        rows("lost", report.lost());
    }

    private void jobs() {
        long failed = report.in(JobState.FAILED);
        row(
                "jobs",
                report.in(JobState.COMPLETED) + " completed" + (failed == 0 ? "" : ", " + failed + " failed for good")
                        + ", in " + Wording.many(report.runs(), "run"));
        rows("retried", report.retried());
        if (run.kills() > 0)
            row(
                    "killed",
                    Wording.times(run.kills()) + ", and carried on; " + Wording.many(report.recoveries(), "job")
                            + " that ran at that moment ran again");
        if (run.stops() > 0) row("stopped", Wording.times(run.stops()) + " by Ctrl-C, and carried on");
    }

    private void specials(Pace pace) {
        Specials specials = new Specials(report.pictures());
        for (PictureJobs jobs : report.plan()) {
            if (specials.isDelayed(jobs.picture().number()))
                row("delayed", "optimize-size of " + jobs.picture().name() + ", by " + Wording.seconds(pace.delay()));
            if (specials.isUrgent(jobs.picture().number())) urgent(jobs);
        }
        row("limited", "at most " + pace.checks().max() + " checks started in " + Wording.seconds(pace.window()));
    }

    private void urgent(PictureJobs jobs) {
        JobRecord check = report.find(jobs.checkTerm()).orElse(null);
        if (check == null || check.status().priority() != PictureFlows.URGENT) return;
        long earlier = report.checksBefore(jobs);
        row(
                "urgent",
                jobs.picture().name() + ", added last but with priority: "
                        + (earlier == 0 ? "no other check" : Wording.many(earlier, "other check"))
                        + " began before its own");
    }

    private void places() {
        Map<String, String> places = new LinkedHashMap<>();
        places.put(folder.shrunk() + "/", "the pictures, at most " + Shrinker.LONG_SIDE + " pixels long");
        if (!report.uploads(Published.Outcome.REJECTED).isEmpty())
            places.put(folder.rejected() + "/", "those that failed a check");
        places.put(run.images() == null ? folder.pictures() + "/" : run.images(), "the originals, unchanged");
        int widest = places.keySet().stream().mapToInt(String::length).max().orElse(1);
        out.println("Look at");
        places.forEach((place, what) -> out.println(String.format("  %-" + widest + "s  %s", place, what)));
    }

    private void next(Store store, BackendInfo info) {
        out.println("Try next");
        String at = " --backend " + Wording.shell(run.backend());
        if (!info.has(Capability.LOOKUP)) {
            out.println(
                    "  (jobs that are done are gone: " + info.name() + " keeps messages, which cannot be looked at)");
        } else if (info.has(Capability.REOPENS)) {
            command("jobs uploads completed" + at);
            String told = told();
            if (told != null) command(told + at);
            command("counts checks" + at);
        } else {
            out.println("  (the jobs are gone: " + run.backend() + " keeps them only while the demo runs)");
        }
        String there = store.isOwn() ? "" : at;
        if (run.images() == null) command("demo --images ~/Pictures" + there);
        else command("demo" + there);
        if (store.isGuarded()) out.println("  (with the user and password in the address; they are not shown here)");
        out.println("  and kill it half-way, with kill -9 too: started again, it carries on");
    }

    /** The command that shows the job with the most to tell: one that failed for good, else one that was retried. */
    private @Nullable String told() {
        JobRecord chosen = null;
        for (PictureJobs jobs : report.plan())
            for (JobRef ref : jobs.all()) {
                JobRecord job = report.find(ref).orElse(null);
                if (job == null) continue;
                if (job.state() == JobState.FAILED) return show(ref);
                if (chosen == null && job.runs().made() > 1) chosen = job;
            }
        return chosen == null ? null : show(chosen.ref());
    }

    private static String show(JobRef job) {
        return "job " + job.queue() + " " + Wording.shell(job.id().value());
    }

    private void command(String words) {
        out.println("  " + Wording.shell(System.getProperty("aurochs.command", "./aurochs")) + " " + words);
    }

    private void row(String title, String text) {
        out.println(String.format("  %-11s", title) + Texts.oneLine(text));
    }

    private void rows(String title, List<String> texts) {
        List<String> shown = new ArrayList<>(texts.subList(0, Math.min(MOST_LISTED, texts.size())));
        if (texts.size() > MOST_LISTED) shown.add("and " + (texts.size() - MOST_LISTED) + " more");
        for (String text : shown) row(text.equals(shown.get(0)) ? title : "", text);
    }
}
