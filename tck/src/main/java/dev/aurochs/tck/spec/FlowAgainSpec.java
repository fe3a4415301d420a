package dev.aurochs.tck.spec;

import static dev.aurochs.queue.job.ChildFailurePolicy.CONTINUE_PARENT;
import static dev.aurochs.queue.job.ChildFailurePolicy.FAIL_PARENT;
import static dev.aurochs.tck.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.Swept;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Families whose members finish, are retried, moved or removed out of turn. Most were found by random walks. */
public abstract class FlowAgainSpec {
    @Rule({"F11", "K4"})
    @DisplayName("F11: a parent that is retried knows the children that finished after it had failed")
    @Requires({Capability.RETRY_FAILED, Capability.ATOMIC_GROUPS})
    @Test
    void finishedMeanwhile(QueueDriver q) {
        q.add(job("parent").children(job("a").onFailure(CONTINUE_PARENT), job("b").in("other")));
        q.expectClaim("a").fail("no");
        q.expectClaim("parent").fail("tired");
        q.on("other").expect("b").complete("1");
        q.change("parent", new JobChange.Retry(false));
        Run again = q.expectClaim("parent");
        assertThat(again.children().get("b").status()).isEqualTo(Child.Status.COMPLETED);
        again.complete();
    }

    @Rule({"F6", "K4"})
    @DisplayName("F6: a parent failed by its child runs when both are retried, the child first")
    @Requires({Capability.RETRY_FAILED, Capability.ATOMIC_GROUPS})
    @Test
    void bothRetried(QueueDriver q) {
        q.add(job("parent").children(job("child").onFailure(FAIL_PARENT)));
        q.expectClaim("child").fail("no");
        q.expectNothing();
        q.change("child", new JobChange.Retry(false));
        q.expectRuns("child");
        q.change("parent", new JobChange.Retry(false));
        q.expectRuns("parent");
    }

    @Rule({"F19", "A4"})
    @DisplayName("F19: a child that was dropped and is added again is waited for once")
    @Requires({Capability.UNIQUE_IDS, Capability.ATOMIC_GROUPS})
    @Test
    void addedAgain(QueueDriver q) {
        JobRef parent = q.add(
                job("parent").children(job("child").id("own").with(options -> options.keepFailed(Retention.none()))));
        q.expectClaim("child").fail("no");
        q.expectDropped("child");
        q.add(job("child again").id("own").childOf(parent));
        q.expectRuns("child again", "parent");
    }

    @Rule("F18")
    @DisplayName("F18: a member that is named twice in a unit has the parent it has, not the one it might have")
    @Requires({Capability.UNIQUE_IDS, Capability.ATOMIC_GROUPS})
    @Test
    void namedTwice(QueueDriver q) {
        JobRef first = q.add(job("first").children(job("child").id("own")));
        JobRef second = q.add(job("second").children(job("other")));
        List<Added> answers =
                q.offer(job("same").id("own"), job("same again").id("own").childOf(second));
        assertThat(answers).containsExactly(new Added.NotStored(), new Added.OtherParent(first));
        q.expectRuns("child", "first", "other", "second");
    }

    @Rule({"F16", "K4"})
    @DisplayName("F16: a pending child that found a new parent is no more the old one's")
    @Requires({Capability.UNIQUE_IDS, Capability.CHANGE_WAITING, Capability.ATOMIC_GROUPS})
    @Test
    void moved(QueueDriver q) {
        q.add(job("old").children(job("child").id("own")));
        q.change("old", new JobChange.Cancel("unwanted"));
        List<Added> answers = q.offer(job("new").children(job("same").id("own")));
        assertThat(answers.get(1)).isEqualTo(new Added.AlreadyThere(JobId.of("own")));
        q.change("old", new JobChange.Retry(false));
        q.expectClaim("child").giveBack();
        q.expectRuns("child", "new", "old");
    }

    @Rule({"K10", "F16"})
    @DisplayName("K10: removing a tree spares a job that found another parent")
    @Requires({Capability.UNIQUE_IDS, Capability.CHANGE_WAITING, Capability.ATOMIC_GROUPS})
    @Test
    void sparesOthers(QueueDriver q) {
        q.add(job("old").children(job("child").id("own")));
        q.expectRuns("child");
        q.expectRuns("old");
        q.offer(job("new").children(job("same").id("own"), job("other")));
        q.removeTree("old");
        q.look(look -> assertThat(look.find("child")).isPresent());
        q.expectRuns("other", "new");
    }

    @Rule("K10")
    @DisplayName("K10: jobs that are each other's ancestors can be removed")
    @Requires({Capability.UNIQUE_IDS, Capability.CHANGE_WAITING, Capability.ATOMIC_GROUPS})
    @Test
    void circle(QueueDriver q) {
        JobRef first = q.add(job("first").id("own").children(job("leaf")));
        q.offer(job("second").childOf(first).children(job("first again").id("own")));
        assertThat(q.removeTree("first")).isEqualTo(new Changed.Done());
        q.expectNothing();
    }

    @Rule({"K13", "F20"})
    @DisplayName("K13: obliterating removes a parent that is released by the removal of its child")
    @Requires({Capability.CHANGE_WAITING, Capability.ATOMIC_GROUPS})
    @Test
    void obliterate(QueueDriver q) {
        q.add(job("parent").children(job("child")));
        q.sweep(new BulkAction.Obliterate(false), 1_000);
        q.look(look -> assertThat(look.count(JobState.WAITING)).isZero());
        q.expectNothing();
    }

    @Rule("K12")
    @DisplayName("K12: a waiting parent that is cleaned takes the parent above it along")
    @Requires({Capability.UNIQUE_IDS, Capability.ATOMIC_GROUPS})
    @Test
    void clean(QueueDriver q) {
        q.add(job("inner").id("own").children(job("leaf")));
        q.offer(job("outer").children(job("inner again").id("own")));
        assertThat(q.sweep(new BulkAction.Clean(JobState.WAITING_CHILDREN, q.now()), 1_000))
                .isEqualTo(new Swept(1, false));
        q.expectRuns("leaf");
        q.expectNothing();
    }
}
