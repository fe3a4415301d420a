package dev.aurochs.tck.spec;

import static dev.aurochs.queue.job.ChildFailurePolicy.CONTINUE_PARENT;
import static dev.aurochs.tck.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.tck.EventTap;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Links between parents and children that are cut from outside. */
@Requires(Capability.CHANGE_WAITING)
public abstract class LinkSpec {
    private static final Changed DONE = new Changed.Done();
    private static final JobChange LEAVE = new JobChange.LeaveParent();
    private static final JobChange REMOVE = new JobChange.RemoveChildren();

    @Rule("K19")
    @DisplayName("K19: a child that leaves runs as a job of its own; its parent does not wait for it any more")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void leaves(QueueDriver q) {
        q.add(job("parent").children(job("a").in("other"), job("b").in("other")));
        assertThat(q.change("a", LEAVE)).isEqualTo(DONE);
        q.expectNothing();
        q.look(look -> assertThat(look.record("a").body().parent()).isNull());
        q.on("other").expectRuns("a", "b");
        Run parent = q.expectClaim("parent");
        assertThat(parent.children()).containsOnlyKeys("b");
        parent.complete();
    }

    @Rule({"K19", "E7"})
    @DisplayName("K19: when the last pending child leaves, the parent is released")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void lastLeaves(QueueDriver q) throws InterruptedException {
        q.need(Capability.CHANGE_WAITING);
        q.add(job("parent").children(job("child").in("other").delayedBy(50)));
        EventTap tap = q.watch();
        assertThat(q.change("child", LEAVE)).isEqualTo(DONE);
        tap.expect("waiting parent from waiting-children");
        q.expectState("child", JobState.DELAYED);
        q.expectRuns("parent");
    }

    @Rule("K19")
    @DisplayName("K19: a running child may leave; how it ends does not concern the parent")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void runningChild(QueueDriver q) {
        q.add(job("parent").children(job("child").in("other")));
        Run child = q.on("other").expect("child");
        assertThat(q.change("child", LEAVE)).isEqualTo(DONE);
        Run parent = q.expectClaim("parent");
        child.complete("1");
        assertThat(parent.children()).isEmpty();
        parent.complete();
        q.expectNothing();
    }

    @Rule({"K19", "F5"})
    @DisplayName("K19: a failed child that its parent waits for may leave; retried, it is nobody's")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void failedChild(QueueDriver q) {
        q.need(Capability.CHANGE_WAITING);
        q.add(job("parent").children(job("child").in("other")));
        q.on("other").expect("child").fail("x");
        q.expectNothing();
        assertThat(q.change("child", LEAVE)).isEqualTo(DONE);
        Run parent = q.expectClaim("parent");
        q.change("child", new JobChange.Retry(false));
        assertThat(parent.settle(parent.completed("1"))).isEqualTo(new Settled.Done());
        q.on("other").expectRuns("child");
    }

    @Rule({"K19", "K17"})
    @DisplayName("K19: where no parent waits the answer is NotAChild, and nothing changes")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void nobodyWaits(QueueDriver q) {
        q.add(job("parent").children(job("done").in("other"), job("pending").in("other")));
        q.on("other").expectRuns("done");
        q.fill("loose");
        q.change("pending", LEAVE);
        q.expectNoChange(() -> {
            for (String name : new String[] {"loose", "parent", "done", "pending"})
                assertThat(q.change(name, LEAVE)).as(name).isEqualTo(new Changed.NotAChild());
        });
        q.remove("loose");
        assertThat(q.change("loose", LEAVE)).isEqualTo(new Changed.NoSuchJob());
    }

    @Rule("K20")
    @DisplayName("K20: a running parent that goes on without its children removes those that are pending")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void removePending(QueueDriver q) {
        q.add(job("parent")
                .children(
                        job("done").in("other"),
                        job("bad").in("other").onFailure(CONTINUE_PARENT),
                        job("waiting").in("other"),
                        job("middle")
                                .in("other")
                                .children(job("below").in("third").delayedBy(5))));
        q.on("other").expectRuns("done");
        q.on("other").expect("bad").fail("x");
        Run parent = q.expectClaim("parent");
        assertThat(q.change("parent", REMOVE)).isEqualTo(DONE);
        for (String name : new String[] {"waiting", "middle", "below"}) q.expectDropped(name);
        assertThat(parent.children()).containsOnlyKeys("done", "bad");
        q.on("other").expectNothing();
        parent.complete();
        q.advance(9);
        q.on("third").expectNothing();
    }

    @Rule("K20")
    @DisplayName("K20: what runs or has failed stays and is waited for; when nobody is left, the parent is released")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void sparesRunningAndFailed(QueueDriver q) {
        q.need(Capability.CHANGE_WAITING);
        q.add(job("parent")
                .children(
                        job("running").in("a"),
                        job("failed").in("b"),
                        job("waiting").in("c")));
        Run running = q.on("a").expect("running");
        q.on("b").expect("failed").fail("x");
        assertThat(q.change("parent", REMOVE)).isEqualTo(DONE);
        q.expectDropped("waiting");
        q.on("c").expectNothing();
        q.expectState("parent", JobState.WAITING_CHILDREN);
        running.complete();
        q.expectNothing();
        assertThat(q.change("failed", LEAVE)).isEqualTo(DONE);
        Run parent = q.expectClaim("parent");
        assertThat(parent.children()).containsOnlyKeys("running");
        parent.complete();
    }

    @Rule("K20")
    @DisplayName("K20: a running job below a removed child goes on as a job of its own")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void runningBelow(QueueDriver q) {
        q.add(job("parent")
                .children(job("middle")
                        .in("a")
                        .children(job("leaf").in("b"), job("twig").in("c"))));
        Run leaf = q.on("b").expect("leaf");
        assertThat(q.change("parent", REMOVE)).isEqualTo(DONE);
        q.expectDropped("middle");
        q.expectDropped("twig");
        q.expectRuns("parent");
        leaf.complete();
        q.on("a").expectNothing();
        q.on("c").expectNothing();
    }

    @Rule({"K20", "F5"})
    @DisplayName("K20: a parent goes on waiting for a failed child that retention dropped, until such links are cut")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void droppedByRetention(QueueDriver q) {
        q.need(Capability.CHANGE_WAITING);
        q.add(job("parent").children(job("child").in("other").with(options -> options.keepFailed(Retention.none()))));
        q.on("other").expect("child").fail("x");
        q.expectDropped("child");
        q.expectState("parent", JobState.WAITING_CHILDREN);
        q.look(look -> assertThat(look.children("parent").get("child").status()).isEqualTo(Child.Status.PENDING));
        q.expectNothing();
        assertThat(q.change("parent", REMOVE)).isEqualTo(DONE);
        q.expectRuns("parent");
    }

    @Rule("K20")
    @DisplayName("K20: a job without children has none to remove")
    @Test
    void noChildren(QueueDriver q) {
        q.fill("a");
        q.expectNoChange(() -> assertThat(q.change("a", REMOVE)).isEqualTo(DONE));
        q.remove("a");
        assertThat(q.change("a", REMOVE)).isEqualTo(new Changed.NoSuchJob());
    }
}
