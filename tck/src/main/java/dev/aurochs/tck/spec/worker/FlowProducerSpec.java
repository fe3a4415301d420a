package dev.aurochs.tck.spec.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.AddedFlow;
import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.FlowProducer;
import dev.aurochs.queue.Job;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.job.WrongStateException;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.spec.worker.Workshop.Mail;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Flows as users write them: added by FlowProducer, run by workers. */
@Requires(Capability.ATOMIC_GROUPS)
public abstract class FlowProducerSpec {
    @Rule({"F1", "F2", "F11", "F12"})
    @DisplayName(
            "F1: a tree over two queues runs from the leaves up; each parent reads its children's results in a type")
    @Test
    void tree(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            AddedFlow flow = shop.queues()
                    .flows()
                    .add(FlowNode.of(Workshop.MAIN, "root")
                            .withChildren(
                                    FlowNode.of(Workshop.OTHER, "middle")
                                            .withChildren(
                                                    FlowNode.of(Workshop.MAIN, "leaf", new Mail("a", 1)),
                                                    FlowNode.of(Workshop.OTHER, "leaf", new Mail("b", 2))),
                                    FlowNode.of(Workshop.MAIN, "leaf", new Mail("c", 4))));
            for (String queue : List.of(Workshop.MAIN, Workshop.OTHER)) {
                shop.queues()
                        .worker(queue)
                        .on("leaf", Mail.class, (mail, job) -> mail)
                        .on("middle", Json.class, (payload, job) -> new Mail("m", sum(job.childResults(Mail.class))))
                        .on("root", Json.class, (payload, job) -> sum(job.childResults(Mail.class)))
                        .start();
            }
            assertThat(shop.result(flow.job())).hasToString("7");
            assertThat(flow.children()).hasSize(2);
            Job middle = flow.children().get(0).job();
            assertThat(middle.ref().queue().value()).isEqualTo(Workshop.OTHER);
            assertThat(middle.isNew()).isTrue();
            assertThat(flow.children().get(0).children()).hasSize(2);
            shop.look(flow.job(), record -> assertThat(record.runs()).isEqualTo(new Runs(1, 1, 0)));
        }
    }

    private static int sum(Map<?, Mail> results) {
        return results.values().stream().mapToInt(Mail::size).sum();
    }

    @Rule("F6")
    @DisplayName("F6: fail parent: the parent fails with the child's reason, without running, and so on upwards")
    @Test
    void failParent(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            AddedFlow flow = shop.queues()
                    .flows()
                    .add(FlowNode.of(Workshop.MAIN, "root")
                            .withChildren(child("middle", ChildFailurePolicy.FAIL_PARENT)
                                    .withChildren(child("bad", ChildFailurePolicy.FAIL_PARENT))));
            working(shop);
            assertThat(shop.reason(flow.job())).contains("child main:", "failed", "bad luck");
            assertThat(shop.reason(flow.children().get(0).job())).contains("bad luck");
        }
    }

    @Rule("F7")
    @DisplayName("F7: continue parent: the parent runs at once, reads the failure, and may wait for the others")
    @Test
    void continueParent(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Gate gate = new Gate();
            AddedFlow flow = shop.queues()
                    .flows()
                    .add(FlowNode.of(Workshop.MAIN, "root")
                            .withChildren(
                                    FlowNode.of(Workshop.OTHER, "slow"),
                                    child("bad", ChildFailurePolicy.CONTINUE_PARENT)));
            AtomicInteger runs = new AtomicInteger();
            shop.queues()
                    .worker(Workshop.OTHER)
                    .onAny((payload, job) -> {
                        gate.pass(job.name());
                        return "slow but sure";
                    })
                    .start();
            shop.worker()
                    .on("bad", Json.class, (payload, job) -> RunResult.fail("bad luck"))
                    .on("root", Json.class, (payload, job) -> {
                        runs.incrementAndGet();
                        boolean pending =
                                job.children().stream().anyMatch(child -> child.status() == Child.Status.PENDING);
                        gate.open();
                        return pending
                                ? RunResult.waitForChildren()
                                : job.childFailures().values() + " "
                                        + job.childResults().values();
                    })
                    .start();
            assertThat(shop.result(flow.job())).hasToString("\"[bad luck] [\\\"slow but sure\\\"]\"");
            assertThat(runs).hasValue(2);
            shop.look(flow.job(), record -> assertThat(record.runs()).isEqualTo(new Runs(1, 2, 0)));
        }
    }

    @Rule({"F8", "F9"})
    @DisplayName(
            "F8: ignore and remove: the parent runs when all are done; it reads an ignored failure, not a removed one")
    @Test
    void ignoreAndRemove(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            AddedFlow flow = shop.queues()
                    .flows()
                    .add(FlowNode.of(Workshop.MAIN, "root")
                            .withChildren(
                                    child("bad", ChildFailurePolicy.IGNORE),
                                    child("bad", ChildFailurePolicy.REMOVE_DEPENDENCY),
                                    FlowNode.of(Workshop.MAIN, "good")));
            working(shop);
            assertThat(shop.result(flow.job())).hasToString("\"1 results, failures [bad luck]\"");
        }
    }

    @Rule("F5")
    @Requires({Capability.ATOMIC_GROUPS, Capability.RETRY_FAILED})
    @DisplayName("F5: wait: the parent waits on; when the child is retried by hand and completes, it runs")
    @Test
    void waitForRetry(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            AddedFlow flow = shop.queues()
                    .flows()
                    .add(FlowNode.of(Workshop.MAIN, "root").withChildren(FlowNode.of(Workshop.OTHER, "flaky")));
            Job child = flow.children().get(0).job();
            Worker failing = shop.queues()
                    .worker(Workshop.OTHER)
                    .onAny((payload, job) -> RunResult.fail("not today"))
                    .start();
            working(shop);
            assertThat(shop.reason(child)).isEqualTo("not today");
            failing.close();
            assertThat(shop.hasEnded(flow.job())).isFalse();
            child.retry();
            shop.queues()
                    .worker(Workshop.OTHER)
                    .onAny((payload, job) -> "today")
                    .start();
            assertThat(shop.result(flow.job())).hasToString("\"1 results, failures []\"");
        }
    }

    @Rule("F3")
    @DisplayName("F3: a handler that returns while children are pending has had a failed run that says so")
    @Test
    void returnsTooEarly(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Gate gate = new Gate();
            AddedFlow flow = shop.queues()
                    .flows()
                    .add(FlowNode.of(Workshop.MAIN, "root")
                            .withChildren(
                                    FlowNode.of(Workshop.OTHER, "slow"),
                                    child("bad", ChildFailurePolicy.CONTINUE_PARENT)));
            shop.queues()
                    .worker(Workshop.OTHER)
                    .onAny((payload, job) -> {
                        gate.pass(job.name());
                        return null;
                    })
                    .start();
            working(shop);
            assertThat(shop.reason(flow.job())).contains("children are pending", "waitForChildren()");
            gate.open();
            shop.result(flow.children().get(0).job());
        }
    }

    @Rule("F1")
    @DisplayName("F1: a refused node names its place, and nothing of the flow is stored")
    @Test
    void refusals(QueueDriver q) {
        q.need(Capability.ATOMIC_GROUPS);
        try (Workshop shop = Workshop.over(q)) {
            FlowNode good = FlowNode.of(Workshop.MAIN, "good");
            refused(shop, "flow.children[1].job name", good.withChildren(good, FlowNode.of(Workshop.MAIN, "")));
            FlowNode unwritable = FlowNode.of(Workshop.MAIN, "a", Workshop.unwritable());
            refused(shop, "flow.children[0].children[0].payload", good.withChildren(good.withChildren(unwritable)));
            FlowNode deep = good;
            for (int level = 0; level < 500; level++) deep = good.withChildren(deep);
            refused(shop, "flow" + ".children[0]".repeat(500), deep);
            if (shop.has(Capability.LOOKUP))
                assertThat(shop.queue().counts().states().values()).containsOnly(0L);
        }
    }

    @Rule({"A9", "F16"})
    @Requires({Capability.ATOMIC_GROUPS, Capability.UNIQUE_IDS})
    @DisplayName("A9: a flow with own ids may be added again; nothing more is stored")
    @Test
    void addedAgain(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            FlowNode tree = FlowNode.of(Workshop.MAIN, "root")
                    .withOptions(JobOptions.builder().id("the-root").build())
                    .withChildren(FlowNode.of(Workshop.MAIN, "good")
                            .withOptions(JobOptions.builder().id("the-leaf").build()));
            AddedFlow first = shop.queues().flows().add(tree);
            AddedFlow second = shop.queues().flows().add(tree);
            assertThat(first.job().isNew()).isTrue();
            assertThat(second.job().isNew()).isFalse();
            assertThat(second.children().get(0).job().isNew()).isFalse();
            AtomicInteger runs = new AtomicInteger();
            shop.worker().onAny((payload, job) -> runs.incrementAndGet()).start();
            assertThat(shop.result(first.job())).hasToString("2");
        }
    }

    @Rule({"F1", "A5"})
    @Requires({Capability.ATOMIC_GROUPS, Capability.UNIQUE_IDS})
    @DisplayName("F1: flows of one call are checked together and added each on its own")
    @Test
    void severalFlows(QueueDriver q) {
        q.need(Capability.ATOMIC_GROUPS);
        q.need(Capability.UNIQUE_IDS);
        try (Workshop shop = Workshop.over(q)) {
            FlowProducer flows = shop.queues().flows();
            FlowNode bad = FlowNode.of(Workshop.MAIN, "good").withChildren(FlowNode.of(Workshop.MAIN, ""));
            assertThatThrownBy(() -> flows.addAll(List.of(album("1"), bad)))
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            refusal -> assertThat(refusal.field()).isEqualTo("flows[1].children[0].job name"));
            if (shop.has(Capability.LOOKUP))
                assertThat(shop.queue().counts().states().values()).containsOnly(0L);

            List<AddedFlow> first = flows.addAll(List.of(album("1"), album("2")));
            assertThat(first)
                    .allMatch(flow -> flow.job().isNew())
                    .allMatch(flow -> flow.children().size() == 2);
            FlowNode stealing = FlowNode.of(Workshop.MAIN, "root")
                    .withChildren(FlowNode.of(Workshop.OTHER, "good").withOptions(own("picture-1")));
            assertThatThrownBy(() -> flows.addAll(List.of(stealing, album("3"))))
                    .isInstanceOf(WrongStateException.class)
                    .hasMessageContaining("picture-1")
                    .hasMessageContaining("main:album-1");
            AddedFlow third = flows.add(album("3"));
            assertThat(third.job().isNew()).as("added beside the refused one").isFalse();
            working(shop);
            shop.queues()
                    .worker(Workshop.OTHER)
                    .onAny((payload, job) -> job.name())
                    .start();
            for (AddedFlow flow : List.of(first.get(0), first.get(1), third))
                assertThat(shop.result(flow.job())).hasToString("\"2 results, failures []\"");
        }
    }

    @Rule("F1")
    @DisplayName("F1: a flow added without waiting answers when it is safe, or why it was refused")
    @Test
    void withoutWaiting(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            FlowProducer flows = shop.queues().flows();
            FlowNode tree = FlowNode.of(Workshop.MAIN, "root").withChildren(FlowNode.of(Workshop.MAIN, "good"));
            CompletableFuture<AddedFlow> added = flows.addAsync(tree).toCompletableFuture();
            assertThatThrownBy(() -> flows.addAsync(tree.withChildren(FlowNode.of(Workshop.MAIN, ""))))
                    .isInstanceOf(InvalidInputException.class);
            working(shop);
            AddedFlow flow = Workshop.get(added);
            assertThat(flow.children()).hasSize(1);
            assertThat(shop.result(flow.job())).hasToString("\"1 results, failures []\"");
        }
    }

    @Rule({"K19", "K20"})
    @Requires({Capability.ATOMIC_GROUPS, Capability.CHANGE_WAITING})
    @DisplayName("K19: a child leaves its parent, pending children are removed, and the parents run")
    @Test
    void cutLoose(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Queue children = shop.queues().queue(Workshop.OTHER);
            Workshop.expectNobody(() -> children.leaveParent("nobody"));
            Workshop.expectNobody(() -> children.removePendingChildren("nobody"));
            FlowNode family = FlowNode.of(Workshop.MAIN, "root")
                    .withChildren(FlowNode.of(Workshop.OTHER, "first"), FlowNode.of(Workshop.OTHER, "second"));
            List<AddedFlow> flows = shop.queues().flows().addAll(List.of(family, family));
            for (AddedFlow child : flows.get(0).children()) {
                String id = child.job().id().value();
                assertThat(children.leaveParent(id)).isTrue();
                assertThat(children.leaveParent(id)).as("a second time").isFalse();
            }
            shop.queue().removePendingChildren(flows.get(1).job().id().value());
            working(shop);
            for (AddedFlow flow : flows) assertThat(shop.result(flow.job())).hasToString("\"0 results, failures []\"");
            shop.queues()
                    .worker(Workshop.OTHER)
                    .onAny((payload, job) -> job.name())
                    .start();
            assertThat(shop.result(flows.get(0).children().get(0).job())).hasToString("\"first\"");
            String gone = flows.get(1).children().get(0).job().id().value();
            Workshop.expectNobody(() -> children.leaveParent(gone));
        }
    }

    private static FlowNode album(String number) {
        return FlowNode.of(Workshop.MAIN, "root")
                .withOptions(own("album-" + number))
                .withChildren(
                        FlowNode.of(Workshop.OTHER, "good").withOptions(own("picture-" + number)),
                        FlowNode.of(Workshop.MAIN, "good"));
    }

    private static JobOptions own(String id) {
        return JobOptions.builder().id(id).build();
    }

    private static void refused(Workshop shop, String field, FlowNode flow) {
        assertThatThrownBy(() -> shop.queues().flows().add(flow))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field));
    }

    private static FlowNode child(String name, ChildFailurePolicy policy) {
        return FlowNode.of(Workshop.MAIN, name)
                .withOptions(JobOptions.builder().childFailurePolicy(policy).build());
    }

    /** Fails what is called bad, completes the rest; a root tells of its children. */
    private static Worker working(Workshop shop) {
        return shop.worker()
                .on("bad", Json.class, (payload, job) -> RunResult.fail("bad luck"))
                .on(
                        "root",
                        Json.class,
                        (payload, job) -> job.childResults().size() + " results, failures "
                                + job.childFailures().values())
                .onAny((payload, job) -> job.name())
                .start();
    }
}
