package dev.aurochs.interop;

import static dev.aurochs.interop.Texts.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.interop.node.BullMq;
import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Job;
import dev.aurochs.queue.NewJobSpec;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Recurrence;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever makes a job runnable wakes who waits on the other side. The Node workers would sleep for ten minutes if they
 * were not woken.
 */
@ExtendWith(LabExtension.class)
class WakesInteropTest {
    private static final String SLEEPY = "{drainDelay:600,stalledInterval:600000}";

    private static JobOptions after(long millis) {
        return JobOptions.builder().delay(Duration.ofMillis(millis)).build();
    }

    /** A Node worker that has run a job and sleeps since. */
    private static NodeQueue asleep(Lab lab, BullMq release, String role) {
        NodeQueue node =
                new NodeQueue(lab.node(release), lab.queue(role)).listen().worker("w", SLEEPY);
        node.await("completed", node.add("first", "{}"));
        lab.await("nobody awake", () -> !lab.redis().exists(lab.key(node.name(), "marker")));
        return node;
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("adds: plain, prioritized, in bulk, delayed, as a flow, by a schedule")
    void adds(BullMq release, Lab lab) {
        NodeQueue node = asleep(lab, release, "adds");
        Queue java = lab.java().queue(node.name());
        node.await("completed", java.add("plain").id().value());
        node.await(
                "completed",
                java.add(
                                "p",
                                JavaSide.payload("{}"),
                                JobOptions.builder().priority(4).build())
                        .id()
                        .value());
        node.await(
                "completed",
                java.add("late", JavaSide.payload("{}"), after(150)).id().value());
        java.addAll(List.of(NewJobSpec.of("a"), NewJobSpec.of("b")));
        node.await("completed", 6);
        lab.java().flows().add(FlowNode.of(node.name(), "parent").withChildren(FlowNode.of(node.name(), "child")));
        node.await("completed", 8);
        java.schedules().upsert("s", Recurrence.every(Duration.ofMillis(100)).limit(3), "tick");
        node.await("completed", 11);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("changes: promote, an earlier due time, retry, retry of all, resume")
    void changes(BullMq release, Lab lab) {
        NodeQueue node = asleep(lab, release, "changes");
        Queue java = lab.java().queue(node.name());
        Job late = java.add("late", JavaSide.payload("{}"), after(3_600_000));
        java.promote(late.id().value());
        node.await("completed", late.id().value());
        Job later = java.add("later", JavaSide.payload("{}"), after(3_600_000));
        java.reschedule(later.id().value(), Duration.ofMillis(100));
        node.await("completed", later.id().value());
        Job failing = java.add("f", JavaSide.payload("{behave:{kind:'failTimes',times:1}}"));
        node.await("failed", failing.id().value());
        java.retry(failing.id().value());
        node.await("completed", failing.id().value());
        Job lost = java.add("f", JavaSide.payload("{behave:{kind:'failTimes',times:1}}"));
        node.await("failed", lost.id().value());
        java.retryAllFailed();
        node.await("completed", lost.id().value());
        java.pause();
        Job paused = java.add("p");
        java.resume();
        node.await("completed", paused.id().value());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("parents whose last child ends on Java, is removed, or is cut loose by Java")
    void parents(BullMq release, Lab lab) {
        NodeQueue node = asleep(lab, release, "parents");
        NodeQueue children = new NodeQueue(node.peer(), lab.queue("children"));
        String flow = "{name:'p',queueName:'" + node.name() + "',data:{},children:[{name:'c',queueName:'"
                + children.name() + "',data:{}}]}";
        Queue java = lab.java().queue(children.name());
        for (int i = 0; i < 3; i++) {
            String child = node.peer()
                    .ask("addFlow", "flow", json(flow))
                    .path("children")
                    .get(0)
                    .path("job")
                    .path("id")
                    .asString();
            if (i == 0) new JavaSide(lab.java(), children.name()).step();
            else if (i == 1) java.remove(child);
            else assertThat(java.leaveParent(child)).isTrue();
            node.await("completed", 2 + i);
        }
        java.drain(true);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("what a Java worker gives back, and what waits while it is at its end")
    void givenBack(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("given-back")).listen();
        Behaviour held = new Behaviour();
        Worker worker =
                lab.work(node.name(), held, options -> options.concurrency(2).closeGrace(Duration.ZERO));
        for (int i = 0; i < 2; i++) node.add("n", "{behave:{kind:'hold'}}");
        node.await("active", 2);
        node.worker("w", "{kind:'echo'}", SLEEPY);
        worker.close();
        node.await("completed", 2);
        assertThat(lab.java().queue(node.name()).counts().of(JobState.COMPLETED))
                .hasValue(2);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("what was kept back while a Java worker ran the owner of a deduplication id")
    void keepLast(BullMq release, Lab lab) {
        NodeQueue node = asleep(lab, release, "keep-last");
        String last = "{deduplication:{id:'k',keepLastIfActive:true}}";
        node.call("pause");
        node.peer().ask("stopWorker", "name", "w");
        node.call("resume");
        Behaviour held = new Behaviour();
        Worker worker = lab.work(node.name(), held, options -> options);
        String owner = node.add("n", "{behave:{kind:'hold'}}", last);
        node.await("active", owner);
        node.worker("v", SLEEPY);
        node.add("n", "{v:1}", last);
        worker.stopClaiming();
        held.release();
        node.await("completed", 3);
    }

    @Test
    @DisplayName("a burst wakes all Node workers, one after the other")
    void burst(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("burst")).listen();
        for (int i = 0; i < 4; i++) node.worker("w" + i, "{kind:'hold'}", SLEEPY);
        node.peer().ask("ping");
        Queue java = lab.java().queue(node.name());
        for (int i = 0; i < 4; i++) java.add("n");
        node.await("active", 4);
        for (int i = 0; i < 4; i++) node.peer().ask("release", "name", "w" + i);
        node.await("completed", 4);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Node wakes Java: forty times one after the other, within what three naps would take")
    void javaWakes(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("java-wakes")).listen();
        lab.work(node.name(), options -> options);
        for (int i = 0; i < 40; i++)
            node.await(
                    "completed", node.add("n", "{}", i % 4 == 0 ? "{priority:2}" : i % 4 == 1 ? "{delay:30}" : "{}"));
        node.call("pause");
        String paused = node.add("n", "{}");
        node.call("resume");
        node.await("completed", paused);
        String late = node.add("n", "{}", "{delay:3600000}");
        node.job(late, "promote");
        node.await("completed", late);
    }
}
