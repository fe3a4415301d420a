package dev.aurochs.rabbitmq.message;

import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What follows a job's payload in the body: a JSON object with what may be longer than headers may be (they must fit
 * into
 * one frame), and nothing at all for a job that has not run yet.
 */
final class JobTail {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NONE = {};

    private JobTail() {}

    static byte[] write(JobRecord job) {
        JobStatus status = job.status();
        boolean bare = status.progress() == null
                && status.failedReason() == null
                && status.deferredFailure() == null
                && job.body().foreignOptions() == null
                && job.failures().isEmpty();
        if (bare) return NONE;
        ObjectNode tail = JSON.createObjectNode();
        if (status.progress() != null) tail.put("progress", status.progress().text());
        if (status.failedReason() != null) tail.put("reason", status.failedReason());
        if (status.deferredFailure() != null) tail.put("deferred", status.deferredFailure());
        Json family = job.body().foreignOptions();
        if (family != null) tail.set("family", JSON.readTree(family.text()));
        if (!job.failures().isEmpty()) {
            ArrayNode failures = tail.putArray("failures");
            for (Failure failure : job.failures()) failures.add(write(failure));
        }
        return tail.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode write(Failure failure) {
        ObjectNode json = JSON.createObjectNode();
        if (failure.type() != null) json.put("type", failure.type());
        json.put("message", failure.message());
        json.put("stack", failure.stack());
        if (failure.at() != null) json.put("at", failure.at().toString());
        return json;
    }

    static JobRecord read(byte[] body, int from, JobBody given, JobStatus status) {
        if (from == body.length) return new JobRecord(given, status, List.of());
        JsonNode tail = JSON.readTree(new String(body, from, body.length - from, StandardCharsets.UTF_8));
        List<Failure> failures = new ArrayList<>();
        for (JsonNode failure : tail.path("failures")) failures.add(readFailure(failure));
        String progress = text(tail, "progress");
        JobStatus whole = new JobStatus(
                status.state(),
                status.priority(),
                status.runs(),
                status.dueAt(),
                status.startedAt(),
                status.finishedAt(),
                status.worker(),
                progress == null ? null : new Json(progress),
                status.result(),
                text(tail, "reason"),
                text(tail, "deferred"),
                status.cancelReason());
        String family = tail.has("family") ? tail.get("family").toString() : null;
        return new JobRecord(family == null ? given : Family.on(given, new Json(family)), whole, failures);
    }

    private static Failure readFailure(JsonNode json) {
        String at = text(json, "at");
        return new Failure(
                text(json, "type"),
                json.path("message").asString(""),
                json.path("stack").asString(""),
                at == null ? null : Instant.parse(at));
    }

    private static @Nullable String text(JsonNode json, String field) {
        return json.has(field) ? json.get(field).asString() : null;
    }
}
