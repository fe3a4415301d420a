package dev.aurochs.interop;

import static dev.aurochs.interop.Texts.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.interop.check.ConsistencyChecker;
import dev.aurochs.interop.node.BullMq;
import dev.aurochs.queue.AddedFlow;
import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Trees added by one side, children run by the one and parents by the other. */
@ExtendWith(LabExtension.class)
class FlowsInteropTest {
    private static final String OK = "{c:1}";
    private static final String BAD = "{behave:{kind:'failTimes',times:1,message:'no luck'}}";

    /** A parent in one queue and its two children in another; the second child fails in its first run. */
    private record Family(NodeQueue parents, NodeQueue children, String parent, String ok, String bad) {
        String badKey() {
            return World.PREFIX + ":" + children.name() + ":" + bad;
        }

        String okKey() {
            return World.PREFIX + ":" + children.name() + ":" + ok;
        }

        JsonNode result() {
            return parents.await("completed", parent).path("returnvalue");
        }
    }

    /** Which side adds the tree, and which runs the children; the other one runs the parent. */
    enum Roles {
        NODE_ADDS_JAVA_RUNS(true, true),
        NODE_ADDS_NODE_RUNS(true, false),
        JAVA_ADDS_NODE_RUNS(false, false),
        JAVA_ADDS_JAVA_RUNS(false, true);

        private final boolean nodeAdds;
        private final boolean javaRunsChildren;

        Roles(boolean nodeAdds, boolean javaRunsChildren) {
            this.nodeAdds = nodeAdds;
            this.javaRunsChildren = javaRunsChildren;
        }
    }

    private static Family family(Lab lab, BullMq release, Roles roles, String policy) {
        NodeQueue parents = new NodeQueue(lab.node(release), lab.queue("parents")).listen();
        NodeQueue children = new NodeQueue(lab.node(release), lab.queue("children")).listen();
        String data = "{behave:{kind:'children'}}";
        if (roles.nodeAdds) {
            String child = "{name:'c',queueName:'" + children.name() + "',data:";
            JsonNode added = parents.peer()
                    .ask(
                            "addFlow",
                            "flow",
                            json("{name:'p',queueName:'" + parents.name() + "',data:" + data + ",children:[" + child
                                    + OK + "}," + child + BAD + ",opts:" + policy + "}]}"));
            JsonNode below = added.path("children");
            return new Family(parents, children, id(added), id(below.get(0)), id(below.get(1)));
        }
        FlowNode ok = FlowNode.of(children.name(), "c", JavaSide.payload(OK));
        FlowNode bad = FlowNode.of(children.name(), "c", JavaSide.payload(BAD)).withOptions(JavaSide.options(policy));
        AddedFlow added = lab.java()
                .flows()
                .add(FlowNode.of(parents.name(), "p", JavaSide.payload(data)).withChildren(ok, bad));
        return new Family(
                parents,
                children,
                id(added),
                id(added.children().get(0)),
                id(added.children().get(1)));
    }

    private static String id(JsonNode added) {
        return added.path("job").path("id").asString();
    }

    private static String id(AddedFlow added) {
        return added.job().id().value();
    }

    private static Family running(Lab lab, BullMq release, Roles roles, String policy) {
        Family family = family(lab, release, roles, policy);
        NodeQueue node = roles.javaRunsChildren ? family.parents() : family.children();
        NodeQueue java = roles.javaRunsChildren ? family.children() : family.parents();
        node.worker("w", "{concurrency:1}");
        lab.work(java.name(), options -> options);
        return family;
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("without policy the parent waits until the child is retried, by the side that did not run it")
    void waits(Roles roles, Lab lab) {
        Family family = running(lab, BullMq.NEWEST, roles, "{}");
        family.children().await("failed", family.bad());
        family.children().await("completed", family.ok());
        assertThat(family.parents().state(family.parent())).isEqualTo("waiting-children");
        if (roles.javaRunsChildren) family.children().job(family.bad(), "retry", "failed");
        else lab.java().queue(family.children().name()).retry(family.bad());
        assertThat(family.result().path("values"))
                .isEqualTo(json("{'" + family.okKey() + "':" + OK + ",'" + family.badKey() + "':1}"));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("fail-parent: the parent fails, and says which child it was")
    void failParent(Roles roles, Lab lab) {
        Family family = running(lab, BullMq.NEWEST, roles, "{failParentOnFailure:true}");
        String reason = family.parents()
                .await("failed", family.parent())
                .path("failedReason")
                .asString();
        // Node names the child by its key, Java by its queue and id and with its reason: whoever ran the child decides.
        assertThat(reason).startsWith("child ").contains(family.children().name() + ":" + family.bad() + " failed");
        JobRecord record =
                lab.java().queue(family.parents().name()).find(family.parent()).orElseThrow();
        assertThat(record.state()).isEqualTo(JobState.FAILED);
        lab.awaitFinished(family.children().name(), 2);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("continue-parent: the parent runs at once and reads the failure")
    void continueParent(Roles roles, Lab lab) {
        Family family = running(lab, BullMq.NEWEST, roles, "{continueParentOnFailure:true}");
        assertThat(family.result().path("ignored").path(family.badKey()).asString())
                .startsWith("n");
        lab.awaitFinished(family.children().name(), 2);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("ignore: the parent runs when all others are done and reads the failure")
    void ignore(Roles roles, Lab lab) {
        Family family = running(lab, BullMq.NEWEST, roles, "{ignoreDependencyOnFailure:true}");
        JsonNode result = family.result();
        assertThat(result.path("values")).isEqualTo(json("{'" + family.okKey() + "':" + OK + "}"));
        assertThat(result.path("ignored").path(family.badKey()).asString()).isNotEmpty();
        Map<String, Child.Status> seen = new TreeMap<>();
        for (Child child : lab.java()
                .queue(family.parents().name())
                .children(family.parent(), PageRequest.first(10))
                .items()) seen.put(child.job().id().value(), child.status());
        assertThat(seen)
                .containsEntry(family.ok(), Child.Status.COMPLETED)
                .containsEntry(family.bad(), Child.Status.IGNORED);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("remove-dependency: the parent runs when all others are done and knows nothing of the child")
    void removeDependency(Roles roles, Lab lab) {
        Family family = running(lab, BullMq.NEWEST, roles, "{removeDependencyOnFailure:true}");
        JsonNode result = family.result();
        assertThat(result.path("values")).isEqualTo(json("{'" + family.okKey() + "':" + OK + "}"));
        assertThat(result.path("ignored")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"{}", "{failParentOnFailure:true}", "{ignoreDependencyOnFailure:true}"})
    @DisplayName("the oldest release sees the same")
    void oldest(String policy, Lab lab) {
        Family family = running(lab, BullMq.OLDEST, Roles.NODE_ADDS_JAVA_RUNS, policy);
        family.children().await("failed", family.bad());
        if (policy.equals("{}")) family.children().job(family.bad(), "retry", "failed");
        if (policy.startsWith("{fail")) family.parents().await("failed", family.parent());
        else assertThat(family.result().path("values").path(family.okKey())).isEqualTo(json(OK));
        lab.awaitFinished(family.children().name(), 2);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a tree of three levels over three queues, with Node and Java workers on each")
    void deep(BullMq release, Lab lab) {
        String[] names = {lab.queue("top"), lab.queue("middle"), lab.queue("leaf")};
        NodeQueue top = new NodeQueue(lab.node(release), names[0]).listen();
        StringBuilder middles = new StringBuilder();
        for (int m = 0; m < 3; m++) {
            StringBuilder leaves = new StringBuilder();
            for (int l = 0; l < 4; l++)
                leaves.append("{name:'leaf',queueName:'")
                        .append(names[2])
                        .append("',data:{l:")
                        .append(l)
                        .append("}},");
            middles.append("{name:'m',queueName:'")
                    .append(names[1])
                    .append("',data:{behave:{kind:'children'}},children:[")
                    .append(leaves.substring(0, leaves.length() - 1))
                    .append("]},");
        }
        JsonNode added = top.peer()
                .ask(
                        "addFlow",
                        "flow",
                        json("{name:'t',queueName:'" + names[0] + "',data:{behave:{kind:'children'}},children:["
                                + middles.substring(0, middles.length() - 1) + "]}"));
        for (String name : names) {
            new NodeQueue(top.peer(), name).worker("w-" + name, "{concurrency:2}");
            lab.work(name, options -> options.concurrency(2));
        }
        JsonNode result = top.await("completed", id(added)).path("returnvalue");
        assertThat(result.path("processed").asInt()).isEqualTo(3);
        assertThat(result.path("unprocessed").asInt()).isZero();
        for (JsonNode middle : result.path("values"))
            assertThat(middle.path("values")).hasSize(4);
    }

    @Test
    @DisplayName("Node draws the tree that Java added")
    void drawn(Lab lab) {
        Family family = family(lab, BullMq.NEWEST, Roles.JAVA_ADDS_NODE_RUNS, "{failParentOnFailure:true}");
        JsonNode tree =
                family.parents().peer().ask("getFlow", "queue", family.parents().name(), "jobId", family.parent());
        assertThat(tree.path("job").path("id").asString()).isEqualTo(family.parent());
        assertThat(tree.path("children")).hasSize(2);
        for (JsonNode child : tree.path("children"))
            assertThat(child.path("job").path("parent").path("id").asString()).isEqualTo(family.parent());
        JsonNode options = family.children().look(family.bad()).path("opts");
        assertThat(options.path("failParentOnFailure").asBoolean()).isTrue();
        lab.checker().checkWithoutWorkers(family.parents().name());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a child under another prefix, run by Java there, releases its parent here")
    void prefixes(BullMq release, Lab lab) {
        NodeQueue parents = new NodeQueue(lab.node(release), lab.queue("here")).listen();
        String away = "there-" + parents.name();
        JsonNode added = parents.peer()
                .ask(
                        "addFlow",
                        "flow",
                        json("{name:'p',queueName:'" + parents.name()
                                + "',data:{behave:{kind:'children'}},children:[{name:'c',queueName:'" + away
                                + "',prefix:'other',data:{c:1}}]}"));
        Queues other = lab.keep(Queues.open(lab.redisAddress() + "/0?prefix=other"));
        other.worker(away).onAny(new Behaviour()).start();
        lab.work(parents.name(), options -> options);
        parents.await("completed", id(added));
        // Java's view of the children has no word for another prefix and leaves them out; Node's has.
        assertThat(parents.job(id(added), "getChildrenValues").toString()).contains("other:" + away, "{\"c\":1}");
        new ConsistencyChecker(lab.redis(), "other").check(away);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a Node processor adds children that Java runs")
    void nodeGrows(BullMq release, Lab lab) {
        NodeQueue parents = new NodeQueue(lab.node(release), lab.queue("grow")).listen();
        String children = lab.queue("grown");
        lab.work(children, options -> options);
        parents.worker("w", "{}");
        String child = "{queue:'" + children + "',name:'c',data:{c:1}}";
        String id = parents.add("n", "{behave:{kind:'grow',children:[" + child + "," + child + "]}}");
        JsonNode result = parents.await("completed", id).path("returnvalue");
        assertThat(result.path("values"))
                .hasSize(2)
                .allSatisfy(value -> assertThat(value).isEqualTo(json("{c:1}")));
        assertThat(parents.look(id).path("attemptsMade").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a Java handler adds children that Node runs")
    void javaGrows(BullMq release, Lab lab) {
        NodeQueue parents = new NodeQueue(lab.node(release), lab.queue("grow")).listen();
        NodeQueue children = new NodeQueue(lab.node(release), lab.queue("grown"));
        lab.java()
                .worker(parents.name())
                .onAny((payload, job) -> {
                    if (!job.children().isEmpty()) return job.childResults().size();
                    FlowNode child = FlowNode.of(children.name(), "c", JavaSide.payload("{c:1}"));
                    job.addChildren(List.of(child, child));
                    return RunResult.waitForChildren();
                })
                .options(WorkerOptions.defaults())
                .start();
        String id = parents.add("n", "{}");
        assertThat(parents.await("waiting-children", id).path("prev").asString())
                .isEqualTo("active");
        children.worker("w", "{}");
        assertThat(parents.await("completed", id).path("returnvalue").asInt()).isEqualTo(2);
        assertThat(parents.look(id).path("attemptsStarted").asInt()).isEqualTo(2);
    }
}
