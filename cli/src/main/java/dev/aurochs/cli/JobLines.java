package dev.aurochs.cli;

import dev.aurochs.cli.input.Durations;
import dev.aurochs.cli.output.Table;
import dev.aurochs.cli.output.Texts;
import dev.aurochs.cli.output.Times;
import dev.aurochs.queue.Job;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.job.ScheduleSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job as a person reads it: only what there is to tell. */
final class JobLines {
    private final JobRecord job;
    private final Times times;
    private final Table table = Table.plain();

    JobLines(JobRecord job, Times times) {
        this.job = job;
        this.times = times;
    }

    /** Why a job was not added: its own id was there, or another held its deduplication id. */
    static String notAdded(Job there, JobOptions asked) {
        String where = " in queue '" + there.ref().queue() + "'; nothing was added";
        return asked.deduplication()
                .filter(id -> !asked.id().equals(Optional.of(there.id())))
                .map(id -> "deduplication id '" + id.id() + "' is held by job '" + there.id() + "'" + where)
                .orElse("job '" + there.id() + "' is already" + where);
    }

    List<String> lines(List<Child> children, List<String> log) {
        JobStatus status = job.status();
        table.row("job", job.ref().queue() + "/" + job.id());
        table.row("name", job.name());
        table.row("state", job.state().label());
        table.row("attempts", attempts());
        row("options", options());
        table.row("added", times.show(job.body().createdAt()));
        if (status.dueAt() != null) table.row("due", times.show(status.dueAt()));
        if (status.startedAt() != null) table.row("started", times.show(status.startedAt()) + worker());
        if (status.finishedAt() != null) table.row("finished", times.show(status.finishedAt()) + took());
        if (job.body().parent() != null)
            table.row(
                    "parent",
                    job.body().parent().parent().queue() + "/"
                            + job.body().parent().parent().id());
        ScheduleSlot schedule = job.body().schedule();
        if (schedule != null) table.row("schedule", schedule.scheduleId() + ", run " + schedule.count());
        table.row("data", job.body().payload());
        row("progress", text(status.progress()));
        row("result", text(status.result()));
        if (job.state() == JobState.FAILED) row("reason", Texts.firstLine(String.valueOf(status.failedReason())));
        row("cancelled", status.cancelReason() == null ? "" : status.cancelReason());
        List<String> lines = new ArrayList<>(table.lines());
        failures(lines);
        children(lines, children);
        block(lines, "log", log);
        return lines;
    }

    /** A retention in the words of {@code --keep-completed}. */
    static String shown(Retention retention) {
        if (retention.keepsNothing()) return "none";
        if (retention.age() == null)
            return retention.count() == Retention.UNBOUNDED ? "all" : Long.toString(retention.count());
        String age = Durations.format(retention.age());
        return retention.count() == Retention.UNBOUNDED ? age : retention.count() + " within " + age;
    }

    private void row(String label, String text) {
        if (!text.isEmpty()) table.row(label, text);
    }

    private String attempts() {
        String stalls = job.runs().stalls() == 0 ? "" : ", " + job.runs().stalls() + " stalls";
        return job.runs().made() + " of " + job.options().attempts() + stalls;
    }

    private String options() {
        JobOptions options = job.options();
        List<String> parts = new ArrayList<>();
        if (!options.delay().isZero()) parts.add("delay " + Durations.format(options.delay()));
        if (job.status().priority() != 0) parts.add("priority " + job.status().priority());
        if (options.lifo()) parts.add("lifo");
        if (!options.backoff().equals(Backoff.NONE)) parts.add("backoff " + shown(options.backoff()));
        options.deduplication().ifPresent(id -> parts.add("deduplication " + id.id()));
        options.timeout().ifPresent(timeout -> parts.add("timeout " + Durations.format(timeout)));
        options.keepCompleted().ifPresent(keep -> parts.add("keep completed " + shown(keep)));
        options.keepFailed().ifPresent(keep -> parts.add("keep failed " + shown(keep)));
        return String.join(", ", parts);
    }

    private static String shown(Backoff backoff) {
        String jitter = backoff.jitter() == 0 ? "" : ":" + backoff.jitter();
        return backoff.type() + ":" + Durations.format(backoff.delay()) + jitter;
    }

    private String worker() {
        return job.status().worker() == null ? "" : " by worker " + job.status().worker();
    }

    private String took() {
        if (job.status().startedAt() == null || job.status().finishedAt() == null) return "";
        return ", after "
                + Times.rough(java.time.Duration.between(
                        job.status().startedAt(), job.status().finishedAt()));
    }

    private void failures(List<String> lines) {
        List<String> shown = new ArrayList<>();
        for (Failure failure : job.failures()) {
            shown.add(times.show(failure.at()) + "  " + Texts.firstLine(failure.message()));
            Texts.lines(failure.message()).lines().skip(1).forEach(line -> shown.add("  " + line));
        }
        block(lines, "failed runs", shown);
    }

    private static void children(List<String> lines, List<Child> children) {
        Table table = Table.plain();
        for (Child child : children) {
            String end = child.failure() != null ? Texts.firstLine(child.failure()) : text(child.result());
            table.row(
                    child.job().queue() + "/" + child.job().id(),
                    child.status().name().toLowerCase(Locale.ROOT),
                    Texts.cut(end, 60));
        }
        block(lines, "children", table.lines());
    }

    private static void block(List<String> lines, String heading, List<String> block) {
        if (block.isEmpty()) return;
        lines.add("");
        lines.add(heading);
        block.forEach(line -> lines.add("  " + Texts.lines(line)));
    }

    private static String text(@Nullable Json json) {
        return json == null ? "" : json.text();
    }
}
