package dev.aurochs.rabbitmq.message;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happened, as JSON: an object with {@code event}, {@code queue}, {@code at} (milliseconds), {@code job} and what
 * belongs to it. One object per step: where a new job went, and that a failed one had no attempt left, is told along. A
 * message is an array of such objects, of one queue and kind.
 */
public record EventMessage(QueueName queue, String event, byte[] json) {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String ADDED = "added";
    private static final String WAITING = "waiting";
    private static final String WAITING_CHILDREN = "waiting-children";
    private static final String DELAYED = "delayed";
    private static final String ACTIVE = "active";
    private static final String PROGRESS = "progress";
    private static final String COMPLETED = "completed";
    private static final String FAILED = "failed";
    private static final String STALLED = "stalled";
    private static final String LOG = "log";
    private static final String PAUSED = "paused";
    private static final String RESUMED = "resumed";

    /** @param dueAt when it falls due, or null when it waits */
    public static EventMessage added(JobRef job, Instant at, String name, @Nullable Instant dueAt) {
        ObjectNode json = about(ADDED, job, at).put("name", name);
        if (dueAt != null) json.put("due", dueAt.toEpochMilli());
        return of(job.queue(), ADDED, json);
    }

    /** A new parent, which waits for its children. */
    public static EventMessage addedParent(JobRef job, Instant at, String name) {
        ObjectNode json = about(ADDED, job, at).put("name", name).put("awaits", true);
        return of(job.queue(), ADDED, json);
    }

    /** It has run, and waits for children. */
    public static EventMessage waitingChildren(JobRef job, Instant at) {
        return of(
                job.queue(), WAITING_CHILDREN, about(WAITING_CHILDREN, job, at).put("from", JobState.ACTIVE.label()));
    }

    public static EventMessage waiting(JobRef job, Instant at, JobState from) {
        return of(job.queue(), WAITING, about(WAITING, job, at).put("from", from.label()));
    }

    public static EventMessage delayed(JobRef job, Instant at, Instant dueAt) {
        return of(job.queue(), DELAYED, about(DELAYED, job, at).put("due", dueAt.toEpochMilli()));
    }

    public static EventMessage active(JobRef job, Instant at) {
        return of(job.queue(), ACTIVE, about(ACTIVE, job, at));
    }

    public static EventMessage progress(JobRef job, Instant at, Json progress) {
        return of(job.queue(), PROGRESS, about(PROGRESS, job, at).put("progress", progress.text()));
    }

    public static EventMessage completed(JobRef job, Instant at, Json result) {
        return of(job.queue(), COMPLETED, about(COMPLETED, job, at).put("result", result.text()));
    }

    /** @param attempts how many were made; told when none is left, else 0 */
    public static EventMessage failed(JobRef job, Instant at, String reason, int attempts) {
        ObjectNode json = about(FAILED, job, at).put("reason", reason);
        if (attempts > 0) json.put("attempts", attempts);
        return of(job.queue(), FAILED, json);
    }

    public static EventMessage stalled(JobRef job, Instant at) {
        return of(job.queue(), STALLED, about(STALLED, job, at));
    }

    /** Log lines are told to those who listen, and kept nowhere. */
    public static EventMessage log(JobRef job, Instant at, String line) {
        return of(job.queue(), LOG, about(LOG, job, at).put("line", line));
    }

    public static EventMessage paused(QueueName queue, boolean paused, Instant at) {
        String event = paused ? PAUSED : RESUMED;
        return of(queue, event, bare(event, queue, at));
    }

    private static EventMessage of(QueueName queue, String event, ObjectNode json) {
        return new EventMessage(queue, event, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode about(String event, JobRef job, Instant at) {
        return bare(event, job.queue(), at).put("job", job.id().value());
    }

    private static ObjectNode bare(String event, QueueName queue, Instant at) {
        return JSON.createObjectNode()
                .put("event", event)
                .put("queue", queue.value())
                .put("at", at.toEpochMilli());
    }

    /** True when both may be told in one message. */
    public boolean isLike(EventMessage other) {
        return event.equals(other.event) && queue.equals(other.queue);
    }

    /** The message that tells of them, which are all alike. */
    public static byte[] body(List<EventMessage> events) {
        int length = 1;
        for (EventMessage event : events) length += event.json.length + 1;
        ByteBuffer body = ByteBuffer.allocate(length);
        byte separator = '[';
        for (EventMessage event : events) {
            body.put(separator).put(event.json);
            separator = ',';
        }
        return body.put((byte) ']').array();
    }

    /** The events that a message tells of; none for what is no event of ours. */
    public static List<QueueEvent> read(byte[] body) {
        List<QueueEvent> told = new ArrayList<>();
        try {
            JsonNode json = JSON.readTree(body);
            if (!json.isArray()) return readOne(json);
            for (JsonNode event : json) told.addAll(readOne(event));
            return told;
        } catch (JacksonException foreign) {
            return List.of();
        }
    }

    private static List<QueueEvent> readOne(JsonNode json) {
        try {
            return read(json);
        } catch (JacksonException | IllegalArgumentException | NullPointerException foreign) {
            return List.of();
        } catch (dev.aurochs.queue.job.QueueException noName) {
            return List.of();
        }
    }

    private static List<QueueEvent> read(JsonNode json) {
        QueueName queue = QueueName.of(json.path("queue").asString());
        Instant at = moment(json, "at");
        String event = json.path("event").asString();
        switch (event) {
            case PAUSED -> {
                return List.of(new QueueEvent.Paused(queue, at));
            }
            case RESUMED -> {
                return List.of(new QueueEvent.Resumed(queue, at));
            }
            case LOG -> {
                return List.of();
            }
            default -> {}
        }
        if (!json.has("job")) return List.of(unknown(queue, at, event, json));
        JobRef job = new JobRef(queue, JobId.of(json.get("job").asString()));
        return switch (event) {
            case ADDED -> List.of(new QueueEvent.Added(job, at, text(json, "name")), arrived(job, at, json));
            case WAITING -> List.of(new QueueEvent.Waiting(job, at, from(json)));
            case WAITING_CHILDREN -> List.of(new QueueEvent.WaitingChildren(job, at, from(json)));
            case DELAYED -> List.of(new QueueEvent.Delayed(job, at, moment(json, "due")));
            case ACTIVE -> List.of(new QueueEvent.Active(job, at));
            case PROGRESS -> List.of(new QueueEvent.Progress(job, at, new Json(text(json, "progress"))));
            case COMPLETED -> List.of(new QueueEvent.Completed(job, at, new Json(text(json, "result"))));
            case FAILED -> failed(job, at, json);
            case STALLED ->
                List.of(new QueueEvent.Waiting(job, at, Optional.of(JobState.ACTIVE)), new QueueEvent.Stalled(job, at));
            default -> List.of(unknown(queue, at, event, json));
        };
    }

    private static QueueEvent arrived(JobRef job, Instant at, JsonNode json) {
        if (json.path("awaits").asBoolean(false)) return new QueueEvent.WaitingChildren(job, at, Optional.empty());
        return json.has("due")
                ? new QueueEvent.Delayed(job, at, moment(json, "due"))
                : new QueueEvent.Waiting(job, at, Optional.empty());
    }

    private static List<QueueEvent> failed(JobRef job, Instant at, JsonNode json) {
        QueueEvent failed = new QueueEvent.Failed(job, at, text(json, "reason"));
        int attempts = json.path("attempts").asInt(0);
        return attempts == 0 ? List.of(failed) : List.of(failed, new QueueEvent.RetriesExhausted(job, at, attempts));
    }

    private static QueueEvent unknown(QueueName queue, Instant at, String event, JsonNode json) {
        Map<String, String> fields = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : json.properties())
            fields.put(field.getKey(), field.getValue().asString(""));
        return new QueueEvent.Unknown(queue, at, event, fields);
    }

    private static Optional<JobState> from(JsonNode json) {
        for (JobState state : JobState.values())
            if (state.label().equals(text(json, "from"))) return Optional.of(state);
        return Optional.empty();
    }

    private static Instant moment(JsonNode json, String field) {
        return Instant.ofEpochMilli(json.path(field).asLong(0));
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asString("");
    }
}
