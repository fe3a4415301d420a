package dev.aurochs.rabbitmq.message;

import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Retention;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** A job's options as a JSON object that leaves out what is the default. Times are milliseconds. */
final class OptionsJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JobOptions DEFAULTS = JobOptions.defaults();

    private OptionsJson() {}

    /** Null when all is the default. */
    static @Nullable String write(JobOptions options) {
        if (options.equals(DEFAULTS)) return null;
        ObjectNode json = JSON.createObjectNode();
        if (!options.delay().isZero()) putSpan(json, "delay", options.delay());
        if (options.priority() > 0) json.put("priority", options.priority());
        if (options.attempts() != DEFAULTS.attempts()) json.put("attempts", options.attempts());
        if (!options.backoff().equals(Backoff.NONE)) json.set("backoff", backoff(options.backoff()));
        options.keepCompleted().ifPresent(keep -> json.set("keepCompleted", retention(keep)));
        options.keepFailed().ifPresent(keep -> json.set("keepFailed", retention(keep)));
        options.timeout().ifPresent(span -> putSpan(json, "timeout", span));
        options.expiry().ifPresent(span -> putSpan(json, "expiry", span));
        if (options.logLines() != DEFAULTS.logLines()) json.put("logLines", options.logLines());
        if (options.stackTraces() != DEFAULTS.stackTraces()) json.put("stackTraces", options.stackTraces());
        return json.isEmpty() ? null : json.toString();
    }

    private static ObjectNode backoff(Backoff backoff) {
        ObjectNode json = JSON.createObjectNode();
        json.put("type", backoff.type());
        putSpan(json, "delay", backoff.delay());
        if (backoff.cap() != null) putSpan(json, "cap", backoff.cap());
        if (backoff.jitter() > 0) json.put("jitter", backoff.jitter());
        return json;
    }

    private static ObjectNode retention(Retention retention) {
        ObjectNode json = JSON.createObjectNode();
        json.put("count", retention.count());
        if (retention.age() != null) putSpan(json, "age", retention.age());
        json.put("limit", retention.limit());
        return json;
    }

    private static void putSpan(ObjectNode json, String field, Duration span) {
        long millis = span.toMillis();
        if (span.equals(Duration.ofMillis(millis))) json.put(field, millis);
        else json.put(field, span.toString());
    }

    static JobOptions read(@Nullable String text) {
        if (text == null) return DEFAULTS;
        JsonNode json = JSON.readTree(text);
        JobOptions.Builder options = JobOptions.builder();
        if (json.has("delay")) options.delay(span(json, "delay"));
        options.priority(json.path("priority").asInt(0));
        options.attempts(json.path("attempts").asInt(DEFAULTS.attempts()));
        if (json.has("backoff")) options.backoff(readBackoff(json.get("backoff")));
        if (json.has("keepCompleted")) options.keepCompleted(readRetention(json.get("keepCompleted")));
        if (json.has("keepFailed")) options.keepFailed(readRetention(json.get("keepFailed")));
        if (json.has("timeout")) options.timeout(span(json, "timeout"));
        if (json.has("expiry")) options.expiry(span(json, "expiry"));
        options.logLines(json.path("logLines").asInt(DEFAULTS.logLines()));
        options.stackTraces(json.path("stackTraces").asInt(DEFAULTS.stackTraces()));
        return options.build();
    }

    private static Backoff readBackoff(JsonNode json) {
        return new Backoff(
                json.path("type").asString("fixed"),
                span(json, "delay"),
                json.has("cap") ? span(json, "cap") : null,
                json.path("jitter").asDouble(0));
    }

    private static Retention readRetention(JsonNode json) {
        return new Retention(
                json.path("count").asLong(Retention.UNBOUNDED),
                json.has("age") ? span(json, "age") : null,
                json.path("limit").asInt(Retention.all().limit()));
    }

    private static Duration span(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isString() ? Duration.parse(value.asString()) : Duration.ofMillis(value.asLong(0));
    }
}
