package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.QueueDriver.MAIN;
import static dev.aurochs.tck.WorkerDraft.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.tck.JobDraft;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Parents and children. */
public abstract class FlowSpec {
    @Rule("F1")
    @DisplayName("F1: a tree over several queues is added whole")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void addedWhole(QueueDriver q) {
        List<Added> answers = q.offer(job("root")
                .children(
                        job("left").in("l").children(job("leaf").in("ll")),
                        job("right").in("r")));
        assertThat(answers).hasSize(4).allMatch(Added.Stored.class::isInstance);
        q.expectState("root", JobState.WAITING_CHILDREN);
        q.expectState("left", JobState.WAITING_CHILDREN);
        q.expectState("leaf", JobState.WAITING);
        q.expectState("right", JobState.WAITING);
    }

    @Rule("F1")
    @DisplayName("F1: a tree under a parent that is not there is not added at all")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void notAddedAtAll(QueueDriver q) {
        JobRef nobody = JobRef.of(QueueDriver.MAIN, "nobody");
        JobDraft tree = job("root").childOf(nobody).children(job("a"), job("b").in("other"));
        List<Added> answers = q.offer(tree);
        assertThat(answers.get(0)).isEqualTo(new Added.NoSuchParent(nobody));
        assertThat(answers.subList(1, 3)).containsOnly(new Added.NotStored());
        q.expectNothing();
        q.on("other").expectNothing();
    }

    @Rule("F2")
    @DisplayName("F2: a parent is claimable when all its children have completed, not before")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void waitsForAll(QueueDriver q) {
        q.add(job("parent").children(job("a"), job("b"), job("c")));
        q.expectRuns("a", "b");
        q.expectState("parent", JobState.WAITING_CHILDREN);
        Run last = q.expectClaim("c");
        q.attach(worker()).expectNothing();
        last.complete();
        q.expectState("parent", JobState.WAITING);
        q.expectRuns("parent");
        q.expectNothing();
    }

    @Rule("F2")
    @DisplayName("F2: a child that is retried is still waited for")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void retriedChild(QueueDriver q) {
        q.add(job("parent").children(job("child").attempts(3)));
        q.expectClaim("child").retry(10, "x");
        q.expectNothing();
        q.advance(10);
        q.expectRuns("child", "parent");
    }

    @Rule("F2")
    @DisplayName("F2: a delayed child is waited for")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void delayedChild(QueueDriver q) {
        q.add(job("parent").children(job("child").delayedBy(10)));
        q.expectNothing();
        q.advance(10);
        q.expectRuns("child", "parent");
    }

    @Rule("F11")
    @DisplayName("F11: a parent reads its children's results, by queue and id")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void childrensResults(QueueDriver q) {
        q.add(job("parent").children(job("a"), job("b").in("other")));
        q.expectClaim("a").complete("{\"size\":1}");
        q.on("other").expect("b").complete("null");
        Map<String, Child> children = q.expectClaim("parent").children();
        assertThat(children).containsOnlyKeys("a", "b");
        assertThat(children.get("a"))
                .isEqualTo(new Child(q.ref("a"), Child.Status.COMPLETED, new Json("{\"size\":1}"), null));
        assertThat(children.get("b")).isEqualTo(new Child(q.ref("b"), Child.Status.COMPLETED, Json.NULL, null));
    }

    @Rule("F11")
    @DisplayName("F11: a job without children has none to read")
    @Test
    void noChildren(QueueDriver q) {
        q.fill("a");
        assertThat(q.expectClaim("a").children()).isEmpty();
    }

    @Rule("F11")
    @DisplayName("F11: a parent of 300 children reads each of them once")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void parentOfManyChildren(QueueDriver q) {
        JobDraft[] children = IntStream.range(0, 300)
                .mapToObj(i -> job("child" + i).in("other"))
                .toArray(JobDraft[]::new);
        q.add(job("parent").children(children));
        for (JobDraft ignored : children) q.on("other").next().orElseThrow().complete();
        Run parent = q.expectClaim("parent");
        assertThat(parent.children()).hasSize(300);
        assertThat(parent.children().values()).allMatch(child -> child.status() == Child.Status.COMPLETED);
    }

    @Rule("F12")
    @DisplayName("F12: a tree five levels deep over five queues runs from its leaves up")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void deep(QueueDriver q) {
        q.add(job("1").children(job("2").in("b")
                .children(job("3").in("c").children(job("4").in("d").children(job("5").in("e"))))));
        q.expectNothing();
        q.on("d").expectNothing();
        q.on("e").expectRuns("5");
        q.on("c").expectNothing();
        q.on("d").expectRuns("4");
        q.on("c").expectRuns("3");
        q.on("b").expectRuns("2");
        q.expectRuns("1");
    }

    @Rule("F10")
    @DisplayName("F10: a parent's delay begins at its release")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void delayFromRelease(QueueDriver q) {
        q.add(job("parent").delayedBy(10).children(job("child")));
        q.advance(11);
        Instant due = q.now().plus(q.time().units(10));
        q.expectRuns("child");
        q.expectState("parent", JobState.DELAYED);
        q.expectNothing();
        q.advance(5);
        q.expectNothing();
        q.on(MAIN).expectFrom(due, "parent").complete();
    }

    @Rule("F3")
    @DisplayName("F3: a parent cannot complete while children are pending")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void childrenPending(QueueDriver q) {
        q.add(job("parent").children(job("a").onFailure(ChildFailurePolicy.CONTINUE_PARENT), job("b").in("other")));
        q.expectClaim("a").fail("x");
        Run parent = q.expectClaim("parent");
        q.expectNoChange(
                () -> assertThat(parent.settle(parent.completed("1"))).isEqualTo(new Settled.ChildrenPending()));
        q.on("other").expectRuns("b");
        parent.complete();
    }

    @Rule("F3")
    @DisplayName("F3: a parent may fail while children are pending; they go on")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void failsWithPendingChildren(QueueDriver q) {
        q.add(job("parent").children(job("a").onFailure(ChildFailurePolicy.CONTINUE_PARENT), job("b").in("other")));
        q.expectClaim("a").fail("x");
        q.expectClaim("parent").fail("had enough");
        q.on("other").expectRuns("b");
        q.expectNothing();
        q.expectState("parent", JobState.FAILED);
    }

    @Rule("F19")
    @DisplayName("F19: a child added from outside to a parent that waits is waited for")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void addedFromOutside(QueueDriver q) {
        JobRef parent = q.add(job("parent").children(job("a")));
        q.add(job("b").in("other").childOf(parent));
        q.expectRuns("a");
        q.expectNothing();
        q.on("other").expect("b").complete("2");
        Run run = q.expectClaim("parent");
        assertThat(run.children()).containsOnlyKeys("a", "b");
        run.complete();
    }

    @Rule("F15")
    @DisplayName("F15: a child of a finished parent is refused")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void finishedParent(QueueDriver q) {
        JobRef parent = q.add(job("parent"));
        q.expectRuns("parent");
        q.expectNoChange(
                () -> assertThat(q.offer(job("late").childOf(parent))).containsExactly(new Added.NoSuchParent(parent)));
        q.expectNothing();
    }

    @Rule("F20")
    @DisplayName("F20: removing a pending child ends the waiting for it")
    @Requires({Capability.CHANGE_WAITING, Capability.ATOMIC_GROUPS})
    @Test
    void removedChild(QueueDriver q) {
        q.add(job("parent").children(job("a").in("other"), job("b").in("other")));
        q.remove("a");
        q.expectNothing();
        q.on("other").expectRuns("b");
        Run parent = q.expectClaim("parent");
        assertThat(parent.children()).containsOnlyKeys("b");
        parent.complete();
    }

    @Rule("F20")
    @DisplayName("F20: removing the last pending child releases the parent")
    @Requires({Capability.CHANGE_WAITING, Capability.ATOMIC_GROUPS})
    @Test
    void removedLastChild(QueueDriver q) {
        q.add(job("parent").children(job("child").in("other")));
        q.remove("child");
        q.expectState("parent", JobState.WAITING);
        q.expectRuns("parent");
    }

    @Rule("F21")
    @DisplayName("F21: a result stays readable when the child itself is dropped")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void droppedChild(QueueDriver q) {
        q.add(job("parent").children(job("child").keepCompleted(Retention.none())));
        q.expectClaim("child").complete("42");
        q.expectDropped("child");
        Run parent = q.expectClaim("parent");
        assertThat(parent.children().get("child").result()).isEqualTo(new Json("42"));
        parent.complete();
    }
}
