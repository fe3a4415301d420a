package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.Renewed;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What may be done to one job from outside. */
@Requires(Capability.CHANGE_WAITING)
public abstract class ChangeSpec {
    private static final Changed DONE = new Changed.Done();

    @Rule("K1")
    @DisplayName("K1: a promoted job waits now, at the end of its level")
    @Test
    void promote(QueueDriver q) {
        q.add(job("delayed").delayedBy(50));
        q.fill("a");
        assertThat(q.change("delayed", new JobChange.Promote())).isEqualTo(DONE);
        q.expectState("delayed", JobState.WAITING);
        q.fill("b");
        q.expectRuns("a", "delayed", "b");
        q.advance(60);
        q.expectNothing();
    }

    @Rule({"K1", "P5"})
    @DisplayName("K1: a promoted job keeps its priority")
    @Requires(Capability.PRIORITIES)
    @Test
    void promoteWithPriority(QueueDriver q) {
        q.addAll(
                job("delayed").delayedBy(50).priority(5),
                job("before").priority(5),
                job("low").priority(6));
        q.change("delayed", new JobChange.Promote());
        q.add(job("after").priority(5));
        q.expectRuns("before", "delayed", "after", "low");
    }

    @Rule("K2")
    @DisplayName("K2: a rescheduled job is due its new delay from now, later or sooner")
    @Test
    void reschedule(QueueDriver q) {
        q.addAll(job("later").delayedBy(3), job("sooner").delayedBy(50));
        q.advance(1);
        assertThat(q.change("later", new JobChange.Reschedule(q.time().units(10))))
                .isEqualTo(DONE);
        assertThat(q.change("sooner", new JobChange.Reschedule(q.time().units(4))))
                .isEqualTo(DONE);
        q.advance(3);
        q.expectNothing();
        q.advance(1);
        q.expectRuns("sooner");
        q.advance(5);
        q.expectNothing();
        q.advance(1);
        q.expectRuns("later");
    }

    @Rule("K3")
    @DisplayName("K3: a reprioritised job joins the end of its new level")
    @Requires(Capability.PRIORITIES)
    @Test
    void reprioritise(QueueDriver q) {
        q.addAll(job("a").priority(5), job("b").priority(5), job("c").priority(2), job("d").priority(9));
        assertThat(q.change("d", new JobChange.Reprioritise(2, false))).isEqualTo(DONE);
        assertThat(q.change("a", new JobChange.Reprioritise(9, false))).isEqualTo(DONE);
        q.look(look -> assertThat(look.record("a").status().priority()).isEqualTo(9));
        q.expectRuns("c", "d", "b", "a");
    }

    @Rule("K3")
    @DisplayName("K3: a job may be put to the front of a level")
    @Requires({Capability.PRIORITIES, Capability.LIFO})
    @Test
    void toTheFront(QueueDriver q) {
        q.fill("a", "b", "c");
        q.add(job("low").priority(3));
        q.change("c", new JobChange.Reprioritise(0, true));
        q.expectRuns("c");
        q.change("low", new JobChange.Reprioritise(0, true));
        q.expectRuns("low", "a", "b");
    }

    @Rule("K3")
    @DisplayName("K3: a delayed job notes the new priority for when it is due")
    @Requires(Capability.PRIORITIES)
    @Test
    void reprioritiseDelayed(QueueDriver q) {
        q.addAll(job("delayed").delayedBy(3).priority(9), job("middle").priority(5));
        q.change("delayed", new JobChange.Reprioritise(1, false));
        q.expectState("delayed", JobState.DELAYED);
        q.advance(3);
        q.expectRuns("delayed", "middle");
    }

    @Rule("K4")
    @DisplayName("K4: a completed job may run again; its result is gone meanwhile")
    @Requires(Capability.KEEPS_COMPLETED)
    @Test
    void retryCompleted(QueueDriver q) {
        q.fill("a");
        q.expectClaim("a").complete("1");
        assertThat(q.change("a", new JobChange.Retry(false))).isEqualTo(DONE);
        q.look(look -> assertThat(look.record("a").status().result()).isNull());
        q.expectClaim("a").complete("2");
        q.look(look -> assertThat(look.record("a").status().result()).hasToString("2"));
    }

    @Rule("K5")
    @DisplayName("K5: the next run sees a replaced payload")
    @Test
    void data(QueueDriver q) {
        q.add(job("a").data("1"));
        assertThat(q.change("a", new JobChange.ReplaceData(new Json("{\"n\":2}"))))
                .isEqualTo(DONE);
        Run run = q.expectClaim("a");
        assertThat(run.record().body().payload()).hasToString("{\"n\":2}");
        q.change("a", new JobChange.ReplaceData(new Json("3")));
        run.retry(0, "x");
        assertThat(q.expectClaim("a").record().body().payload()).hasToString("3");
    }

    @Rule("K6")
    @DisplayName("K6: cancelling a waiting or delayed job fails it with the reason")
    @Test
    void cancelWaiting(QueueDriver q) {
        q.fill("waiting");
        q.add(job("delayed").delayedBy(5));
        for (String name : List.of("waiting", "delayed")) {
            assertThat(q.change(name, new JobChange.Cancel("not wanted"))).isEqualTo(DONE);
        }
        q.advance(10);
        q.expectNothing();
        q.look(look -> Stream.of("waiting", "delayed").map(look::record).forEach(record -> {
            assertThat(record.state()).isEqualTo(JobState.FAILED);
            assertThat(record.status().failedReason()).isEqualTo("not wanted");
        }));
    }

    @Rule({"K7", "C8"})
    @DisplayName("K7: cancelling a running job flags it; the renewal says so and the run goes on until it ends itself")
    @Test
    void cancelRunning(QueueDriver q) {
        q.fill("a");
        Run run = q.expectClaim("a");
        assertThat(q.change("a", new JobChange.Cancel("stop it"))).isEqualTo(DONE);
        q.expectState("a", JobState.ACTIVE);
        assertThat(run.renew()).isEqualTo(new Renewed.Cancel("stop it"));
        assertThat(run.renew()).isEqualTo(new Renewed.Cancel("stop it"));
        run.fail("stopped: stop it");
        q.expectState("a", JobState.FAILED);
    }

    @Rule("K17")
    @DisplayName("K17: a change that the state does not allow answers the state and changes nothing")
    @Test
    void wrongState(QueueDriver q) {
        q.add(job("failed"));
        q.expectClaim("failed").fail("x");
        q.add(job("active"));
        q.expectClaim("active");
        q.add(job("waiting"));
        q.add(job("delayed").delayedBy(9));
        q.expectNoChange(() -> {
            for (String name : List.of("failed", "active", "waiting")) wrongState(q, name, new JobChange.Promote());
            for (String name : List.of("failed", "active", "waiting"))
                wrongState(q, name, new JobChange.Reschedule(q.time().unit()));
            for (String name : List.of("delayed", "active", "waiting")) wrongState(q, name, new JobChange.Retry(true));
            wrongState(q, "failed", new JobChange.Cancel("late"));
        });
    }

    @Rule("K17")
    @DisplayName("K17: a change of a job that is not there answers so")
    @Test
    void noSuchJob(QueueDriver q) {
        q.fill("a");
        JobRef nobody = JobRef.of(QueueDriver.MAIN, "nobody");
        List<JobChange> changes = List.of(
                new JobChange.Promote(),
                new JobChange.Reschedule(q.time().unit()),
                new JobChange.Reprioritise(0, false),
                new JobChange.Retry(false),
                new JobChange.ReplaceData(Json.NULL),
                new JobChange.SetProgress(Json.NULL),
                new JobChange.AppendLog("line"),
                new JobChange.Cancel("x"));
        q.expectNoChange(() -> {
            for (JobChange change : changes)
                assertThat(q.backend().change(nobody, change, q.now()))
                        .as("%s", change)
                        .isEqualTo(new Changed.NoSuchJob());
            assertThat(q.backend().remove(nobody, false, q.now())).isEqualTo(new Changed.NoSuchJob());
        });
    }

    @Rule("K18")
    @DisplayName("K18: progress and log lines may come from outside, in any state")
    @Test
    void fromOutside(QueueDriver q) {
        q.fill("a");
        assertThat(q.change("a", new JobChange.SetProgress(new Json("10")))).isEqualTo(DONE);
        assertThat(q.change("a", new JobChange.AppendLog("seen"))).isEqualTo(DONE);
        Run run = q.expectClaim("a");
        assertThat(run.record().status().progress()).hasToString("10");
        run.log("ran");
        run.complete();
        assertThat(q.change("a", new JobChange.AppendLog("archived"))).isEqualTo(DONE);
        q.look(look -> assertThat(look.log("a")).containsExactly("seen", "ran", "archived"));
    }

    private static void wrongState(QueueDriver q, String name, JobChange change) {
        JobState state = JobState.valueOf(name.toUpperCase(Locale.ROOT));
        assertThat(q.change(name, change)).as("%s of a %s job", change, name).isEqualTo(new Changed.WrongState(state));
    }
}
