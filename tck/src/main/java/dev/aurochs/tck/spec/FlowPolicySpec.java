package dev.aurochs.tck.spec;

import static dev.aurochs.queue.job.ChildFailurePolicy.CONTINUE_PARENT;
import static dev.aurochs.queue.job.ChildFailurePolicy.FAIL_PARENT;
import static dev.aurochs.queue.job.ChildFailurePolicy.IGNORE;
import static dev.aurochs.queue.job.ChildFailurePolicy.REMOVE_DEPENDENCY;
import static dev.aurochs.queue.job.ChildFailurePolicy.WAIT;
import static dev.aurochs.tck.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a child's final failure means to its parent. */
public abstract class FlowPolicySpec {
    @Rule("F5")
    @DisplayName("F5: by default a failed child leaves its parent waiting")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void waits(QueueDriver q) {
        q.add(job("parent").children(job("a"), job("b")));
        q.expectClaim("a").fail("x");
        q.expectRuns("b");
        q.expectNothing();
        q.expectState("parent", JobState.WAITING_CHILDREN);
        q.expectStuck("parent");
    }

    @Rule("F5")
    @DisplayName("F5: a failed child that is retried and completes releases its parent")
    @Requires({Capability.RETRY_FAILED, Capability.ATOMIC_GROUPS})
    @Test
    void retriedChildReleases(QueueDriver q) {
        q.add(job("parent").children(job("child").onFailure(WAIT)));
        q.expectClaim("child").fail("x");
        q.change("child", new JobChange.Retry(false));
        q.expectClaim("child").complete("2");
        Run parent = q.expectClaim("parent");
        assertThat(parent.children().get("child").status()).isEqualTo(Child.Status.COMPLETED);
        parent.complete();
    }

    @Rule({"F6", "R8"})
    @DisplayName("F6: a failed child fails its parent, which never runs")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void failsParent(QueueDriver q) {
        q.add(job("parent").children(job("child").onFailure(FAIL_PARENT)));
        q.expectClaim("child").fail("disk full");
        q.expectNothing();
        q.look(look -> {
            assertThat(look.record("parent").state()).isEqualTo(JobState.FAILED);
            assertThat(look.record("parent").status().failedReason())
                    .startsWith("child " + q.ref("child") + " failed")
                    .contains("disk full");
        });
    }

    @Rule("F6")
    @DisplayName("F6: the parent is released at once; its other children go on")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void failsParentAtOnce(QueueDriver q) {
        q.add(job("parent").children(job("a").onFailure(FAIL_PARENT), job("b").in("other"), job("c").in("other")));
        q.expectClaim("a").fail("x");
        q.look(look -> assertThat(look.record("parent").state()).isIn(JobState.WAITING, JobState.FAILED));
        q.expectNothing();
        q.expectState("parent", JobState.FAILED);
        q.on("other").expectRuns("b", "c");
        q.expectNothing();
    }

    @Rule("F6")
    @DisplayName("F6: a failing parent fails its own parent in turn")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void upward(QueueDriver q) {
        q.add(job("root")
                .children(job("middle")
                        .onFailure(FAIL_PARENT)
                        .children(job("leaf").onFailure(FAIL_PARENT))));
        q.expectClaim("leaf").fail("x");
        q.expectNothing();
        q.expectState("leaf", JobState.FAILED);
        q.expectState("middle", JobState.FAILED);
        q.expectState("root", JobState.FAILED);
    }

    @Rule("F6")
    @DisplayName("F6: each level applies its own policy")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void mixedPolicies(QueueDriver q) {
        q.add(job("root")
                .children(job("middle").onFailure(IGNORE).children(job("leaf").onFailure(FAIL_PARENT))));
        q.expectClaim("leaf").fail("x");
        Run root = q.expectClaim("root");
        assertThat(root.children().get("middle").status()).isEqualTo(Child.Status.IGNORED);
        assertThat(root.children().get("middle").failure()).contains("failed");
        root.complete();
    }

    @Rule("F6")
    @DisplayName("F6: a failed parent's delay does not hold it back")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void delayedParentFails(QueueDriver q) {
        q.add(job("parent").delayedBy(50).children(job("child").onFailure(FAIL_PARENT)));
        q.expectClaim("child").fail("x");
        q.advance(60);
        q.expectNothing();
        q.expectState("parent", JobState.FAILED);
    }

    @Rule("F7")
    @DisplayName("F7: continue releases the parent at once; it reads the failure and the pending children")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void continues(QueueDriver q) {
        q.add(job("parent").children(job("a").onFailure(CONTINUE_PARENT), job("b").in("other")));
        q.expectClaim("a").fail("no licence");
        Run parent = q.expectClaim("parent");
        Map<String, Child> children = parent.children();
        assertThat(children.get("a")).isEqualTo(new Child(q.ref("a"), Child.Status.IGNORED, null, "no licence"));
        assertThat(children.get("b")).isEqualTo(new Child(q.ref("b"), Child.Status.PENDING, null, null));
        q.on("other").expectRuns("b");
        parent.complete();
        q.expectNothing();
    }

    @Rule("F7")
    @DisplayName("F7: a parent that continued is not released a second time")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void continuesOnce(QueueDriver q) {
        q.add(job("parent")
                .children(
                        job("a").onFailure(CONTINUE_PARENT),
                        job("b").in("other").onFailure(CONTINUE_PARENT)));
        q.expectClaim("a").fail("x");
        q.on("other").expect("b").fail("y");
        Run parent = q.expectClaim("parent");
        assertThat(parent.children().values()).allMatch(child -> child.status() == Child.Status.IGNORED);
        parent.complete();
        q.expectNothing();
    }

    @Rule("F8")
    @DisplayName("F8: an ignored failure counts as done and can be read")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void ignores(QueueDriver q) {
        q.add(job("parent").children(job("a").onFailure(IGNORE), job("b")));
        q.expectClaim("a").fail("never mind");
        q.expectState("parent", JobState.WAITING_CHILDREN);
        q.expectRuns("b");
        Run parent = q.expectClaim("parent");
        assertThat(parent.children().get("a"))
                .isEqualTo(new Child(q.ref("a"), Child.Status.IGNORED, null, "never mind"));
        assertThat(parent.children().get("b").status()).isEqualTo(Child.Status.COMPLETED);
        parent.complete();
    }

    @Rule("F9")
    @DisplayName("F9: a cut link counts as done, and the parent sees nothing of it")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void removesDependency(QueueDriver q) {
        q.add(job("parent").children(job("a").onFailure(REMOVE_DEPENDENCY), job("b")));
        q.expectClaim("a").fail("x");
        q.expectRuns("b");
        Run parent = q.expectClaim("parent");
        assertThat(parent.children()).containsOnlyKeys("b");
        parent.complete();
    }

    @Rule({"F8", "F9"})
    @DisplayName("F8: the last child's failure releases the parent when it counts as done")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void lastChild(QueueDriver q) {
        q.add(job("ignoring").children(job("a").onFailure(IGNORE)));
        q.expectClaim("a").fail("x");
        q.expectRuns("ignoring");
        q.add(job("cutting").children(job("b").onFailure(REMOVE_DEPENDENCY)));
        q.expectClaim("b").fail("x");
        q.expectRuns("cutting");
    }

    @Rule({"F5", "F6", "F7", "F8", "F9"})
    @DisplayName("F5: a failed run that will be retried is no final failure, whatever the policy")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void notFinal(QueueDriver q) {
        q.add(job("parent")
                .children(
                        job("fail").attempts(2).onFailure(FAIL_PARENT),
                        job("continue").attempts(2).onFailure(CONTINUE_PARENT),
                        job("ignore").attempts(2).onFailure(IGNORE),
                        job("remove").attempts(2).onFailure(REMOVE_DEPENDENCY)));
        for (String name : new String[] {"fail", "continue", "ignore", "remove"})
            q.expectClaim(name).retry(15, "x");
        q.expectState("parent", JobState.WAITING_CHILDREN);
        q.expectNothing();
        q.advance(15);
        q.expectRuns("fail", "continue", "ignore", "remove");
        Run parent = q.expectClaim("parent");
        assertThat(parent.children().values()).hasSize(4).allMatch(c -> c.status() == Child.Status.COMPLETED);
    }
}
