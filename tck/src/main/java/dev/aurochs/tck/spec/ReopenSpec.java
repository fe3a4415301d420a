package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.WorkerDraft.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.tck.EventTap;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is there when a store is opened again. */
@Requires(Capability.REOPENS)
public abstract class ReopenSpec {
    @Rule("B4")
    @DisplayName("B4: waiting jobs are there, in their order")
    @Requires({Capability.LIFO, Capability.PRIORITIES})
    @Test
    void order(QueueDriver q) {
        q.addAll(
                job("low").priority(4),
                job("a"),
                job("b"),
                job("x").lifo(),
                job("high").priority(2));
        q.expectClaim("x").giveBack();
        q.reopen();
        q.fill("c");
        q.expectRuns("x", "a", "b", "c", "high", "low");
        q.reopen();
        q.expectNothing();
    }

    @Rule("B4")
    @DisplayName("B4: delays and retries go on")
    @Test
    void delays(QueueDriver q) {
        q.add(job("retried").attempts(3));
        q.expectClaim("retried").retry(6, "x");
        q.add(job("delayed").delayedBy(3));
        q.reopen();
        q.advance(2);
        q.expectNothing();
        q.advance(1);
        q.expectRuns("delayed");
        q.reopen();
        q.advance(3);
        Run again = q.expectClaim("retried");
        assertThat(again.record().runs()).isEqualTo(new Runs(1, 2, 0));
        assertThat(again.record().failures()).hasSize(1);
        again.complete();
    }

    @Rule("B4")
    @DisplayName("B4: flows go on, with the results so far")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void flows(QueueDriver q) {
        q.add(job("parent").children(job("a"), job("b").in("other")));
        q.expectClaim("a").complete("1");
        q.reopen();
        q.expectState("parent", JobState.WAITING_CHILDREN);
        q.on("other").expect("b").complete("2");
        q.reopen();
        Run parent = q.expectClaim("parent");
        assertThat(parent.children().get("a").result()).hasToString("1");
        assertThat(parent.children().get("b").result()).hasToString("2");
        parent.complete();
    }

    @Rule("B4")
    @DisplayName("B4: finished jobs, logs, counts, settings and queue names are there")
    @Requires(Capability.UNIQUE_IDS)
    @Test
    void everythingElse(QueueDriver q) {
        q.add(job("done").id("done"));
        Run done = q.expectClaim("done");
        done.log("line");
        done.progress("99");
        done.complete("{\"n\":1}");
        q.add(job("broken"));
        q.expectClaim("broken").fail("x");
        q.pause("other");
        q.expectNoChange(q::reopen);
        assertThat(q.offer(job("again").id("done"))).noneMatch(Added.Stored.class::isInstance);
        q.resume("other");
    }

    @Rule("B4")
    @DisplayName("B4: ids that the store assigns stay unique")
    @Test
    void ids(QueueDriver q) {
        q.fill("a", "b");
        q.expectRuns("a", "b");
        q.reopen();
        q.fill("c");
        q.reopen();
        q.fill("d");
        q.expectRuns("c", "d");
    }

    @Rule("B4")
    @DisplayName("B4: events are there, and positions stay valid")
    @Test
    void events(QueueDriver q) {
        EventTap tap = q.watch();
        q.fill("a");
        tap.expect("added a", "waiting a");
        EventPosition position = tap.position();
        q.expectRuns("a");
        q.reopen();
        q.watch(position, QueueDriver.MAIN).expect("active a", "completed a");
        q.watch(EventPosition.START, QueueDriver.MAIN).expect("added a", "waiting a", "active a", "completed a");
    }

    @Rule("B5")
    @DisplayName("B5: what ran is recovered by the first sweep, with a stall, and its old lease is void")
    @Test
    void running(QueueDriver q) {
        q.fill("a", "b");
        Run lost = q.expectClaim("a");
        q.reopen();
        assertThat(q.recover()).containsExactly("a");
        Run again = q.attach(worker()).expect("a");
        assertThat(again.record().runs()).isEqualTo(new Runs(0, 2, 1));
        assertThat(again.settleAs(lost.lease(), lost.completed("1"))).isEqualTo(new Settled.LeaseLost());
        again.complete();
        q.expectRuns("b");
    }
}
