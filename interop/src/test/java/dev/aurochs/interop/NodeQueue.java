package dev.aurochs.interop;

import static dev.aurochs.interop.Texts.json;

import dev.aurochs.interop.node.NodePeer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** A queue as a Node peer sees it. JSON may be written as <code>{a:'b'}</code>. */
record NodeQueue(NodePeer peer, String name) {
    /** Answers the job's id. */
    String add(String job, String data, String options) {
        return peer.ask("add", "queue", name, "name", job, "data", json(data), "opts", json(options))
                .path("id")
                .asString();
    }

    String add(String job, String data) {
        return add(job, data, "{}");
    }

    /** Calls a method of Node's Queue. */
    JsonNode call(String method, Object... arguments) {
        return peer.ask("queue", "queue", name, "method", method, "args", List.of(arguments));
    }

    /** Calls a method of a Node Job. */
    JsonNode job(String id, String method, Object... arguments) {
        return peer.ask("job", "queue", name, "jobId", id, "method", method, "args", List.of(arguments));
    }

    /** A job as Node reads it; null when there is none. */
    JsonNode look(String id) {
        return peer.ask("look", "queue", name, "jobId", id);
    }

    String state(String id) {
        return call("getJobState", id).asString();
    }

    /** Starts a worker that does with each job what its payload says; ended by its name. */
    NodeQueue worker(String worker, String options) {
        return worker(worker, "{kind:'byData'}", options);
    }

    NodeQueue worker(String worker, String behaviour, String options) {
        peer.ask("startWorker", "name", worker, "queue", name, "behaviour", json(behaviour), "opts", json(options));
        return this;
    }

    /** Begins to gather events; what happens after this is seen. */
    NodeQueue listen() {
        peer.ask("listen", "queue", name);
        return this;
    }

    /** Waits for so many events of a kind and answers them. */
    JsonNode await(String event, int count) {
        return peer.ask("awaitEvents", "queue", name, "event", event, "count", count);
    }

    /** Waits for the event of a kind about a job. */
    JsonNode await(String event, String jobId) {
        return peer.ask("awaitEvents", "queue", name, "event", event, "jobId", jobId)
                .get(0);
    }

    /** As {@link #await(String, int)}, without waiting now. */
    CompletableFuture<JsonNode> awaiting(String event, int count) {
        return peer.send("awaitEvents", "queue", name, "event", event, "count", count);
    }

    /** Takes the next job, runs it and stores its end; null when there is none. */
    JsonNode step() {
        return peer.ask("step", "queue", name, "behaviour", json("{kind:'byData'}"));
    }
}
