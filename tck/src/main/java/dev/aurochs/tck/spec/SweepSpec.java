package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.QueueDriver.MAIN;
import static dev.aurochs.tck.WorkerDraft.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.EventBatch;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.Swept;
import dev.aurochs.tck.EventTap;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Changes to many jobs at once. */
@Requires({Capability.LOOKUP, Capability.CHANGE_WAITING})
public abstract class SweepSpec {
    private static final int ENOUGH = 100;

    @Rule("K12")
    @DisplayName("K12: clean removes what finished before a moment, oldest first, within its budget")
    @Test
    void cleanByAge(QueueDriver q) {
        q.fill("a", "b", "c", "young");
        q.expectRuns("a", "b", "c");
        q.advance(10);
        Instant cut = q.now().minus(q.time().units(5));
        q.expectRuns("young");
        assertThat(q.sweep(new BulkAction.Clean(JobState.COMPLETED, cut), 2)).isEqualTo(new Swept(2, true));
        assertThat(q.mustLook().names(JobState.COMPLETED)).containsExactly("young", "c");
        assertThat(q.sweep(new BulkAction.Clean(JobState.COMPLETED, cut), 2)).isEqualTo(new Swept(1, false));
        assertThat(q.mustLook().names(JobState.COMPLETED)).containsExactly("young");
    }

    @Rule("K12")
    @DisplayName("K12: clean concerns one state, and never what runs")
    @Test
    void cleanOneState(QueueDriver q) {
        q.fill("completed", "failed", "active", "waiting");
        q.add(job("delayed").delayedBy(50));
        q.expectRuns("completed");
        q.expectClaim("failed").fail("x");
        q.expectClaim("active");
        q.advance(1);
        q.expectNoChange(() -> assertThat(q.sweep(new BulkAction.Clean(JobState.ACTIVE, q.now()), ENOUGH))
                .isEqualTo(new Swept(0, false)));
        assertThat(q.sweep(new BulkAction.Clean(JobState.FAILED, q.now()), ENOUGH))
                .isEqualTo(new Swept(1, false));
        assertThat(q.sweep(new BulkAction.Clean(JobState.DELAYED, q.now()), ENOUGH))
                .isEqualTo(new Swept(1, false));
        assertThat(q.mustLook().find("failed")).isEmpty();
        assertThat(q.mustLook().find("delayed")).isEmpty();
        for (String name : new String[] {"completed", "active", "waiting"})
            assertThat(q.mustLook().find(name)).as(name).isPresent();
    }

    @Rule("K12")
    @DisplayName("K12: unfinished jobs are cleaned in list order, those created up to the moment only")
    @Test
    void cleanInListOrder(QueueDriver q) {
        Instant old = q.now().minus(q.time().units(20));
        Instant cut = q.now().minus(q.time().units(5));
        q.addAll(
                job("young"),
                job("first").createdAt(old.plusMillis(2)),
                job("second").createdAt(old),
                job("third").createdAt(cut));
        assertThat(q.sweep(new BulkAction.Clean(JobState.WAITING, cut), 1)).isEqualTo(new Swept(1, true));
        assertThat(q.mustLook().names(JobState.WAITING)).containsExactly("young", "second", "third");
        assertThat(q.sweep(new BulkAction.Clean(JobState.WAITING, cut), ENOUGH)).isEqualTo(new Swept(2, false));
        q.expectRuns("young");
    }

    @Rule({"K12", "F5"})
    @DisplayName(
            "K12: with a failed child that is cleaned goes its parent of the same queue; one elsewhere is released")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void cleanFailedChildren(QueueDriver q) {
        q.need(Capability.CHANGE_WAITING);
        q.add(job("here").children(job("a")));
        q.add(job("elsewhere").in("other").children(job("b")));
        q.expectClaim("a").fail("x");
        q.expectClaim("b").fail("x");
        assertThat(q.sweep(new BulkAction.Clean(JobState.FAILED, q.now()), ENOUGH))
                .isEqualTo(new Swept(2, false));
        assertThat(q.mustLook().find("here")).isEmpty();
        q.expectNothing();
        q.on("other").expectRuns("elsewhere");
    }

    @Rule("K13")
    @DisplayName("K13: obliterate leaves nothing of the queue, and nothing else is touched")
    @Test
    void obliterate(QueueDriver q) {
        q.fill("completed", "failed", "waiting");
        q.add(job("delayed").delayedBy(5));
        q.add(job("there").in("other"));
        q.expectRuns("completed");
        q.expectClaim("failed").fail("x");
        q.pause(MAIN);
        while (q.sweep(new BulkAction.Obliterate(false), 2).more()) {}
        for (JobState state : JobState.values())
            assertThat(q.mustLook().count(state)).as("%s", state).isZero();
        assertThat(q.backend().settings(QueueName.of(MAIN))).isEqualTo(QueueSettings.DEFAULTS);
        if (q.has(Capability.QUEUE_LISTING)) assertThat(q.backend().queues()).containsExactly(QueueName.of("other"));
        q.on("other").expectRuns("there");
        q.fill("new life");
        q.expectRuns("new life");
    }

    @Rule("K13")
    @DisplayName("K13: while jobs run, obliterate changes nothing unless forced")
    @Test
    void obliterateWhileRunning(QueueDriver q) {
        q.fill("running", "waiting");
        q.expectClaim("running");
        q.expectNoChange(() ->
                assertThat(q.sweep(new BulkAction.Obliterate(false), ENOUGH)).isEqualTo(new Swept(0, false)));
        while (q.sweep(new BulkAction.Obliterate(true), ENOUGH).more()) {}
        assertThat(q.mustLook().find("running")).isEmpty();
        assertThat(q.mustLook().find("waiting")).isEmpty();
        q.attach(worker()).expectNothing();
    }

    @Rule("K13")
    @DisplayName("K13: obliterating a queue of children releases their parents elsewhere")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void obliterateChildren(QueueDriver q) {
        q.add(job("parent").children(job("a").in("other"), job("b").in("other")));
        q.backend().sweep(QueueName.of("other"), new BulkAction.Obliterate(false), ENOUGH, q.now());
        q.expectDropped("a");
        q.expectDropped("b");
        assertThat(q.mustLook().counts("other").of(JobState.WAITING)).hasValue(0);
        q.expectRuns("parent");
    }

    @Rule("K15")
    @DisplayName("K15: all delayed jobs are promoted, next due first")
    @Test
    void promoteAll(QueueDriver q) {
        q.addAll(
                job("late").delayedBy(9),
                job("soon").delayedBy(3),
                job("middle").delayedBy(5),
                job("waiting"));
        assertThat(q.sweep(new BulkAction.PromoteAll(), 2)).isEqualTo(new Swept(2, true));
        assertThat(q.sweep(new BulkAction.PromoteAll(), 2)).isEqualTo(new Swept(1, false));
        assertThat(q.mustLook().count(JobState.DELAYED)).isZero();
        q.expectRuns("waiting", "soon", "middle", "late");
    }

    @Rule({"K16", "E12"})
    @DisplayName("K16: trimmed events are gone, and a reader that missed some is told")
    @Requires(Capability.EVENT_REPLAY)
    @Test
    void trimEvents(QueueDriver q) throws InterruptedException {
        EventTap tap = q.watch();
        q.fill("first");
        tap.expect("added first", "waiting first");
        for (int i = 0; i < 5_000; i++) q.change("first", new JobChange.SetProgress(Json.NULL));
        q.fill("last");
        q.sweep(new BulkAction.TrimEvents(1), ENOUGH);
        assertThat(q.mustLook().find("first")).isPresent();
        try (EventReader behind = q.backend().open(Set.of(QueueName.of(MAIN)), tap.position());
                EventReader fresh = q.backend().open(Set.of(QueueName.of(MAIN)), EventPosition.START)) {
            EventBatch missed = behind.read(10_000, Duration.ZERO);
            assertThat(missed.gap()).isTrue();
            assertThat(missed.events()).hasSizeLessThan(5_000);
            assertThat(tap.line(missed.events().get(missed.events().size() - 1)))
                    .isEqualTo("waiting last");
            assertThat(fresh.read(10_000, Duration.ZERO).events()).isEqualTo(missed.events());
        }
    }
}
