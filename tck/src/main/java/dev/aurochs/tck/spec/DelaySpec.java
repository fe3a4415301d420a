package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.QueueDriver.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Jobs that are not due yet. */
public abstract class DelaySpec {
    @Rule({"D1", "D2"})
    @DisplayName("D1: a delayed job is not claimable before it is due, and is from then on")
    @Test
    void notBeforeDue(QueueDriver q) {
        Instant due = q.now().plus(q.time().units(10));
        q.add(job("a").delayedBy(10));
        q.expectNothing();
        q.advance(4);
        q.expectNothing();
        q.on(MAIN).expectFrom(due, "a").complete();
        q.expectNothing();
    }

    @Rule({"D1", "B6"})
    @DisplayName("D1: not even a moment before")
    @Test
    void notAMomentBefore(QueueDriver q) {
        boolean exact = q.has(Capability.VIRTUAL_DELAYS) && q.time().isVirtual();
        Duration grain = exact ? Duration.ofMillis(1) : q.time().units(5);
        Instant due = q.now().plus(q.time().units(10));
        q.add(job("a").delayedBy(10));
        q.time().pass(q.time().units(10).minus(grain));
        q.expectNothing();
        q.on(MAIN).expectFrom(due, "a").complete();
    }

    @Rule("D1")
    @DisplayName("D1: a delayed job waits its time although others behind it are claimed")
    @Test
    void othersGoFirst(QueueDriver q) {
        q.add(job("delayed").delayedBy(15));
        q.fill("a", "b");
        q.expectRuns("a", "b");
        q.expectNothing();
    }

    @Rule("D1")
    @DisplayName("D1: a delay of years is kept")
    @Test
    void years(QueueDriver q) {
        q.add(job("far").delayedBy(Duration.ofDays(3_652)));
        q.fill("now");
        q.time().passLong();
        q.expectRuns("now");
        q.expectNothing();
        if (!q.time().isVirtual()) q.expectStuck("far");
    }

    @Rule("D2")
    @DisplayName("D2: a job that has been due for long is claimed like any other")
    @Test
    void longDue(QueueDriver q) {
        q.add(job("a").delayedBy(1));
        q.time().passLong();
        q.expectRuns("a");
    }

    @Rule("D3")
    @DisplayName("D3: a job that falls due joins the end of its level")
    @Test
    void joinsTheEnd(QueueDriver q) {
        q.add(job("delayed").delayedBy(1));
        q.fill("a", "b");
        q.advance(2);
        q.expectRuns("a");
        q.fill("c");
        q.expectRuns("b", "delayed", "c");
    }

    @Rule("D3")
    @DisplayName("D3: jobs that fall due together go by due moment, then in the order of adding")
    @Test
    void dueOrder(QueueDriver q) {
        Instant creation = q.now();
        q.add(job("third").createdAt(creation).delayedBy(3));
        q.add(job("first").createdAt(creation).delayedBy(1));
        q.add(job("second").createdAt(creation).delayedBy(2));
        q.add(job("second too").createdAt(creation).delayedBy(2));
        q.advance(5);
        q.expectRuns("first", "second", "second too", "third");
    }

    @Rule("D3")
    @DisplayName("D3: a due job with a priority joins its own level")
    @Requires(Capability.PRIORITIES)
    @Test
    void dueWithPriority(QueueDriver q) {
        q.addAll(
                job("low").priority(9),
                job("due").priority(3).delayedBy(2),
                job("middle").priority(3));
        q.advance(2);
        q.expectRuns("middle", "due", "low");
    }

    @Rule("D4")
    @DisplayName("D4: a delayed job is shown with its due moment")
    @Requires(Capability.LOOKUP)
    @Test
    void shown(QueueDriver q) {
        Instant creation = q.now();
        q.add(job("a").createdAt(creation).delayedBy(3));
        assertThat(q.mustLook().record("a").state()).isEqualTo(JobState.DELAYED);
        assertThat(q.mustLook().record("a").status().dueAt())
                .isEqualTo(creation.plus(q.time().units(3)));
        assertThat(q.mustLook().count(JobState.DELAYED)).isEqualTo(1);
        assertThat(q.mustLook().count(JobState.WAITING)).isZero();
        q.advance(3);
        q.expectRuns("a");
        assertThat(q.mustLook().record("a").status().dueAt()).isNull();
    }

    @Rule("D5")
    @DisplayName("D5: delay zero is no delay")
    @Test
    void zero(QueueDriver q) {
        q.add(job("a").delayedBy(Duration.ZERO));
        q.expectState("a", JobState.WAITING);
        q.expectRuns("a");
    }

    @Rule("D6")
    @DisplayName("D6: a due moment in the past is no delay")
    @Test
    void alreadyDue(QueueDriver q) {
        q.add(job("a").createdAt(q.now().minus(q.time().units(5))).delayedBy(5));
        q.expectState("a", JobState.WAITING);
        q.expectRuns("a");
    }

    @Rule("D6")
    @DisplayName("D6: a delay begins at the creation moment that the job brings")
    @Test
    void ownCreation(QueueDriver q) {
        Instant creation = q.now().minus(q.time().units(3));
        q.add(job("a").createdAt(creation).delayedBy(13));
        q.expectNothing();
        q.on(MAIN).expectFrom(creation.plus(q.time().units(13)), "a").complete();
    }
}
