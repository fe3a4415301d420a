package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.WorkerDraft.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.tck.EventTap;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.WorkerDriver;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How long finished jobs stay. */
@Requires({Capability.LOOKUP, Capability.KEEPS_COMPLETED})
public abstract class RetentionSpec {
    @Rule("L5")
    @DisplayName("L5: the newest completed jobs stay")
    @Test
    void newestCompleted(QueueDriver q) {
        q.fill("a", "b", "c", "d");
        WorkerDriver worker = q.attach(worker().keepCompleted(Retention.newest(2)));
        for (String name : new String[] {"a", "b", "c", "d"}) {
            worker.expectRuns(name);
            q.advance(1);
        }
        q.expectDropped("a");
        q.expectDropped("b");
        assertThat(q.mustLook().names(JobState.COMPLETED)).containsExactly("d", "c");
    }

    @Rule("L5")
    @DisplayName("L5: jobs that finished in the same moment are dropped in the order of finishing")
    @Test
    void sameMoment(QueueDriver q) {
        q.fill("a", "b", "c");
        q.attach(worker().keepCompleted(Retention.newest(1))).expectRuns("a", "b", "c");
        q.expectDropped("a");
        q.expectDropped("b");
        assertThat(q.mustLook().names(JobState.COMPLETED)).containsExactly("c");
    }

    @Rule("L5")
    @DisplayName("L5: failed jobs have a retention of their own")
    @Test
    void failedApart(QueueDriver q) {
        q.fill("a", "b", "c");
        WorkerDriver worker = q.attach(worker().keepFailed(Retention.newest(1)));
        worker.expectRuns("a");
        worker.expect("b").fail("x");
        worker.expect("c").fail("x");
        q.expectDropped("b");
        assertThat(q.mustLook().names(JobState.COMPLETED)).containsExactly("a");
        assertThat(q.mustLook().names(JobState.FAILED)).containsExactly("c");
    }

    @Rule({"L4", "L5"})
    @DisplayName("L4: age is evaluated when another job finishes with the same ending, not before")
    @Test
    void byAge(QueueDriver q) {
        q.fill("old", "young", "failing", "trigger");
        WorkerDriver worker =
                q.attach(worker().keepCompleted(Retention.youngerThan(q.time().units(5))));
        worker.expectRuns("old");
        q.advance(4);
        worker.expectRuns("young");
        q.advance(3);
        q.expectState("old", JobState.COMPLETED);
        worker.expect("failing").fail("x");
        q.expectState("old", JobState.COMPLETED);
        worker.expectRuns("trigger");
        q.expectDropped("old");
        assertThat(q.mustLook().names(JobState.COMPLETED)).containsExactly("trigger", "young");
    }

    @Rule("L12")
    @DisplayName("L12: with retention none a finished job is not stored; its event is")
    @Test
    void keepsNothing(QueueDriver q) {
        q.fill("a", "b");
        EventTap tap = q.watch();
        WorkerDriver worker = q.attach(worker().keepCompleted(Retention.none()).keepFailed(Retention.none()));
        worker.expectRuns("a");
        worker.expect("b").fail("x");
        tap.expect("active a", "completed a", "active b", "failed b", "retries-exhausted b");
        q.expectDropped("a");
        q.expectDropped("b");
        assertThat(q.mustLook().count(JobState.COMPLETED)).isZero();
        assertThat(q.mustLook().count(JobState.FAILED)).isZero();
    }

    @Rule("L8")
    @DisplayName("L8: a job's own retention rules over the worker's")
    @Test
    void ownRetention(QueueDriver q) {
        q.add(job("kept").keepCompleted(Retention.all()));
        q.add(job("gone").with(options -> options.keepFailed(Retention.none())));
        WorkerDriver worker = q.attach(worker().keepCompleted(Retention.none()));
        worker.expectRuns("kept");
        worker.expect("gone").fail("x");
        q.expectDropped("gone");
        assertThat(q.mustLook().names(JobState.COMPLETED)).containsExactly("kept");
    }

    @Rule("L4")
    @DisplayName("L4: retention touches only its own queue and only finished jobs")
    @Test
    void onlyFinished(QueueDriver q) {
        q.fill("a", "b", "waiting");
        q.add(job("delayed").delayedBy(90));
        q.add(job("there").in("other"));
        q.on("other").expectRuns("there");
        q.attach(worker().keepCompleted(Retention.newest(1))).expectRuns("a", "b");
        q.expectDropped("a");
        assertThat(q.mustLook().names(JobState.WAITING)).containsExactly("waiting");
        assertThat(q.mustLook().names(JobState.DELAYED)).containsExactly("delayed");
        q.expectState("there", JobState.COMPLETED);
    }
}
