package dev.aurochs.rabbitmq.message;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a job's message says of its relatives. It goes with the job wherever the job goes, in the part of its record
 * that
 * nobody else touches, and is taken out before a worker sees it.
 *
 * @param expected how many results its parent's ledger has at least when all are in; 0 for a job that is nobody's child
 * @param open true while there is a ledger in which further results arrive
 * @param generation above that of the {@linkplain LedgerEntry.Root ledger} from which this message of it was released;
 *     what a ledger of an earlier generation says is over
 * @param children what is known of its children, by the order in which they were added
 */
public record Family(int expected, boolean open, int generation, List<Child> children) {
    public static final Family NONE = new Family(0, false, 0, List.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    public Family {
        children = List.copyOf(children);
    }

    public static Family of(JobRecord job) {
        Json text = job.body().foreignOptions();
        return text == null ? NONE : read(JSON.readTree(text.text()));
    }

    /** The job with this for its family. */
    public JobRecord on(JobRecord job) {
        return with(job, equals(NONE) ? null : new Json(write().toString()));
    }

    /** The job as a worker sees it. */
    public static JobRecord hidden(JobRecord job) {
        return job.body().foreignOptions() == null ? job : with(job, null);
    }

    private static JobRecord with(JobRecord job, @Nullable Json family) {
        return new JobRecord(on(job.body(), family), job.status(), job.failures());
    }

    static JobBody on(JobBody body, @Nullable Json family) {
        return new JobBody(
                body.ref(),
                body.name(),
                body.payload(),
                body.options(),
                body.createdAt(),
                body.parent(),
                body.schedule(),
                family);
    }

    /** How much it takes in a message. */
    public int byteLength() {
        return new Json(write().toString()).byteLength();
    }

    public Family withExpected(int expected) {
        return new Family(expected, open, generation, children);
    }

    public Family withOpen(boolean open) {
        return new Family(expected, open, generation, children);
    }

    public Family withGeneration(int generation) {
        return new Family(expected, open, generation, children);
    }

    public Family withChildren(List<Child> children) {
        return new Family(expected, open, generation, children);
    }

    /** The generation of the ledger that a run of this job opens: above that of every run before. */
    public static int generationOf(JobRecord job) {
        return of(job).generation() + job.runs().stalls();
    }

    private ObjectNode write() {
        ObjectNode json = JSON.createObjectNode();
        if (expected > 0) json.put("expected", expected);
        if (open) json.put("open", true);
        if (generation > 0) json.put("generation", generation);
        if (!children.isEmpty()) {
            ArrayNode all = json.putArray("children");
            for (Child child : children) all.add(write(child));
        }
        return json;
    }

    private static ObjectNode write(Child child) {
        ObjectNode json = Refs.write(child.job());
        json.put("status", child.status().name());
        if (child.result() != null) json.put("result", child.result().text());
        if (child.failure() != null) json.put("failure", child.failure());
        return json;
    }

    private static Family read(JsonNode json) {
        List<Child> children = new ArrayList<>();
        for (JsonNode child : json.path("children")) children.add(readChild(child));
        return new Family(
                json.path("expected").asInt(0),
                json.path("open").asBoolean(false),
                json.path("generation").asInt(0),
                children);
    }

    private static Child readChild(JsonNode json) {
        JobRef job = Refs.read(json);
        return new Child(
                job,
                Child.Status.valueOf(json.path("status").asString()),
                json.has("result") ? new Json(json.get("result").asString()) : null,
                json.has("failure") ? json.get("failure").asString() : null);
    }
}
