package dev.aurochs.cli;

import dev.aurochs.cli.output.Document;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueEvent;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Events as JSON, each on one line. The names of the fields are part of the contract: some may be added, none
 * renamed.
 */
final class EventDocuments {
    private EventDocuments() {}

    static Document of(QueueEvent event) {
        Document document = new Document()
                .put("event", event.label())
                .put("queue", event.queue().value())
                .put("at", event.at());
        if (!(event instanceof QueueEvent.OfJob about)) return ofQueue(document, event);
        document.put("id", about.job().id().value());
        return ofJob(document, about);
    }

    private static Document ofJob(Document document, QueueEvent.OfJob event) {
        if (event instanceof QueueEvent.Added added) return document.put("name", added.name());
        if (event instanceof QueueEvent.Waiting waiting) return document.put("from", label(waiting.from()));
        if (event instanceof QueueEvent.WaitingChildren waiting) return document.put("from", label(waiting.from()));
        if (event instanceof QueueEvent.Delayed delayed) return document.put("dueAt", delayed.dueAt());
        if (event instanceof QueueEvent.Progress progress)
            return document.put("progress", onOneLine(progress.progress()));
        if (event instanceof QueueEvent.Completed completed)
            return document.put("result", onOneLine(completed.result()));
        if (event instanceof QueueEvent.Failed failed) return document.put("failedReason", failed.reason());
        if (event instanceof QueueEvent.RetriesExhausted exhausted)
            return document.put("attemptsMade", exhausted.attemptsMade());
        if (event instanceof QueueEvent.Removed removed)
            return document.put("from", removed.from().label());
        if (event instanceof QueueEvent.Deduplicated kept)
            return document.put("deduplicationId", kept.deduplicationId())
                    .put("refusedId", kept.refused().value());
        return document;
    }

    private static Document ofQueue(Document document, QueueEvent event) {
        if (event instanceof QueueEvent.Cleaned cleaned) return document.put("jobs", cleaned.count());
        if (event instanceof QueueEvent.Custom custom) return own(document, custom.name(), custom.fields());
        if (event instanceof QueueEvent.Unknown unknown) return own(document, unknown.name(), unknown.fields());
        return document;
    }

    private static Document own(Document document, String name, Map<String, String> fields) {
        Document all = new Document();
        fields.forEach(all::put);
        return document.put("name", name).put("fields", all);
    }

    private static @Nullable String label(Optional<JobState> state) {
        return state.map(JobState::label).orElse(null);
    }

    /** Line breaks in stored JSON can only stand between its tokens. */
    private static Json onOneLine(Json json) {
        return new Json(json.text().replace('\r', ' ').replace('\n', ' '));
    }
}
