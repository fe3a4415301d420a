package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.WorkerDraft.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Traits.Recovery;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import dev.aurochs.tck.WorkerDraft;
import dev.aurochs.tck.WorkerDriver;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Workers that went away. */
public abstract class StallSpec {
    @Rule("S1")
    @DisplayName("S1: a job whose lease ran out is recovered, waits and runs again")
    @Test
    void recovered(QueueDriver q) {
        q.fill("a");
        q.loseLease(q.expectClaim("a"));
        assertThat(q.recover()).isEqualTo(bySweep(q, "a"));
        q.expectState("a", JobState.WAITING);
        Run again = q.attach(worker()).expect("a");
        assertThat(again.record().runs()).isEqualTo(new Runs(0, 2, 1));
        again.complete();
        q.look(look -> assertThat(look.record("a").runs()).isEqualTo(new Runs(1, 2, 1)));
    }

    @Rule("S1")
    @DisplayName("S1: all jobs of a lost worker are recovered")
    @Test
    void allOfAWorker(QueueDriver q) {
        q.fill("a", "b", "c", "d");
        WorkerDriver lost = q.attach(worker().capacity(3));
        q.loseLease(lost.claim(3).get(0));
        assertThat(q.recover()).hasSize(bySweep(q, "a", "b", "c").size());
        q.attach(worker().capacity(5)).expectAll("a", "b", "c", "d");
    }

    @Rule("S1")
    @DisplayName("S1: before the sweep a job without lease is nobody else's")
    @Test
    void notWithoutSweep(QueueDriver q) {
        q.fill("a");
        q.loseLease(q.expectClaim("a"));
        if (q.backend().info().traits().recovery() == Recovery.SWEEP)
            q.attach(worker()).expectNothing();
        q.recover();
        q.attach(worker()).expectRuns("a");
    }

    @Rule("S1")
    @DisplayName("S1: a sweep concerns its queue only")
    @Test
    void otherQueues(QueueDriver q) {
        q.addAll(job("a"), job("b").in("other"));
        q.on("other").expect("b");
        q.loseLease(q.expectClaim("a"));
        assertThat(q.recover(worker("sweeper"))).isEqualTo(bySweep(q, "a"));
        assertThat(q.recover(worker("sweeper").on("other"))).isEqualTo(bySweep(q, "b"));
    }

    @Rule("S2")
    @DisplayName("S2: a job with a live lease is not recovered")
    @Test
    void alive(QueueDriver q) {
        q.fill("a");
        Run run = q.expectClaim("a");
        assertThat(q.recover()).isEmpty();
        q.advance(9);
        assertThat(q.recover()).isEmpty();
        run.complete();
    }

    @Rule("S2")
    @DisplayName("S2: a long run whose lease is renewed is not recovered")
    @Test
    void renewed(QueueDriver q) {
        q.fill("a");
        Run run = q.expectClaim("a");
        int renewals = q.time().isVirtual() ? 10 : 5;
        for (int i = 0; i < renewals; i++) {
            q.advance(5);
            run.renew();
            assertThat(q.recover()).isEmpty();
        }
        run.complete();
    }

    @Rule("S2")
    @DisplayName("S2: another worker's jobs are not recovered with those of a lost one")
    @Test
    void neighbour(QueueDriver q) {
        q.fill("a", "b");
        q.attach(worker("lost")).expect("a");
        Run alive = q.attach(worker("alive")).expect("b");
        q.advance(9);
        alive.renew();
        q.advance(3);
        if (q.backend().info().traits().recovery() == Recovery.SWEEP)
            assertThat(q.recover()).containsExactly("a");
        alive.complete();
    }

    @Rule("S3")
    @DisplayName("S3: a job recovered too often waits with a deferred failure and never runs again")
    @Test
    void tooOften(QueueDriver q) {
        q.fill("a");
        WorkerDraft sweeper = worker("sweeper").maxStalls(1);
        q.loseLease(q.attach(worker().maxStalls(1)).expect("a"));
        q.recover(sweeper);
        q.loseLease(q.attach(worker().maxStalls(1)).expect("a"));
        q.recover(sweeper);
        q.look(look -> {
            assertThat(look.record("a").state()).isIn(JobState.WAITING, JobState.FAILED);
            assertThat(look.record("a").runs().stalls()).isEqualTo(2);
        });
        q.attach(worker().maxStalls(1)).expectNothing();
        q.expectState("a", JobState.FAILED);
    }

    @Rule("S3")
    @DisplayName("S3: the failure of a stalled job follows its policy upward")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void stalledChild(QueueDriver q) {
        q.add(job("parent").children(job("child").onFailure(ChildFailurePolicy.IGNORE)));
        q.loseLease(q.attach(worker()).expect("child"));
        q.recover(worker("sweeper").maxStalls(0));
        q.attach(worker().maxStalls(0)).expectRuns("parent");
    }

    @Rule("S4")
    @DisplayName("S4: by default a job survives three recoveries; the fourth fails it")
    @Test
    void threeTimes(QueueDriver q) {
        q.fill("a");
        for (int stalls = 0; stalls < 4; stalls++) {
            Run run = q.attach(worker()).expect("a");
            assertThat(run.record().runs().stalls()).isEqualTo(stalls);
            q.loseLease(run);
            q.recover();
        }
        q.expectNothing();
        q.expectState("a", JobState.FAILED);
    }

    @Rule("S5")
    @DisplayName("S5: the worker that lost the job cannot settle it, but may claim it again")
    @Test
    void comesBack(QueueDriver q) {
        q.fill("a");
        WorkerDriver worker = q.attach(worker().capacity(2));
        Run lost = worker.expect("a");
        q.loseLease(lost);
        q.recover();
        assertThat(lost.settle(lost.completed("1"))).isNotEqualTo(new Settled.Done());
        Run again = worker.expect("a");
        assertThat(again.lease()).isNotEqualTo(lost.lease());
        assertThat(lost.settle(lost.completed("1"))).isNotEqualTo(new Settled.Done());
        again.complete();
    }

    @Rule("S6")
    @DisplayName("S6: a sweep recovers each job once")
    @Test
    void once(QueueDriver q) {
        q.fill("a");
        q.loseLease(q.expectClaim("a"));
        q.recover();
        assertThat(q.recover()).isEmpty();
        assertThat(q.attach(worker()).expect("a").record().runs().stalls()).isEqualTo(1);
    }

    @Rule("S6")
    @DisplayName("S6: a sweep of a queue without stalled jobs changes nothing")
    @Test
    void nothingStalled(QueueDriver q) {
        q.fill("waiting", "running");
        q.add(job("delayed").delayedBy(50));
        q.expectRuns("waiting");
        q.expectClaim("running");
        q.expectNoChange(() -> assertThat(q.recover()).isEmpty());
    }

    private static List<String> bySweep(QueueDriver q, String... names) {
        return q.backend().info().traits().recovery() == Recovery.SWEEP ? List.of(names) : List.of();
    }
}
