package dev.aurochs.tck.spec;

import static dev.aurochs.queue.job.ChildFailurePolicy.IGNORE;
import static dev.aurochs.tck.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Trees some of whose members are there already. */
@Requires(Capability.UNIQUE_IDS)
public abstract class FlowAddSpec {
    @Rule("F16")
    @DisplayName("F16: a member that is there already becomes a child of its new parent")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void adopted(QueueDriver q) {
        q.add(job("free").id("own"));
        List<Added> answers = q.offer(job("parent").children(job("again").id("own"), job("fresh")));
        assertThat(answers.get(0)).isInstanceOf(Added.Stored.class);
        assertThat(answers.get(1)).isEqualTo(new Added.AlreadyThere(JobId.of("own")));
        assertThat(answers.get(2)).isInstanceOf(Added.Stored.class);
        q.expectClaim("free").complete("7");
        q.expectState("parent", JobState.WAITING_CHILDREN);
        q.expectRuns("fresh");
        Run parent = q.expectClaim("parent");
        assertThat(parent.children().get("free").result()).hasToString("7");
        parent.complete();
        q.expectNothing();
    }

    @Rule("F16")
    @DisplayName("F16: an adopted child that runs already is waited for")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void adoptedWhileRunning(QueueDriver q) {
        q.add(job("running").id("own").in("other"));
        Run running = q.on("other").expect("running");
        q.offer(job("parent").children(job("again").id("own").in("other")));
        q.expectNothing();
        running.complete();
        q.expectRuns("parent");
    }

    @Rule("F16")
    @DisplayName("F16: the descendants of a member that is there already are not stored")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void descendants(QueueDriver q) {
        q.add(job("there").id("own").in("other"));
        List<Added> answers = q.offer(job("root")
                .children(
                        job("again").id("own").in("other").children(job("below").children(job("lowest"))),
                        job("beside")));
        assertThat(answers.get(1)).isEqualTo(new Added.AlreadyThere(JobId.of("own")));
        assertThat(answers.subList(2, 4)).containsOnly(new Added.NotStored());
        q.expectRuns("beside");
        q.expectNothing();
        q.on("other").expectRuns("there");
        q.expectRuns("root");
    }

    @Rule("F16")
    @DisplayName("F16: a tree whose root is there already is not stored again")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void rootAgain(QueueDriver q) {
        q.add(job("root").id("own").children(job("child")));
        q.expectNoChange(() -> {
            List<Added> answers = q.offer(job("again").id("own").children(job("other child")));
            assertThat(answers).containsExactly(new Added.AlreadyThere(JobId.of("own")), new Added.NotStored());
        });
        q.expectRuns("child", "root");
        q.expectNothing();
    }

    @Rule({"F16", "A9"})
    @DisplayName("F16: adding the same tree of own ids again changes nothing")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void sameTreeAgain(QueueDriver q) {
        q.add(job("root").id("r").children(job("a").id("a"), job("b").id("b")));
        q.expectNoChange(() -> {
            List<Added> answers = q.offer(job("root again")
                    .id("r")
                    .children(job("a again").id("a"), job("b again").id("b")));
            assertThat(answers.get(0)).isEqualTo(new Added.AlreadyThere(JobId.of("r")));
            assertThat(answers.subList(1, 3)).noneMatch(Added.Stored.class::isInstance);
        });
        q.expectRuns("a", "b", "root");
    }

    @Rule("F17")
    @DisplayName("F17: a child that has completed already counts as done, with its result")
    @Requires({Capability.KEEPS_COMPLETED, Capability.ATOMIC_GROUPS})
    @Test
    void completedAlready(QueueDriver q) {
        q.add(job("done").id("own"));
        q.expectClaim("done").complete("42");
        q.offer(job("parent").children(job("again").id("own"), job("fresh")));
        q.expectRuns("fresh");
        Run parent = q.expectClaim("parent");
        assertThat(parent.children().get("done").status()).isEqualTo(Child.Status.COMPLETED);
        assertThat(parent.children().get("done").result()).hasToString("42");
        parent.complete();
    }

    @Rule("F17")
    @DisplayName("F17: a parent all of whose children have completed already waits for nobody")
    @Requires({Capability.KEEPS_COMPLETED, Capability.ATOMIC_GROUPS})
    @Test
    void allCompletedAlready(QueueDriver q) {
        q.addAll(job("a").id("a"), job("b").id("b"));
        q.expectRuns("a", "b");
        q.offer(job("parent").children(job("a again").id("a"), job("b again").id("b")));
        q.expectState("parent", JobState.WAITING);
        q.expectRuns("parent");
    }

    @Rule("F18")
    @DisplayName("F18: a member that belongs to another living parent refuses the unit")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void otherParent(QueueDriver q) {
        q.add(job("first parent").children(job("shared").id("own")));
        q.expectNoChange(() -> {
            List<Added> answers = q.offer(
                    job("second parent").children(job("fresh"), job("again").id("own")));
            assertThat(answers)
                    .containsExactly(
                            new Added.NotStored(), new Added.NotStored(), new Added.OtherParent(q.ref("first parent")));
        });
        q.expectRuns("shared", "first parent");
        q.expectNothing();
    }

    @Rule({"F16", "A1"})
    @DisplayName("F16: an own id of a descendant that is not stored is still free in the same unit")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void repeatedButNotStored(QueueDriver q) {
        q.add(job("there").id("k").in("other"));
        List<Added> answers = q.offer(
                job("again").id("k").in("other").children(job("x below").id("x")),
                job("x beside").id("x"));
        assertThat(answers)
                .containsExactly(
                        new Added.AlreadyThere(JobId.of("k")), new Added.NotStored(), new Added.Stored(JobId.of("x")));
        q.expectRuns("x beside");
        q.expectNothing();
    }

    @Rule("F17")
    @DisplayName("F17: a child that failed already and is ignored counts as done, not more")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void failedAlready(QueueDriver q) {
        q.add(job("broken").id("own"));
        q.expectClaim("broken").fail("x");
        q.offer(job("parent").children(job("again").id("own").onFailure(IGNORE), job("fresh")));
        q.expectRuns("fresh");
        Run parent = q.expectClaim("parent");
        assertThat(parent.children().get("broken").status()).isEqualTo(Child.Status.IGNORED);
        parent.complete();
    }
}
