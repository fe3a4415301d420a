package dev.aurochs.interop;

import static dev.aurochs.interop.Texts.json;

import dev.aurochs.queue.AddedFlow;
import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.testing.ManualWorker;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Java's hands on a queue, by the public API. */
final class JavaSide implements Side {
    private final Queues queues;
    private final Queue queue;

    JavaSide(Queues queues, String name) {
        this.queues = queues;
        this.queue = queues.queue(name);
    }

    @Override
    public String add(String name, String data, String options) {
        return queue.add(name, payload(data), options(options)).id().value();
    }

    @Override
    public String addFlow(String childData, String childOptions) {
        String name = queue.name().value();
        FlowNode child = FlowNode.of(name, "child", payload(childData)).withOptions(options(childOptions));
        return queues.flows()
                .add(FlowNode.of(name, "parent").withChildren(child))
                .children()
                .get(0)
                .job()
                .id()
                .value();
    }

    @Override
    public List<String> addFamily(String parentOptions, String firstOptions, String secondOptions) {
        FlowNode child = FlowNode.of(queue.name().value(), "child");
        FlowNode parent = FlowNode.of(queue.name().value(), "parent").withOptions(options(parentOptions));
        AddedFlow added = queues.flows()
                .add(parent.withChildren(
                        child.withOptions(options(firstOptions)), child.withOptions(options(secondOptions))));
        List<AddedFlow> below = added.children();
        return List.of(id(added), id(below.get(0)), id(below.get(1)));
    }

    private static String id(AddedFlow added) {
        return added.job().id().value();
    }

    @Override
    public void step() {
        try (ManualWorker worker = worker()) {
            worker.runNext();
        }
    }

    @Override
    public void stepAround(Runnable meanwhile) {
        try (ManualWorker worker = worker()) {
            ManualWorker.Held held = worker.hold().orElseThrow();
            meanwhile.run();
            held.run();
        }
    }

    private ManualWorker worker() {
        WorkerOptions keepAll =
                WorkerOptions.builder().keepCompleted(Retention.all()).build();
        return queues.worker(queue.name().value())
                .onAny(new Behaviour())
                .options(keepAll)
                .manual();
    }

    @Override
    public void removeTree(String id) {
        queue.removeTree(id);
    }

    @Override
    public void leaveParent(String parent, String child) {
        queue.leaveParent(child);
    }

    @Override
    public void removePendingChildren(String parent) {
        queue.removePendingChildren(parent);
    }

    static Json payload(String text) {
        return new Json(json(text).toString());
    }

    /** BullMQ's words for a job's options in Java's. */
    static JobOptions options(String text) {
        JsonNode given = json(text);
        JobOptions.Builder options = JobOptions.builder();
        if (given.has("jobId")) options.id(given.path("jobId").asString());
        if (given.has("delay"))
            options.delay(Duration.ofMillis(given.path("delay").asLong()));
        if (given.has("priority")) options.priority(given.path("priority").asInt());
        if (given.has("lifo")) options.lifo(given.path("lifo").asBoolean());
        if (given.has("attempts")) options.attempts(given.path("attempts").asInt());
        JsonNode backoff = given.path("backoff");
        if (backoff.isObject()) {
            Duration delay = Duration.ofMillis(backoff.path("delay").asLong());
            options.backoff(new Backoff(backoff.path("type").asString(), delay, null, 0));
        }
        if (given.has("removeOnComplete")) options.keepCompleted(retention(given.path("removeOnComplete")));
        if (given.has("removeOnFail")) options.keepFailed(retention(given.path("removeOnFail")));
        if (given.has("deduplication")) options.deduplication(deduplication(given.path("deduplication")));
        return options.childFailurePolicy(policy(given)).build();
    }

    private static Deduplication deduplication(JsonNode given) {
        return new Deduplication(
                given.path("id").asString(),
                given.has("ttl") ? Duration.ofMillis(given.path("ttl").asLong()) : null,
                given.path("extend").asBoolean(false),
                given.path("replace").asBoolean(false),
                given.path("keepLastIfActive").asBoolean(false));
    }

    private static Retention retention(JsonNode given) {
        return given.isNumber() ? Retention.newest(given.asLong()) : Retention.none();
    }

    private static ChildFailurePolicy policy(JsonNode given) {
        if (given.path("failParentOnFailure").asBoolean(false)) return ChildFailurePolicy.FAIL_PARENT;
        if (given.path("continueParentOnFailure").asBoolean(false)) return ChildFailurePolicy.CONTINUE_PARENT;
        if (given.path("ignoreDependencyOnFailure").asBoolean(false)) return ChildFailurePolicy.IGNORE;
        if (given.path("removeDependencyOnFailure").asBoolean(false)) return ChildFailurePolicy.REMOVE_DEPENDENCY;
        return ChildFailurePolicy.WAIT;
    }

    @Override
    public void promote(String id) {
        queue.promote(id);
    }

    @Override
    public void changeDelay(String id, long millis) {
        queue.reschedule(id, Duration.ofMillis(millis));
    }

    @Override
    public void changePriority(String id, int priority) {
        queue.reprioritise(id, priority);
    }

    @Override
    public void remove(String id) {
        queue.remove(id);
    }

    @Override
    public void retry(String id) {
        queue.retry(id);
    }

    @Override
    public void updateData(String id, String data) {
        queue.updatePayload(id, payload(data));
    }

    @Override
    public void addLog(String id, String line) {
        queue.appendLog(id, line);
    }

    @Override
    public void pause() {
        queue.pause();
    }

    @Override
    public void resume() {
        queue.resume();
    }

    @Override
    public void drain(boolean delayed) {
        queue.drain(delayed);
    }

    @Override
    public void clean(String state) {
        queue.clean(
                state.equals("wait") ? JobState.WAITING : JobState.valueOf(state.toUpperCase(Locale.ROOT)),
                Duration.ZERO,
                0);
    }

    @Override
    public void retryAllFailed() {
        queue.retryAllFailed();
    }

    @Override
    public void obliterate() {
        queue.obliterate(false);
    }

    @Override
    public void setConcurrency(int most) {
        queue.setConcurrency(most);
    }

    @Override
    public void release(String deduplicationId) {
        queue.releaseDeduplication(deduplicationId);
    }
}
