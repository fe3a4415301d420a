package dev.aurochs.rabbitmq.message;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.job.QueueException;
import dev.aurochs.queue.job.Runs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A whole unit of jobs that stand or fall together, as one message: that it is one makes it atomic. */
public final class FlowMessage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PERSISTENT = 2;

    private FlowMessage() {}

    /**
     * One job of a unit.
     *
     * @param awaits true for a parent whose children are in the unit
     */
    public record Member(JobRecord job, boolean awaits) {
        public JobRef ref() {
            return job.ref();
        }

        /** Where its parent is, which may be another member. */
        public java.util.Optional<JobRef> parent() {
            return java.util.Optional.ofNullable(job.body().parent()).map(ParentLink::parent);
        }
    }

    public static byte[] write(List<Member> members) {
        ArrayNode all = JSON.createArrayNode();
        for (Member member : members) all.add(write(member));
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param id tells one unit from others
     * @param replyTo the queue that is to be told when all are in place
     */
    public static BasicProperties properties(String id, String replyTo) {
        return new BasicProperties.Builder()
                .messageId(id)
                .correlationId(id)
                .replyTo(replyTo)
                .contentType("application/json")
                .type("flow")
                .deliveryMode(PERSISTENT)
                .build();
    }

    private static ObjectNode write(Member member) {
        JobBody body = member.job().body();
        ObjectNode json = Refs.write(body.ref());
        json.put("name", body.name());
        json.put("payload", body.payload().text());
        json.put("at", body.createdAt().toEpochMilli());
        String options = OptionsJson.write(body.options());
        if (options != null) json.put("opts", options);
        if (body.parent() != null) json.set("parent", Refs.write(body.parent()));
        if (body.foreignOptions() != null)
            json.set("family", JSON.readTree(body.foreignOptions().text()));
        if (member.awaits()) json.put("awaits", true);
        Instant due = member.job().status().dueAt();
        if (due != null) json.put("due", due.toEpochMilli());
        return json;
    }

    public static List<Member> read(byte[] body) throws UnreadableException {
        try {
            List<Member> members = new ArrayList<>();
            for (JsonNode json : JSON.readTree(body)) members.add(readMember(json));
            return members;
        } catch (JacksonException | IllegalArgumentException | QueueException unreadable) {
            throw new UnreadableException(String.valueOf(unreadable.getMessage()));
        }
    }

    private static Member readMember(JsonNode json) {
        String options = json.has("opts") ? json.get("opts").asString() : null;
        JobBody body = new JobBody(
                Refs.read(json),
                json.path("name").asString(),
                new Json(json.path("payload").asString()),
                OptionsJson.read(options),
                Instant.ofEpochMilli(json.path("at").asLong()),
                json.has("parent") ? Refs.readLink(json.get("parent")) : null,
                null,
                json.has("family") ? new Json(json.get("family").toString()) : null);
        Instant due = json.has("due") ? Instant.ofEpochMilli(json.get("due").asLong()) : null;
        JobStatus status = new JobStatus(
                due == null ? JobState.WAITING : JobState.DELAYED,
                body.options().priority(),
                Runs.NONE,
                due,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return new Member(
                new JobRecord(body, status, List.of()), json.path("awaits").asBoolean(false));
    }
}
