package dev.aurochs.rabbitmq.message;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is in the ledger of a parent. */
public sealed interface LedgerEntry {
    /**
     * The parent itself, which is not claimable while it is here, or, when it is not parked, a note that it is
     * elsewhere and will look here again.
     *
     * @param generation grows each time that the parent, having run, is parked again, and with each run that opens its
     *     ledger
     */
    record Root(JobRecord parent, boolean parked, int generation) implements LedgerEntry {
        /** True when this one was written later: a note follows the release of a parked parent. */
        public boolean replaces(Root other) {
            return generation > other.generation || generation == other.generation && other.parked && !parked;
        }

        public boolean isSameAs(Root other) {
            return generation == other.generation && parked == other.parked;
        }
    }

    /** Children that were added later than their parent. */
    record Joined(List<JobRef> children) implements LedgerEntry {}

    /** How a child ended. */
    record Result(
            JobRef child,
            Verdict verdict,
            @Nullable Json result,
            @Nullable String failure) implements LedgerEntry {
        /** The child as its parent sees it. */
        public Child child(JobRef as) {
            return new Child(as, verdict.status(), result, failure);
        }
    }

    /** What a child's end means to its parent. */
    enum Verdict {
        COMPLETED(Child.Status.COMPLETED),
        IGNORED(Child.Status.IGNORED),
        /** Ignored, and the parent goes on at once. */
        CONTINUED(Child.Status.IGNORED),
        FAILED(Child.Status.FAILED),
        /** It counts as done and is not seen. */
        REMOVED(Child.Status.IGNORED);

        private final Child.Status status;

        Verdict(Child.Status status) {
            this.status = status;
        }

        public Child.Status status() {
            return status;
        }

        /** True when the parent is released whatever its other children do. */
        public boolean decides() {
            return this == CONTINUED || this == FAILED;
        }
    }

    String KIND = "aurochs-ledger";
    String GENERATION = "aurochs-generation";
    String PARKED = "parked";
    String RUNNING = "running";
    String JOINED = "joined";
    String RESULT = "result";

    /** No entry, and says nothing: whoever is handed it has the ledger, which may be empty, to himself. */
    BasicProperties TURN =
            new BasicProperties.Builder().headers(Map.of(KIND, "turn")).build();

    static boolean isTurn(BasicProperties message) {
        return message.getHeaders() != null
                && String.valueOf(message.getHeaders().get(KIND))
                        .equals(TURN.getHeaders().get(KIND));
    }

    /** As it goes over the wire. */
    static JobMessage.Encoded write(LedgerEntry entry) {
        if (entry instanceof Root root) return write(root);
        if (entry instanceof Joined joined) {
            ArrayNode all = Refs.JSON.createArrayNode();
            for (JobRef child : joined.children()) all.add(Refs.write(child));
            String id = joined.children().isEmpty()
                    ? JOINED
                    : joined.children().get(0).toString();
            return encoded(JOINED, id, all.toString());
        }
        Result result = (Result) entry;
        ObjectNode json =
                Refs.write(result.child()).put("verdict", result.verdict().name());
        if (result.result() != null) json.put("result", result.result().text());
        if (result.failure() != null) json.put("failure", result.failure());
        return encoded(RESULT, result.child().id().value(), json.toString());
    }

    private static JobMessage.Encoded write(Root root) {
        JobMessage.Encoded job = JobMessage.write(root.parent(), null);
        Map<String, Object> headers = new HashMap<>(job.properties().getHeaders());
        headers.put(KIND, root.parked() ? PARKED : RUNNING);
        headers.put(GENERATION, root.generation());
        return new JobMessage.Encoded(
                job.properties().builder().headers(headers).build(), job.body());
    }

    private static JobMessage.Encoded encoded(String kind, String id, String json) {
        BasicProperties properties = new BasicProperties.Builder()
                .messageId(id)
                .contentType("application/json")
                .deliveryMode(2)
                .headers(Map.of(KIND, kind))
                .build();
        return new JobMessage.Encoded(properties, json.getBytes(StandardCharsets.UTF_8));
    }

    static LedgerEntry read(JobRef parent, BasicProperties properties, byte[] body) throws UnreadableException {
        Map<String, Object> headers = properties.getHeaders() == null ? Map.of() : properties.getHeaders();
        String kind = String.valueOf(headers.get(KIND));
        try {
            switch (kind) {
                case PARKED, RUNNING -> {
                    JobRecord job = JobMessage.read(parent.queue(), properties, body, Instant.EPOCH);
                    int generation = (int) new Headers(headers).number(GENERATION, 0);
                    return new Root(job, kind.equals(PARKED), generation);
                }
                case JOINED -> {
                    List<JobRef> children = new ArrayList<>();
                    for (JsonNode child : Refs.JSON.readTree(body)) children.add(Refs.read(child));
                    return new Joined(children);
                }
                case RESULT -> {
                    return readResult(Refs.JSON.readTree(body));
                }
                default -> throw new UnreadableException("it is no entry of a ledger");
            }
        } catch (JacksonException | IllegalArgumentException | QueueException unreadable) {
            throw new UnreadableException(String.valueOf(unreadable.getMessage()));
        }
    }

    /** The same entry without what a child returned; other entries as they are. */
    static byte[] withoutResult(JobRef parent, BasicProperties properties, byte[] body) {
        try {
            LedgerEntry entry = read(parent, properties, body);
            boolean heavy = entry instanceof Result result && result.result() != null;
            if (!heavy) return body;
            Result result = (Result) entry;
            return write(new Result(result.child(), result.verdict(), Json.NULL, result.failure()))
                    .body();
        } catch (UnreadableException foreign) {
            return body;
        }
    }

    private static Result readResult(JsonNode json) {
        return new Result(
                Refs.read(json),
                Verdict.valueOf(json.path("verdict").asString()),
                json.has("result") ? new Json(json.get("result").asString()) : null,
                json.has("failure") ? json.get("failure").asString() : null);
    }
}
