package dev.aurochs.redis.layout;

import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Retention;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The options of a job as the one JSON object that all clients of the layout write. What only this library knows goes
 * into names that the others pass over: {@code runTimeout}, {@code expiry}, {@code backoff.cap}.
 */
final class OptionsJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<ChildFailurePolicy, String> POLICIES = Map.of(
            ChildFailurePolicy.FAIL_PARENT, "fpof",
            ChildFailurePolicy.CONTINUE_PARENT, "cpof",
            ChildFailurePolicy.IGNORE, "idof",
            ChildFailurePolicy.REMOVE_DEPENDENCY, "rdof");
    /** What is read elsewhere, or says nothing that the job's other fields do not say. */
    private static final Set<String> KNOWN = Set.of(
            "attempts",
            "delay",
            "priority",
            "lifo",
            "backoff",
            "removeOnComplete",
            "removeOnFail",
            "kl",
            "stackTraceLimit",
            "runTimeout",
            "expiry",
            "de",
            "fpof",
            "cpof",
            "idof",
            "rdof",
            "jobId",
            "parent",
            "timestamp",
            "repeat",
            "repeatJobKey",
            "prevMillis");

    private OptionsJson() {}

    /** @param given the foreign options that go along, or null */
    static ObjectNode write(JobOptions options, @Nullable ObjectNode given) {
        ObjectNode json = given == null ? JSON.createObjectNode() : given;
        json.put("attempts", options.attempts());
        if (!options.delay().isZero()) json.put("delay", millis(options.delay()));
        if (options.priority() > 0) json.put("priority", options.priority());
        if (options.lifo()) json.put("lifo", true);
        if (!options.backoff().equals(Backoff.NONE)) json.set("backoff", backoff(options.backoff()));
        options.keepCompleted().ifPresent(keep -> json.set("removeOnComplete", retention(keep)));
        options.keepFailed().ifPresent(keep -> json.set("removeOnFail", retention(keep)));
        options.timeout().ifPresent(span -> json.put("runTimeout", span.toMillis()));
        options.expiry().ifPresent(span -> json.put("expiry", span.toMillis()));
        json.put("kl", options.logLines());
        json.put("stackTraceLimit", options.stackTraces());
        String policy = POLICIES.get(options.childFailurePolicy());
        if (policy != null) json.put(policy, true);
        options.deduplication().ifPresent(deduplication -> json.set("de", deduplication(deduplication)));
        options.id().ifPresent(id -> json.put("jobId", id.value()));
        return json;
    }

    /** Rounded up: a job never comes early. */
    private static long millis(Duration span) {
        return span.plusNanos(999_999).toMillis();
    }

    private static ObjectNode backoff(Backoff backoff) {
        ObjectNode json = JSON.createObjectNode();
        json.put("type", backoff.type());
        json.put("delay", backoff.delay().toMillis());
        if (backoff.jitter() > 0) json.put("jitter", backoff.jitter());
        if (backoff.cap() != null) json.put("cap", backoff.cap().toMillis());
        return json;
    }

    private static ObjectNode retention(Retention retention) {
        ObjectNode json = JSON.createObjectNode();
        json.put("count", retention.count());
        if (retention.age() != null) {
            long millis = retention.age().toMillis();
            if (millis % 1_000 == 0) json.put("age", millis / 1_000);
            else json.put("age", millis / 1_000.0);
        }
        json.put("limit", retention.limit());
        return json;
    }

    static ObjectNode deduplication(Deduplication deduplication) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", deduplication.id());
        if (deduplication.ttl() != null) json.put("ttl", deduplication.ttl().toMillis());
        if (deduplication.extend()) json.put("extend", true);
        if (deduplication.replace()) json.put("replace", true);
        if (deduplication.keepLast()) json.put("keepLastIfActive", true);
        return json;
    }

    static @Nullable String flag(ChildFailurePolicy policy) {
        return POLICIES.get(policy);
    }

    static ChildFailurePolicy policy(JsonNode flags) {
        for (Map.Entry<ChildFailurePolicy, String> policy : POLICIES.entrySet())
            if (flags.path(policy.getValue()).asBoolean(false)) return policy.getKey();
        return ChildFailurePolicy.WAIT;
    }

    static JobOptions read(JsonNode json) {
        JobOptions.Builder options = JobOptions.builder();
        options.attempts(Math.max(1, json.path("attempts").asInt(1)));
        if (json.has("delay"))
            options.delay(Duration.ofMillis(Math.max(0, json.path("delay").asLong(0))));
        int priority = json.path("priority").asInt(0);
        options.priority(priority).lifo(priority == 0 && json.path("lifo").asBoolean(false));
        if (json.has("backoff")) options.backoff(readBackoff(json.get("backoff")));
        if (json.has("removeOnComplete")) options.keepCompleted(readRetention(json.get("removeOnComplete")));
        if (json.has("removeOnFail")) options.keepFailed(readRetention(json.get("removeOnFail")));
        if (json.has("kl")) options.logLines(json.get("kl").asInt());
        if (json.has("stackTraceLimit"))
            options.stackTraces(json.get("stackTraceLimit").asInt());
        if (json.has("runTimeout"))
            options.timeout(Duration.ofMillis(json.get("runTimeout").asLong()));
        if (json.has("expiry"))
            options.expiry(Duration.ofMillis(json.get("expiry").asLong()));
        if (json.has("de")) options.deduplication(readDeduplication(json.get("de")));
        options.childFailurePolicy(policy(json));
        return options.build();
    }

    private static Backoff readBackoff(JsonNode json) {
        if (json.isNumber()) return Backoff.fixed(Duration.ofMillis(json.asLong()));
        Duration cap = json.has("cap") ? Duration.ofMillis(json.get("cap").asLong()) : null;
        return new Backoff(
                json.path("type").asString("fixed"),
                Duration.ofMillis(json.path("delay").asLong(0)),
                cap,
                json.path("jitter").asDouble(0));
    }

    private static Retention readRetention(JsonNode json) {
        if (json.isBoolean()) return json.asBoolean() ? Retention.none() : Retention.all();
        if (json.isNumber()) return new Retention(Math.max(Retention.UNBOUNDED, json.asLong()), null, 1_000);
        Duration age =
                json.has("age") ? Duration.ofMillis(Math.round(json.get("age").asDouble() * 1_000)) : null;
        return new Retention(
                json.path("count").asLong(Retention.UNBOUNDED),
                age,
                json.path("limit").asInt(1_000));
    }

    private static Deduplication readDeduplication(JsonNode json) {
        long ttl = json.path("ttl").asLong(0);
        return new Deduplication(
                json.path("id").asString(),
                ttl > 0 ? Duration.ofMillis(ttl) : null,
                ttl > 0 && json.path("extend").asBoolean(false),
                json.path("replace").asBoolean(false),
                json.path("keepLastIfActive").asBoolean(false));
    }

    /** What another library stored and this one does not know; null when there is nothing. */
    static @Nullable ObjectNode foreign(ObjectNode json) {
        ObjectNode foreign = json.deepCopy();
        foreign.remove(KNOWN);
        return foreign.isEmpty() ? null : foreign;
    }
}
