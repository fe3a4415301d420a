package dev.aurochs.cli;

import dev.aurochs.cli.output.Document;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.BadRecord;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.job.ScheduleSlot;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Jobs as JSON: all fields always there, null where there is nothing; data and results as they are stored. */
final class JobDocuments {
    private JobDocuments() {}

    static Document of(JobRecord job) {
        JobStatus status = job.status();
        ParentLink parent = job.body().parent();
        ScheduleSlot schedule = job.body().schedule();
        return new Document()
                .put("id", job.id().value())
                .put("queue", job.ref().queue().value())
                .put("name", job.name())
                .put("state", job.state().label())
                .put("data", job.body().payload())
                .put("priority", status.priority())
                .put("attemptsMade", job.runs().made())
                .put("attemptsStarted", job.runs().started())
                .put("stalls", job.runs().stalls())
                .put("addedAt", job.body().createdAt())
                .put("dueAt", status.dueAt())
                .put("startedAt", status.startedAt())
                .put("finishedAt", status.finishedAt())
                .put("worker", status.worker())
                .put("progress", status.progress())
                .put("result", status.result())
                .put("failedReason", status.failedReason())
                .put("failures", job.failures().stream().map(JobDocuments::of).toList())
                .put("parent", parent == null ? null : parent.parent().toString())
                .put("schedule", schedule == null ? null : schedule.scheduleId())
                .put("slot", schedule == null ? null : schedule.slot())
                .put("options", of(job.options()));
    }

    /** A record that cannot be read is listed too. */
    static Document of(BadRecord bad) {
        return new Document()
                .put("id", bad.job().id().value())
                .put("queue", bad.job().queue().value())
                .put("unreadable", bad.problem());
    }

    static Document of(Child child) {
        return new Document()
                .put("id", child.job().id().value())
                .put("queue", child.job().queue().value())
                .put("status", child.status().name().toLowerCase(Locale.ROOT))
                .put("result", child.result())
                .put("failure", child.failure());
    }

    private static Document of(Failure failure) {
        return new Document()
                .put("at", failure.at())
                .put("message", failure.message())
                .put("type", failure.type())
                .put("stack", failure.stack());
    }

    private static Document of(JobOptions options) {
        return new Document()
                .put("attempts", options.attempts())
                .put("backoff", of(options.backoff()))
                .put("delay", options.delay().toMillis())
                .put("priority", options.priority())
                .put("lifo", options.lifo())
                .put("timeout", millis(options.timeout().orElse(null)))
                .put("keepCompleted", shown(options.keepCompleted().orElse(null)))
                .put("keepFailed", shown(options.keepFailed().orElse(null)))
                .put(
                        "deduplication",
                        options.deduplication().map(JobDocuments::of).orElse(null));
    }

    private static Document of(Deduplication deduplication) {
        return new Document()
                .put("id", deduplication.id())
                .put("ttl", millis(deduplication.ttl()))
                .put("extend", deduplication.extend())
                .put("replace", deduplication.replace())
                .put("keepLast", deduplication.keepLast());
    }

    private static Document of(Backoff backoff) {
        return new Document()
                .put("type", backoff.type())
                .put("delay", backoff.delay().toMillis())
                .put("cap", millis(backoff.cap()))
                .put("jitter", backoff.jitter());
    }

    private static @Nullable Long millis(@Nullable Duration span) {
        return span == null ? null : span.toMillis();
    }

    private static @Nullable String shown(@Nullable Retention retention) {
        return retention == null ? null : JobLines.shown(retention);
    }
}
