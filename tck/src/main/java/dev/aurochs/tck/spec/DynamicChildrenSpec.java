package dev.aurochs.tck.spec;

import static dev.aurochs.queue.job.ChildFailurePolicy.CONTINUE_PARENT;
import static dev.aurochs.queue.job.ChildFailurePolicy.FAIL_PARENT;
import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.WorkerDraft.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Jobs that give themselves children while they run. */
@Requires(Capability.DYNAMIC_CHILDREN)
public abstract class DynamicChildrenSpec {
    @Rule("F13")
    @DisplayName("F13: a running job adds children, waits for them at no attempt and reads their results")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void addsAndWaits(QueueDriver q) {
        q.fill("parent");
        Run first = q.expectClaim("parent");
        q.add(job("a").childOf(first));
        q.add(job("b").in("other").childOf(first));
        first.awaitChildren();
        q.expectState("parent", JobState.WAITING_CHILDREN);
        q.expectRuns("a");
        q.expectNothing();
        q.on("other").expect("b").complete("2");
        Run second = q.expectClaim("parent");
        assertThat(second.record().runs()).isEqualTo(new Runs(0, 2, 0));
        assertThat(second.children().get("b").result()).hasToString("2");
        second.complete();
    }

    @Rule("F13")
    @DisplayName("F13: a child may complete before the parent begins to wait")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void childIsFaster(QueueDriver q) {
        q.fill("parent");
        Run parent = q.expectClaim("parent");
        q.add(job("a").in("other").childOf(parent));
        q.add(job("b").in("other").childOf(parent));
        q.on("other").expectRuns("a");
        parent.awaitChildren();
        q.expectNothing();
        q.on("other").expectRuns("b");
        Run again = q.expectClaim("parent");
        assertThat(again.children()).containsOnlyKeys("a", "b");
        again.complete();
    }

    @Rule({"F13", "F3"})
    @DisplayName("F13: a job cannot complete while children it added are pending")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void cannotComplete(QueueDriver q) {
        q.fill("parent");
        Run parent = q.expectClaim("parent");
        q.add(job("a").in("other").childOf(parent));
        assertThat(parent.settle(parent.completed("1"))).isEqualTo(new Settled.ChildrenPending());
        q.on("other").expectRuns("a");
        parent.complete();
    }

    @Rule("F13")
    @DisplayName("F13: children may be added in several rounds")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void rounds(QueueDriver q) {
        q.fill("parent");
        for (int round = 1; round <= 3; round++) {
            Run parent = q.expectClaim("parent");
            assertThat(parent.children()).hasSize(round - 1);
            q.add(job("child" + round).childOf(parent));
            parent.awaitChildren();
            q.expectRuns("child" + round);
        }
        q.expectRuns("parent");
    }

    @Rule("F13")
    @DisplayName("F13: a released parent waits again for the children that still go on")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void waitsAgain(QueueDriver q) {
        q.add(job("parent").children(job("a").onFailure(CONTINUE_PARENT), job("b").in("other")));
        q.expectClaim("a").fail("x");
        q.expectClaim("parent").awaitChildren();
        q.expectState("parent", JobState.WAITING_CHILDREN);
        q.expectNothing();
        q.on("other").expectRuns("b");
        q.expectRuns("parent");
    }

    @Rule("F14")
    @DisplayName("F14: waiting for nobody puts the job back to the front, at no attempt")
    @Test
    void nobodyToWaitFor(QueueDriver q) {
        q.fill("a", "b");
        q.expectClaim("a").awaitChildren();
        if (!q.has(Capability.FRONT)) q.expectRuns("b");
        Run again = q.expectClaim("a");
        assertThat(again.record().runs()).isEqualTo(new Runs(0, 2, 0));
        again.complete();
        if (q.has(Capability.FRONT)) q.expectRuns("b");
    }

    @Rule("F4")
    @DisplayName("F4: a running parent whose child failed it can neither complete nor wait")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void childrenFailed(QueueDriver q) {
        q.fill("parent");
        Run parent = q.expectClaim("parent");
        q.add(job("child").in("other").onFailure(FAIL_PARENT).childOf(parent));
        q.on("other").expect("child").fail("x");
        Settled failed = new Settled.ChildrenFailed(List.of(q.ref("child")));
        q.expectNoChange(() -> {
            assertThat(parent.settle(parent.completed("1"))).isEqualTo(failed);
            assertThat(parent.settle(new Outcome.AwaitChildren())).isEqualTo(failed);
        });
        parent.fail("a child failed");
        q.expectState("parent", JobState.FAILED);
    }

    @Rule("F15")
    @DisplayName("F15: a worker that lost its lease adds no children")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void zombie(QueueDriver q) {
        q.fill("parent");
        Run lost = q.expectClaim("parent");
        q.loseLease(lost);
        q.recover();
        q.expectNoChange(() ->
                assertThat(q.offer(job("child").childOf(lost))).containsExactly(new Added.NoSuchParent(lost.job())));
        Run second = q.attach(worker()).expect("parent");
        q.expectNoChange(() ->
                assertThat(q.offer(job("child").childOf(lost))).containsExactly(new Added.NoSuchParent(lost.job())));
        second.complete();
    }

    @Rule("F15")
    @DisplayName("F15: a run that is settled adds no children")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void settledRun(QueueDriver q) {
        q.fill("parent");
        Run run = q.expectClaim("parent");
        run.retry(0, "x");
        assertThat(q.offer(job("child").childOf(run))).containsExactly(new Added.NoSuchParent(run.job()));
        q.expectRuns("parent");
        q.expectNothing();
    }
}
