package dev.aurochs.cli;

import dev.aurochs.cli.output.Document;
import dev.aurochs.queue.job.QueueSettings;

/** The settings of a queue as JSON: all fields always there, null where nothing is set; durations in milliseconds. */
final class SettingsDocument {
    private SettingsDocument() {}

    static Document into(Document document, QueueSettings settings) {
        return document.put("isPaused", settings.paused())
                .put("heldUntil", settings.heldUntil().orElse(null))
                .put(
                        "rateLimit",
                        settings.rateLimit()
                                .map(limit -> new Document()
                                        .put("max", limit.max())
                                        .put("window", limit.window().toMillis()))
                                .orElse(null))
                .put(
                        "concurrency",
                        settings.concurrency().isPresent()
                                ? (Number) settings.concurrency().getAsInt()
                                : null);
    }
}
