package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.spec.DeduplicationSpec.holder;
import static dev.aurochs.tck.spec.DeduplicationSpec.keptOut;
import static dev.aurochs.tck.spec.DeduplicationSpec.once;
import static dev.aurochs.tck.spec.DeduplicationSpec.throttle;
import static dev.aurochs.tck.spec.DeduplicationSpec.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.tck.EventTap;
import dev.aurochs.tck.JobDraft;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Adds that take the place of an earlier one, or come after it; deduplication in units and flows. */
@Requires(Capability.DEDUPLICATION)
public abstract class ReplacementSpec {
    private static final String ID = "report";
    private static final Deduplication KEEP_LAST = Deduplication.keepLast(ID);

    private static JobDraft replacing(String name) {
        return with(job(name), Deduplication.untilFinished(ID).replacing());
    }

    private static JobDraft last(String name) {
        return with(job(name), KEEP_LAST);
    }

    /** The one that is remembered, by an id that the test knows. */
    private static JobDraft newest() {
        return last("newest").id("mine");
    }

    private static void complete(QueueDriver q, Run run) {
        run.complete();
        q.expectComes("newest", "mine");
    }

    private static void nothingWaits(QueueDriver q) {
        q.look(look -> assertThat(look.count(JobState.WAITING)).isZero());
    }

    @Rule("A15")
    @DisplayName("A15: of a burst of delayed jobs that replace each other only the newest is left")
    @Test
    void burst(QueueDriver q) {
        q.add(replacing("a").delayedBy(6));
        q.advance(4);
        q.add(replacing("b").delayedBy(6));
        q.expectDropped("a");
        q.add(replacing("c").delayedBy(6));
        q.expectDropped("b");
        assertThat(holder(q)).contains(q.ref("c").id());
        q.advance(4);
        q.expectNothing();
        q.advance(2);
        q.expectRuns("c");
        q.expectNothing();
    }

    @Rule("A15")
    @DisplayName("A15: a job that is not delayed is not replaced, and its ttl goes on")
    @Test
    void notDelayed(QueueDriver q) {
        q.add(replacing("a").delayedBy(2));
        q.advance(2);
        Run run = q.expectClaim("a");
        keptOut(q, replacing("while it runs").delayedBy(2), "a");
        run.complete();
        Deduplication debounce = Deduplication.debounce(ID, q.time().units(6));
        q.add(with(job("b"), debounce));
        q.advance(4);
        keptOut(q, with(job("while it waits"), debounce).delayedBy(2), "b");
        q.advance(2);
        q.add(with(job("c"), debounce));
        q.expectRuns("b", "c");
    }

    @Rule("A15")
    @DisplayName("A15: a replacement holds the id for what is left of the ttl, with extend for a whole one")
    @Test
    void timeLeft(QueueDriver q) {
        q.add(with(job("a"), throttle(q, 8)).delayedBy(9));
        q.advance(4);
        q.add(with(job("b"), throttle(q, 8).replacing()).delayedBy(9));
        q.expectDropped("a");
        q.advance(4);
        assertThat(holder(q)).isEmpty();
        Deduplication debounce = Deduplication.debounce("other", q.time().units(8));
        q.add(with(job("c"), debounce).delayedBy(20));
        q.advance(4);
        q.add(with(job("d"), debounce).delayedBy(20));
        q.expectDropped("c");
        q.advance(6);
        q.add(with(job("e"), debounce).delayedBy(20));
        q.expectDropped("d");
    }

    @Rule("A15")
    @DisplayName("A15: a job that waits for its retry is delayed, and is replaced")
    @Test
    void retried(QueueDriver q) {
        q.add(replacing("a").attempts(2));
        q.expectClaim("a").retry(2, "again");
        q.add(replacing("b"));
        q.expectDropped("a");
        q.expectRuns("b");
        q.advance(2);
        q.expectNothing();
    }

    @Rule("A15")
    @DisplayName("A15: the parent of a replaced job waits for one less")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void parentOfReplaced(QueueDriver q) {
        q.add(job("parent").children(once("child").delayedBy(50), job("sister")));
        q.add(replacing("b"));
        q.expectDropped("child");
        q.expectRuns("sister", "parent", "b");
    }

    @Rule({"A15", "E1"})
    @DisplayName("A15: a replacement shows as Removed, then Deduplicated of the new job, then its add")
    @Test
    void replacementEvents(QueueDriver q) {
        q.add(replacing("a").delayedBy(5));
        EventTap tap = q.watch();
        q.add(replacing("b").delayedBy(5));
        List<QueueEvent> seen = tap.take(4);
        assertThat(seen.stream().map(tap::line))
                .containsExactly("removed a from delayed", "deduplicated b", "added b", "delayed b");
        assertThat(seen.get(1))
                .isInstanceOfSatisfying(
                        QueueEvent.Deduplicated.class,
                        event ->
                                assertThat(event.refused()).isEqualTo(q.ref("a").id()));
        q.expectDropped("a");
    }

    @Rule("A16")
    @DisplayName("A16: of the adds that come while the job runs, the newest is stored when it has completed")
    @Requires(Capability.UNIQUE_IDS)
    @Test
    void keepLast(QueueDriver q) {
        q.add(last("a").data("1"));
        Run run = q.expectClaim("a");
        keptOut(q, last("a again").data("2"), "a");
        keptOut(q, newest().data("3"), "a");
        nothingWaits(q);
        complete(q, run);
        Run next = q.expectClaim("newest");
        assertThat(next.record().body().payload().text()).isEqualTo("3");
        assertThat(holder(q)).contains(next.job().id());
        next.complete();
        q.expectNothing();
        assertThat(holder(q)).isEmpty();
        q.add(last("b"));
    }

    @Rule("A16")
    @DisplayName("A16: the remembered add comes after a final failure too, not after a retry")
    @Requires(Capability.UNIQUE_IDS)
    @Test
    void keepLastFailed(QueueDriver q) {
        q.add(last("a").attempts(2));
        Run run = q.expectClaim("a");
        keptOut(q, newest(), "a");
        run.retry(0, "again");
        Run second = q.expectClaim("a");
        nothingWaits(q);
        second.fail("broken");
        q.expectComes("newest", "mine");
        q.expectRuns("newest");
    }

    @Rule("A16")
    @DisplayName("A16: while the job waits nothing is remembered; a ttl is ignored")
    @Test
    void keepLastWaiting(QueueDriver q) {
        Deduplication both = throttle(q, 4).keepingLast();
        q.add(with(job("a"), both));
        keptOut(q, with(job("while it waits"), both), "a");
        q.advance(4);
        keptOut(q, with(job("after the ttl"), both), "a");
        q.expectRuns("a");
        q.expectNothing();
        q.add(with(job("b"), both));
        q.expectRuns("b");
    }

    @Rule("A16")
    @DisplayName("A16: the delay of a remembered job begins when it is stored; it keeps its id and its options")
    @Requires(Capability.UNIQUE_IDS)
    @Test
    void keepLastDelayed(QueueDriver q) {
        q.add(last("a"));
        Run run = q.expectClaim("a");
        keptOut(q, newest().delayedBy(4).attempts(3), "a");
        q.advance(3);
        complete(q, run);
        q.advance(3);
        q.expectNothing();
        q.advance(1);
        Run next = q.expectClaim("newest");
        assertThat(next.job().id()).isEqualTo(JobId.of("mine"));
        assertThat(next.record().options().attempts()).isEqualTo(3);
        next.complete();
    }

    @Rule("A16")
    @DisplayName("A16: a remembered job whose own id was taken meanwhile is not stored")
    @Requires(Capability.UNIQUE_IDS)
    @Test
    void keepLastTaken(QueueDriver q) {
        q.add(last("a"));
        Run run = q.expectClaim("a");
        keptOut(q, newest(), "a");
        q.add(job("faster").id("mine"));
        run.complete();
        q.expectRuns("faster");
        q.expectNothing();
        q.add(last("b"));
    }

    @Rule({"A16", "E1"})
    @DisplayName("A16: the remembered job shows as added before its predecessor shows as completed")
    @Requires(Capability.UNIQUE_IDS)
    @Test
    void keepLastEvents(QueueDriver q) {
        q.add(last("a"));
        Run run = q.expectClaim("a");
        EventTap tap = q.watch();
        q.offer(newest());
        complete(q, run);
        tap.expect("deduplicated a", "added newest", "waiting newest", "completed a");
    }

    @Rule("A17")
    @DisplayName("A17: removing the job forgets what was remembered")
    @Requires(Capability.CHANGE_WAITING)
    @Test
    void removedWithNext(QueueDriver q) {
        q.add(last("a"));
        Run run = q.expectClaim("a");
        keptOut(q, last("newest"), "a");
        run.postpone(2);
        q.remove("a");
        q.add(last("b"));
        q.expectRuns("b");
        q.expectNothing();
    }

    @Rule("A18")
    @DisplayName("A18: what is remembered outlives that its id is taken away by hand")
    @Requires(Capability.UNIQUE_IDS)
    @Test
    void releasedWithNext(QueueDriver q) {
        q.add(last("a"));
        Run run = q.expectClaim("a");
        keptOut(q, newest(), "a");
        assertThat(q.backend().releaseDeduplication(QueueName.of(QueueDriver.MAIN), ID, q.now()))
                .isTrue();
        assertThat(holder(q)).isEmpty();
        complete(q, run);
        q.expectRuns("newest");
    }

    @Rule("A19")
    @DisplayName("A19: in a unit the first with an id holds it, and the others of the unit are stored")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void unit(QueueDriver q) {
        List<Added> answers = q.offer(once("a"), once("b"), job("c"));
        assertThat(answers.get(1)).isEqualTo(new Added.Deduplicated(q.ref("a").id()));
        q.expectRuns("a", "c");
        q.expectNothing();
    }

    @Rule("A19")
    @DisplayName("A19: a child that is kept out is not waited for, nor is the job that holds its id")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void keptOutChild(QueueDriver q) {
        q.add(once("a").delayedBy(50));
        List<Added> answers = q.offer(job("parent").children(once("child"), job("sister")));
        assertThat(answers.get(1)).isEqualTo(new Added.Deduplicated(q.ref("a").id()));
        q.expectRuns("sister", "parent");
        q.offer(job("lonely").children(once("only child")));
        q.expectRuns("lonely");
    }

    @Rule("A19")
    @DisplayName("A19: a refused unit takes no id")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void refusedUnit(QueueDriver q) {
        q.fill("other");
        q.offer(once("a"), job("orphan").childOf(JobRef.of("q", "no")));
        assertThat(holder(q)).isEmpty();
        q.add(once("b"));
    }

    @Rule("A19")
    @DisplayName("A19: what would not go together is refused: a parent with an id, replace or keep last in a flow")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void refused(QueueDriver q) {
        q.fill("before");
        refused(q, once("parent").children(job("child")));
        refused(q, job("parent").children(replacing("child")));
        refused(q, job("parent").children(last("child")));
        refused(q, last("late child").childOf(q.ref("before")));
        assertThat(holder(q)).isEmpty();
    }

    private static void refused(QueueDriver q, JobDraft draft) {
        q.expectNoChange(() -> assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> q.offer(draft))
                .withMessageContaining("deduplication"));
    }

    @Rule("A19")
    @DisplayName("A19: a running job's new child may replace a delayed one; its parent waits for the new one")
    @Requires({Capability.DYNAMIC_CHILDREN, Capability.LOOKUP, Capability.ATOMIC_GROUPS})
    @Test
    void replacedByChild(QueueDriver q) {
        q.add(job("parent"));
        Run parent = q.expectClaim("parent");
        q.add(replacing("first").delayedBy(50).childOf(parent));
        parent.awaitChildren();
        q.expectState("parent", JobState.WAITING_CHILDREN);
        q.add(replacing("second").childOf(q.ref("parent")));
        q.expectDropped("first");
        q.expectState("parent", JobState.WAITING_CHILDREN);
        q.expectRuns("second", "parent");
    }
}
