package dev.aurochs.tck.spec;

import static dev.aurochs.queue.job.ChildFailurePolicy.CONTINUE_PARENT;
import static dev.aurochs.tck.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.Swept;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Taking jobs out again. */
@Requires({Capability.CHANGE_WAITING, Capability.LOOKUP})
public abstract class RemoveSpec {
    private static final Changed DONE = new Changed.Done();

    @Rule("K8")
    @DisplayName("K8: a removed job never runs and is not found")
    @Test
    void waiting(QueueDriver q) {
        q.fill("a", "b", "c");
        assertThat(q.remove("b")).isEqualTo(DONE);
        assertThat(q.mustLook().find("b")).isEmpty();
        q.expectRuns("a", "c");
        q.expectNothing();
        assertThat(q.remove("b")).isEqualTo(new Changed.NoSuchJob());
    }

    @Rule("K8")
    @DisplayName("K8: a job may be removed in every state but active")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void everyState(QueueDriver q) {
        q.add(job("failed"));
        q.expectClaim("failed").fail("x");
        q.add(job("completed"));
        q.expectRuns("completed");
        q.add(job("delayed").delayedBy(5));
        q.add(job("parent").children(job("child").in("other")));
        for (String name : List.of("failed", "completed", "delayed", "parent")) {
            assertThat(q.remove(name)).as(name).isEqualTo(DONE);
            assertThat(q.mustLook().find(name)).as(name).isEmpty();
        }
        q.advance(9);
        q.expectNothing();
        q.on("other").expectRuns("child");
        q.expectNothing();
    }

    @Rule("K8")
    @DisplayName("K8: with a job its log goes as well; the same own id begins anew")
    @Requires(Capability.UNIQUE_IDS)
    @Test
    void traces(QueueDriver q) {
        q.add(job("first").id("own"));
        Run run = q.expectClaim("first");
        run.log("of the first");
        run.complete();
        q.remove("first");
        q.add(job("second").id("own"));
        assertThat(q.mustLook().log("second")).isEmpty();
        assertThat(q.expectClaim("second").record().runs().started()).isEqualTo(1);
    }

    @Rule("K9")
    @DisplayName("K9: a running job cannot be removed")
    @Test
    void running(QueueDriver q) {
        q.fill("a");
        Run run = q.expectClaim("a");
        q.expectNoChange(() -> {
            assertThat(q.remove("a")).isEqualTo(new Changed.ActiveLeased(q.ref("a")));
            assertThat(q.removeTree("a")).isEqualTo(new Changed.ActiveLeased(q.ref("a")));
        });
        run.complete();
    }

    @Rule("K9")
    @DisplayName("K9: a tree of which one job runs cannot be removed")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void treeWithRunningJob(QueueDriver q) {
        q.add(job("root")
                .children(job("a"), job("b").in("other").children(job("b1").in("third"))));
        Run run = q.on("third").expect("b1");
        q.expectNoChange(() -> assertThat(q.removeTree("root")).isEqualTo(new Changed.ActiveLeased(q.ref("b1"))));
        run.complete();
        q.expectRuns("a");
        q.on("other").expectRuns("b");
        q.expectRuns("root");
    }

    @Rule("K10")
    @DisplayName("K10: removing with children removes the whole tree, finished members too")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void tree(QueueDriver q) {
        q.add(job("root")
                .children(
                        job("a"),
                        job("b").in("other").children(job("b1").in("third").delayedBy(3))));
        q.fill("neighbour");
        q.expectRuns("a");
        assertThat(q.removeTree("root")).isEqualTo(DONE);
        for (String name : List.of("root", "a", "b", "b1"))
            assertThat(q.mustLook().find(name)).as(name).isEmpty();
        q.expectRuns("neighbour");
        q.advance(9);
        q.expectNothing();
        q.on("other").expectNothing();
        q.on("third").expectNothing();
    }

    @Rule("K10")
    @DisplayName("K10: removing a branch releases the parent above it")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void branch(QueueDriver q) {
        q.add(job("root")
                .children(job("branch").in("other").children(job("leaf").in("other"))));
        assertThat(q.removeTree("branch")).isEqualTo(DONE);
        q.on("other").expectNothing();
        q.expectRuns("root");
    }

    @Rule("K10")
    @DisplayName("K10: removing a parent alone leaves its children as jobs of their own")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void parentAlone(QueueDriver q) {
        q.add(job("parent").children(job("a"), job("b")));
        q.remove("parent");
        q.expectRuns("a", "b");
        q.expectNothing();
    }

    @Rule("K11")
    @DisplayName("K11: drain removes what waits and nothing else")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void drain(QueueDriver q) {
        fillEveryState(q);
        drainAll(q, false, 100);
        assertThat(q.mustLook().count(JobState.WAITING)).isZero();
        for (String name : List.of("active", "completed", "failed", "delayed", "parent", "elsewhere"))
            assertThat(q.mustLook().find(name)).as(name).isPresent();
    }

    @Rule("K11")
    @DisplayName("K11: drain with delayed removes the delayed ones too")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void drainDelayed(QueueDriver q) {
        fillEveryState(q);
        drainAll(q, true, 100);
        assertThat(q.mustLook().count(JobState.WAITING)).isZero();
        assertThat(q.mustLook().count(JobState.DELAYED)).isZero();
        for (String name : List.of("active", "completed", "failed", "parent", "elsewhere"))
            assertThat(q.mustLook().find(name)).as(name).isPresent();
    }

    @Rule({"K11", "F20"})
    @DisplayName("K11: a drained queue's own parents go with their last child; those elsewhere are released")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void drainFlows(QueueDriver q) {
        q.add(job("elsewhere").in("other").children(job("a"), job("b").delayedBy(9)));
        q.add(job("here").children(job("c"), job("d").in("third")));
        q.add(job("root").children(job("middle").children(job("leaf"))));
        q.add(job("above").in("other").children(job("below").children(job("e"))));
        assertThat(q.sweep(new BulkAction.Drain(false), 100)).isEqualTo(new Swept(4, false));
        for (String name : List.of("root", "middle", "below"))
            assertThat(q.mustLook().find(name)).as(name).isEmpty();
        assertThat(q.mustLook().record("here").state()).isEqualTo(JobState.WAITING_CHILDREN);
        q.expectNothing();
        q.on("other").expectRuns("above");
        assertThat(q.sweep(new BulkAction.Drain(true), 100)).isEqualTo(new Swept(1, false));
        q.on("other").expectRuns("elsewhere");
        q.on("third").expectRuns("d");
        q.expectRuns("here");
    }

    @Rule("K11")
    @DisplayName("K11: draining spares parents that do not wait for their children just now")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void drainReleasedParents(QueueDriver q) {
        q.need(Capability.CHANGE_WAITING);
        q.add(job("running").children(job("a").in("other").onFailure(CONTINUE_PARENT), job("b")));
        q.on("other").expect("a").fail("x");
        Run running = q.expectClaim("running");
        assertThat(drainAll(q, true, 100)).isEqualTo(1);
        assertThat(running.children()).containsOnlyKeys("a");
        running.complete();
    }

    @Rule("K11")
    @DisplayName("K11: a step of drain changes no more than its budget and says whether there is more")
    @Test
    void drainInSteps(QueueDriver q) {
        q.fill("a", "b", "c", "d", "e");
        Swept first = q.sweep(new BulkAction.Drain(false), 2);
        assertThat(first).isEqualTo(new Swept(2, true));
        assertThat(q.mustLook().count(JobState.WAITING)).isEqualTo(3);
        assertThat(drainAll(q, false, 2)).isEqualTo(3);
        q.expectNothing();
    }

    @Rule("K11")
    @DisplayName("K11: draining an empty queue is done at once")
    @Test
    void drainNothing(QueueDriver q) {
        assertThat(q.sweep(new BulkAction.Drain(true), 10)).isEqualTo(new Swept(0, false));
        q.mustLook().names(JobState.WAITING);
        q.fill("a");
        q.remove("a");
    }

    private static void fillEveryState(QueueDriver q) {
        q.add(job("completed"));
        q.expectRuns("completed");
        q.add(job("failed"));
        q.expectClaim("failed").fail("x");
        q.add(job("active"));
        q.expectClaim("active");
        q.fill("waiting a", "waiting b");
        q.add(job("delayed").delayedBy(9));
        q.add(job("parent").children(job("elsewhere").in("other")));
        q.mustLook().names(JobState.WAITING);
    }

    private static long drainAll(QueueDriver q, boolean delayed, int budget) {
        long done = 0;
        for (Swept swept = new Swept(0, true); swept.more(); done += swept.done())
            swept = q.sweep(new BulkAction.Drain(delayed), budget);
        return done;
    }
}
