package dev.aurochs.redis.layout;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.ObjectMapper;

/** An entry of a queue's event stream. {@code at} is this library's own: the moment that the call brought. */
public final class EventEntry {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final QueueName queue;
    private final Instant at;
    private final Map<String, String> fields;

    private EventEntry(QueueName queue, String streamId, Map<String, String> fields) {
        this.queue = queue;
        this.fields = fields;
        String moment = fields.get("at");
        this.at = Instant.ofEpochMilli(
                moment == null ? Long.parseLong(streamId.substring(0, streamId.indexOf('-'))) : Long.parseLong(moment));
    }

    /** Never throws: what is not understood is an event of an unknown kind. */
    public static QueueEvent read(QueueName queue, String streamId, Map<String, String> fields) {
        try {
            return new EventEntry(queue, streamId, fields).event();
        } catch (RuntimeException foreign) {
            long millis = Long.parseLong(streamId.substring(0, streamId.indexOf('-')));
            return unknown(queue, Instant.ofEpochMilli(millis), fields);
        }
    }

    private static QueueEvent unknown(QueueName queue, Instant at, Map<String, String> fields) {
        Map<String, String> rest = new HashMap<>(fields);
        String name = rest.remove("event");
        return new QueueEvent.Unknown(queue, at, String.valueOf(name), rest);
    }

    private QueueEvent event() {
        return switch (fields.getOrDefault("event", "")) {
            case "added" -> new QueueEvent.Added(job(), at, text("name"));
            case "waiting" -> new QueueEvent.Waiting(job(), at, from());
            case "delayed" -> new QueueEvent.Delayed(job(), at, Instant.ofEpochMilli(Long.parseLong(text("delay"))));
            case "waiting-children" -> new QueueEvent.WaitingChildren(job(), at, from());
            case "active" -> new QueueEvent.Active(job(), at);
            case "progress" -> new QueueEvent.Progress(job(), at, json("data"));
            case "completed" -> new QueueEvent.Completed(job(), at, json("returnvalue"));
            case "failed" -> new QueueEvent.Failed(job(), at, text("failedReason"));
            case "retries-exhausted" ->
                new QueueEvent.RetriesExhausted(job(), at, Integer.parseInt(text("attemptsMade")));
            case "stalled" -> new QueueEvent.Stalled(job(), at);
            case "removed" -> new QueueEvent.Removed(job(), at, from().orElseThrow());
            case "duplicated" -> new QueueEvent.Duplicated(job(), at);
            case "deduplicated" ->
                new QueueEvent.Deduplicated(job(), at, text("deduplicationId"), JobId.of(text("deduplicatedJobId")));
            case "drained" -> new QueueEvent.Drained(queue, at);
            case "paused" -> new QueueEvent.Paused(queue, at);
            case "resumed" -> new QueueEvent.Resumed(queue, at);
            case "cleaned" -> new QueueEvent.Cleaned(queue, at, Long.parseLong(text("count")));
            default -> unknown(queue, at, fields);
        };
    }

    private String text(String field) {
        String text = fields.get(field);
        if (text == null) throw new IllegalArgumentException("the event lacks " + field);
        return text;
    }

    private Json json(String field) {
        String text = text(field);
        JSON.readTree(text);
        return new Json(text);
    }

    private JobRef job() {
        return new JobRef(queue, JobId.of(text("jobId")));
    }

    private Optional<JobState> from() {
        String state = fields.get("prev");
        return state == null ? Optional.empty() : Optional.of(States.read(state));
    }
}
