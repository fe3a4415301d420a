package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.WorkerDraft.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Traits.Recovery;
import dev.aurochs.tck.JobDraft;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who runs first. */
public abstract class PrioritySpec {
    @Rule("P1")
    @DisplayName("P1: no priority runs first, then the lower number")
    @Requires(Capability.PRIORITIES)
    @Test
    void lowerFirst(QueueDriver q) {
        q.addAll(
                job("five").priority(5),
                job("none"),
                job("one").priority(1),
                job("two").priority(2));
        q.expectRuns("none", "one", "two", "five");
    }

    @Rule("P1")
    @DisplayName("P1: a late urgent job overtakes all that wait")
    @Requires(Capability.PRIORITIES)
    @Test
    void overtakes(QueueDriver q) {
        q.addAll(
                job("low a").priority(7), job("low b").priority(7), job("low c").priority(7));
        q.expectRuns("low a");
        q.add(job("urgent").priority(2));
        q.putDown();
        q.expectRuns("urgent");
        q.add(job("most urgent"));
        q.putDown();
        q.expectRuns("most urgent");
        List<Run> low = q.attach(worker().capacity(3)).expectAll("low b", "low c");
        boolean handedOut = q.backend().info().traits().readAhead() > 0;
        if (!handedOut) assertThat(low).extracting(Run::name).containsExactly("low b", "low c");
    }

    @Rule("P1")
    @DisplayName("P1: a batch is claimed in the same order")
    @Requires(Capability.PRIORITIES)
    @Test
    void inBatches(QueueDriver q) {
        q.addAll(job("c").priority(3), job("a").priority(1), job("d").priority(3), job("b").priority(2));
        assertThat(q.attach(worker().capacity(4)).claim(4))
                .extracting(Run::name)
                .containsExactly("a", "b", "c", "d");
    }

    @Rule("P2")
    @DisplayName("P2: first in, first out")
    @Test
    void fifo(QueueDriver q) {
        q.fill("a", "b", "c");
        q.expectRuns("a");
        q.fill("d");
        q.expectRuns("b", "c", "d");
    }

    @Rule("P2")
    @DisplayName("P2: first in, first out within each level")
    @Requires(Capability.PRIORITIES)
    @Test
    void fifoWithinALevel(QueueDriver q) {
        q.addAll(
                job("x1").priority(4),
                job("y1").priority(2),
                job("x2").priority(4),
                job("y2").priority(2));
        q.expectRuns("y1", "y2", "x1", "x2");
    }

    @Rule({"P2", "P9"})
    @DisplayName("P2: the units of one call and the members of a unit keep their order")
    @Test
    void orderOfACall(QueueDriver q) {
        String[] names = IntStream.range(0, 20).mapToObj(i -> "job" + i).toArray(String[]::new);
        q.offerEach(IntStream.range(0, 10).mapToObj(i -> job(names[i])).toArray(JobDraft[]::new));
        JobDraft[] rest = IntStream.range(10, 20).mapToObj(i -> job(names[i])).toArray(JobDraft[]::new);
        if (q.has(Capability.ATOMIC_GROUPS)) q.offer(rest);
        else q.offerEach(rest);
        q.expectRuns(names);
    }

    @Rule("P9")
    @DisplayName("P9: the children of a flow run in the order of the unit")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void orderOfChildren(QueueDriver q) {
        q.add(job("parent").children(job("a").children(job("a1"), job("a2")), job("b"), job("c")));
        q.expectRuns("a1", "a2");
        boolean front = q.has(Capability.FRONT);
        q.expectRuns(front ? new String[] {"a", "b", "c", "parent"} : new String[] {"b", "c", "a", "parent"});
    }

    @Rule("P3")
    @DisplayName("P3: a LIFO job runs before all that wait, the newest first")
    @Requires(Capability.LIFO)
    @Test
    void lifo(QueueDriver q) {
        q.fill("a", "b");
        q.addAll(job("x").lifo(), job("y").lifo());
        q.fill("c");
        q.expectRuns("y", "x", "a", "b", "c");
    }

    @Rule("P3")
    @DisplayName("P3: LIFO joins the front of the jobs without priority")
    @Requires({Capability.LIFO, Capability.PRIORITIES})
    @Test
    void lifoAndLevels(QueueDriver q) {
        q.addAll(job("low").priority(1), job("plain"), job("x").lifo());
        q.expectRuns("x", "plain", "low");
    }

    @Rule("P4")
    @DisplayName("P4: the two lowest levels are told apart, as far as the backend has levels")
    @Requires(Capability.PRIORITIES)
    @Test
    void neighbours(QueueDriver q) {
        q.need(Capability.PRIORITIES);
        int levels = q.backend().info().traits().priorityLevels();
        assertThat(levels).isBetween(2, JobOptions.MAX_PRIORITY + 1);
        q.addAll(job("last").priority(levels - 1), job("last but one").priority(levels - 2));
        q.expectRuns("last but one", "last");
    }

    @Rule("P4")
    @DisplayName("P4: the highest number is a priority like any other")
    @Requires(Capability.PRIORITIES)
    @Test
    void highest(QueueDriver q) {
        q.addAll(job("last").priority(JobOptions.MAX_PRIORITY), job("first"));
        q.expectRuns("first", "last");
    }

    @Rule("P5")
    @DisplayName("P5: a job that is retried at once joins the back of its level")
    @Test
    void retried(QueueDriver q) {
        q.fill("a", "b", "c");
        q.expectClaim("a").retry(0, "again");
        q.expectRuns("b", "c", "a");
    }

    @Rule("P5")
    @DisplayName("P5: a retried job keeps its priority")
    @Requires(Capability.PRIORITIES)
    @Test
    void retriedWithPriority(QueueDriver q) {
        q.addAll(job("a").priority(2), job("b").priority(2), job("low").priority(3));
        q.expectClaim("a").retry(0, "again");
        q.expectRuns("b", "a", "low");
    }

    @Rule("P5")
    @DisplayName("P5: a job retried later joins the back of its level when it falls due")
    @Requires(Capability.PRIORITIES)
    @Test
    void retriedLater(QueueDriver q) {
        q.addAll(job("a").priority(2), job("b").priority(2), job("low").priority(3));
        q.expectClaim("a").retry(2, "again");
        q.advance(2);
        q.expectRuns("b", "a", "low");
    }

    @Rule("P5")
    @DisplayName("P5: a postponed job keeps its priority and joins the back of its level")
    @Requires(Capability.PRIORITIES)
    @Test
    void postponed(QueueDriver q) {
        q.addAll(job("a").priority(2), job("b").priority(2), job("low").priority(3));
        q.expectClaim("a").postpone(2);
        q.advance(2);
        q.expectRuns("b", "a", "low");
    }

    @Rule("P6")
    @DisplayName("P6: a recovered job runs next in its level")
    @Requires(Capability.PRIORITIES)
    @Test
    void recovered(QueueDriver q) {
        q.addAll(job("a").priority(2), job("b").priority(2), job("low").priority(3));
        q.loseLease(q.expectClaim("a"));
        q.recover();
        q.add(job("urgent").priority(1));
        boolean ordered = q.backend().info().traits().recovery() == Recovery.SWEEP;
        if (ordered) q.attach(worker()).expectRuns("urgent", "a", "b", "low");
        else q.attach(worker().capacity(5)).expectAll("urgent", "a", "b", "low");
    }

    @Rule("P7")
    @DisplayName("P7: a released parent without priority runs next, or joins the back where there is no front")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void releasedParent(QueueDriver q) {
        q.add(job("parent").children(job("child")));
        q.fill("a", "b");
        boolean front = q.has(Capability.FRONT);
        q.expectRuns(front ? new String[] {"child", "parent", "a", "b"} : new String[] {"child", "a", "b", "parent"});
    }

    @Rule("P7")
    @DisplayName("P7: a released parent with a priority joins the back of its level")
    @Requires({Capability.PRIORITIES, Capability.ATOMIC_GROUPS})
    @Test
    void releasedParentWithPriority(QueueDriver q) {
        q.add(job("parent").priority(3).children(job("child")));
        q.addAll(job("a").priority(3), job("b").priority(3), job("low").priority(4));
        q.expectRuns("child", "a", "b", "parent", "low");
    }

    @Rule("P8")
    @DisplayName("P8: a LIFO job that is retried at once joins the front again")
    @Requires(Capability.LIFO)
    @Test
    void retriedLifo(QueueDriver q) {
        q.fill("a", "b");
        q.add(job("x").lifo());
        q.expectClaim("x").retry(0, "again");
        q.expectRuns("x", "a", "b");
    }
}
