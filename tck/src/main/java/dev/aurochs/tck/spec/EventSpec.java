package dev.aurochs.tck.spec;

import static dev.aurochs.queue.job.ChildFailurePolicy.FAIL_PARENT;
import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.WorkerDraft.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.tck.EventTap;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which events tell of which step. */
public abstract class EventSpec {
    @Rule("E1")
    @DisplayName("E1: the life of a job")
    @Test
    void life(QueueDriver q) {
        EventTap tap = q.watch();
        q.fill("a");
        tap.expect("added a", "waiting a");
        Run run = q.expectClaim("a");
        tap.expect("active a");
        run.progress("1");
        tap.expect("progress a");
        run.complete("{}");
        tap.expect("completed a");
        tap.expectNoMore();
    }

    @Rule("E1")
    @DisplayName("E1: a delayed job waits from delayed when it falls due, then becomes active")
    @Test
    void delayed(QueueDriver q) {
        EventTap tap = q.watch();
        q.add(job("a").delayedBy(2));
        tap.expect("added a", "delayed a");
        q.advance(2);
        q.expectClaim("a");
        tap.expect("waiting a from delayed", "active a");
        tap.expectNoMore();
    }

    @Rule("E1")
    @DisplayName("E1: retry, postponement and give-back show where the job went")
    @Test
    void backAgain(QueueDriver q) {
        q.fill("a");
        EventTap tap = q.watch();
        q.expectClaim("a").retry(0, "x");
        tap.expect("active a", "waiting a from active");
        q.expectClaim("a").giveBack();
        tap.expect("active a", "waiting a from active");
        q.expectClaim("a").retry(2, "x");
        tap.expect("active a", "delayed a");
        q.advance(2);
        q.expectClaim("a").postpone(2);
        tap.expect("waiting a from delayed", "active a", "delayed a");
        tap.expectNoMore();
    }

    @Rule("E1")
    @DisplayName("E1: an own id that is there already shows as duplicated")
    @Requires(Capability.UNIQUE_IDS)
    @Test
    void duplicated(QueueDriver q) {
        EventTap tap = q.watch();
        q.add(job("a").id("own"));
        q.offer(job("again").id("own"));
        tap.expect("added a", "waiting a", "duplicated a");
        tap.expectNoMore();
    }

    @Rule("E1")
    @DisplayName("E1: a refused unit shows nothing")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void refused(QueueDriver q) {
        EventTap tap = q.watch();
        q.offer(job("a"), job("orphan").childOf(JobRef.of(QueueDriver.MAIN, "nobody")));
        tap.expectNoMore();
        q.fill("b");
        tap.expect("added b", "waiting b");
    }

    @Rule("E1")
    @DisplayName("E1: removal tells the state the job was in")
    @Requires(Capability.CHANGE_WAITING)
    @Test
    void removed(QueueDriver q) {
        q.fill("a");
        q.add(job("b").delayedBy(9));
        EventTap tap = q.watch();
        q.remove("a");
        q.remove("b");
        tap.expect("removed a from waiting", "removed b from delayed");
    }

    @Rule("E1")
    @DisplayName("E1: changes from outside show where the job went")
    @Requires(Capability.CHANGE_WAITING)
    @Test
    void changed(QueueDriver q) {
        q.add(job("a").delayedBy(9));
        EventTap tap = q.watch();
        q.change("a", new JobChange.Reschedule(q.time().units(5)));
        q.change("a", new JobChange.Promote());
        tap.expect("delayed a", "waiting a from delayed");
        q.expectClaim("a").fail("x");
        tap.expect("active a", "failed a", "retries-exhausted a");
        q.change("a", new JobChange.Retry(false));
        tap.expect("waiting a from failed");
        q.change("a", new JobChange.SetProgress(Json.NULL));
        tap.expect("progress a");
        q.change("a", new JobChange.Cancel("enough"));
        assertThat(tap.line(tap.take(1).get(0))).isEqualTo("failed a");
    }

    @Rule("E5")
    @DisplayName("E5: a final failure shows as failed, then retries exhausted")
    @Test
    void exhausted(QueueDriver q) {
        q.add(job("a").attempts(2));
        EventTap tap = q.watch();
        q.expectClaim("a").retry(0, "x");
        q.expectClaim("a").fail("y");
        tap.expect("active a", "waiting a from active", "active a", "failed a", "retries-exhausted a");
        tap.expectNoMore();
    }

    @Rule("E5")
    @DisplayName("E5: a failure with attempts left exhausts nothing")
    @Test
    void unrecoverable(QueueDriver q) {
        q.add(job("a").attempts(9));
        EventTap tap = q.watch();
        q.expectClaim("a").fail("y");
        tap.expect("active a", "failed a");
        tap.expectNoMore();
    }

    @Rule("E6")
    @DisplayName("E6: a recovery shows as waiting, then stalled")
    @Test
    void stalled(QueueDriver q) {
        q.fill("a");
        EventTap tap = q.watch();
        q.loseLease(q.expectClaim("a"));
        List<String> recovered = q.recover();
        if (!recovered.isEmpty()) tap.expect("active a", "waiting a from active", "stalled a");
        q.attach(worker()).expectRuns("a");
    }

    @Rule({"E7", "E1"})
    @DisplayName("E7: the life of a flow")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void flow(QueueDriver q) {
        EventTap tap = q.watch();
        q.add(job("parent").children(job("child")));
        tap.expect("added parent", "waiting-children parent", "added child", "waiting child");
        q.expectRuns("child");
        tap.expect("active child", "completed child", "waiting parent from waiting-children");
        q.expectRuns("parent");
        tap.expect("active parent", "completed parent");
        tap.expectNoMore();
    }

    @Rule("E7")
    @DisplayName("E7: a parent with a delay is released into it")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void delayedParent(QueueDriver q) {
        q.add(job("parent").delayedBy(3).children(job("child").in("other")));
        EventTap tap = q.watch();
        q.on("other").expectRuns("child");
        tap.expect("delayed parent");
        tap.expectNoMore();
    }

    @Rule("E7")
    @DisplayName("E7: a parent that is to fail is released, and fails when it is next claimed")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void failingParent(QueueDriver q) {
        q.add(job("parent").children(job("child").in("other").onFailure(FAIL_PARENT)));
        EventTap tap = q.watch();
        q.on("other").expect("child").fail("x");
        q.expectNothing();
        List<String> lines = tap.take(3).stream().map(tap::line).toList();
        assertThat(lines).containsExactly("waiting parent from waiting-children", "active parent", "failed parent");
    }

    @Rule("E7")
    @DisplayName("E7: a running job that waits for children shows so, and its release")
    @Requires({Capability.DYNAMIC_CHILDREN, Capability.ATOMIC_GROUPS})
    @Test
    void dynamicChildren(QueueDriver q) {
        q.fill("parent");
        EventTap tap = q.watch();
        Run run = q.expectClaim("parent");
        q.add(job("child").in("other").childOf(run));
        run.awaitChildren();
        q.on("other").expectRuns("child");
        tap.expect("active parent", "waiting-children parent from active", "waiting parent from waiting-children");
        q.expectClaim("parent").awaitChildren();
        tap.expect("active parent", "waiting parent from active");
    }

    @Rule("E8")
    @DisplayName("E8: pause and resume are told")
    @Test
    void paused(QueueDriver q) {
        EventTap tap = q.watch();
        q.pause(QueueDriver.MAIN);
        q.resume(QueueDriver.MAIN);
        tap.expect("paused", "resumed");
    }

    @Rule("E2")
    @DisplayName("E2: an event carries the job, the moment of its call and what belongs to it")
    @Test
    void contents(QueueDriver q) {
        EventTap tap = q.watch();
        Instant begin = q.now();
        q.add(job("a").createdAt(begin).delayedBy(2));
        q.advance(2);
        Run run = q.expectClaim("a");
        run.progress("50");
        run.complete("{\"n\":1}");
        List<QueueEvent> events = tap.take(6);
        assertThat(events)
                .hasSize(6)
                .allMatch(event -> ((QueueEvent.OfJob) event).job().equals(q.ref("a")));
        assertThat(((QueueEvent.Added) events.get(0)).name()).isEqualTo("a");
        assertThat(((QueueEvent.Delayed) events.get(1)).dueAt())
                .isEqualTo(begin.plus(q.time().units(2)));
        assertThat(((QueueEvent.Progress) events.get(4)).progress()).hasToString("50");
        assertThat(((QueueEvent.Completed) events.get(5)).result()).hasToString("{\"n\":1}");
        assertThat(events)
                .extracting(QueueEvent::at)
                .isSorted()
                .allMatch(at -> !at.isBefore(begin) && !at.isAfter(q.now()));
        if (q.time().isVirtual()) assertThat(events.get(0).at()).isEqualTo(begin);
    }

    @Rule("E2")
    @DisplayName("E2: a failure carries its reason, exhaustion the attempts made")
    @Test
    void failureContents(QueueDriver q) {
        q.add(job("a").attempts(2));
        q.expectClaim("a").retry(0, "first");
        EventTap tap = q.watch();
        q.expectClaim("a").fail("second");
        List<QueueEvent> events = tap.take(3);
        assertThat(((QueueEvent.Failed) events.get(1)).reason()).isEqualTo("second");
        assertThat(((QueueEvent.RetriesExhausted) events.get(2)).attemptsMade()).isEqualTo(2);
    }
}
