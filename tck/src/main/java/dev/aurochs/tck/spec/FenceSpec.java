package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.WorkerDraft.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Renewed;
import dev.aurochs.queue.spi.Report;
import dev.aurochs.queue.spi.Reported;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Traits.Recovery;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import dev.aurochs.tck.WorkerDriver;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may end a run, and until when. */
public abstract class FenceSpec {
    private static final Settled[] TOO_LATE = {new Settled.LeaseLost(), new Settled.NotActive(), new Settled.NoSuchJob()
    };

    @Rule("C6")
    @DisplayName("C6: a wrong token settles nothing")
    @Test
    void wrongToken(QueueDriver q) {
        q.fill("a");
        Run run = q.expectClaim("a");
        Lease forged = new Lease(run.job(), LeaseToken.random());
        q.expectNoChange(() -> {
            assertThat(run.settleAs(forged, run.completed("1"))).isEqualTo(new Settled.LeaseLost());
            assertThat(run.settleAs(forged, run.failed("x"))).isEqualTo(new Settled.LeaseLost());
            assertThat(run.settleAs(forged, run.retryAfter(3, "x"))).isEqualTo(new Settled.LeaseLost());
        });
        run.complete();
    }

    @Rule("C6")
    @DisplayName("C6: a lease belongs to its job, whatever the token")
    @Test
    void tokenOfAnotherJob(QueueDriver q) {
        q.fill("a", "b");
        WorkerDriver worker = q.attach(worker().capacity(2));
        Run a = worker.expect("a");
        Run b = worker.expect("b");
        Lease crossed = new Lease(a.job(), b.lease().token());
        assertThat(a.settleAs(crossed, a.completed("1"))).isEqualTo(new Settled.LeaseLost());
        a.complete();
        b.complete();
    }

    @Rule("C6")
    @DisplayName("C6: who lost the lease settles nothing, whoever has the job now")
    @Test
    void lostLease(QueueDriver q) {
        q.fill("a");
        Run lost = q.expectClaim("a");
        q.loseLease(lost);
        q.recover();
        q.expectNoChange(() -> assertThat(lost.settle(lost.completed("1"))).isIn((Object[]) TOO_LATE));
        Run second = q.attach(worker("second")).expect("a");
        q.expectNoChange(() -> assertThat(lost.settle(lost.failed("x"))).isIn((Object[]) TOO_LATE));
        second.complete();
    }

    @Rule("C6")
    @DisplayName("C6: settling a job that was removed answers so")
    @Test
    void unknownJob(QueueDriver q) {
        q.fill("a");
        Run run = q.expectClaim("a");
        Lease nobody =
                new Lease(JobRef.of(QueueDriver.MAIN, "nobody"), run.lease().token());
        assertThat(run.settleAs(nobody, run.completed("1"))).isIn(new Settled.NoSuchJob(), new Settled.LeaseLost());
    }

    @Rule("C7")
    @DisplayName("C7: a run is settled once, whatever the first ending was")
    @Test
    void settledOnce(QueueDriver q) {
        q.fill("completed", "failed", "retried", "postponed", "given back");
        WorkerDriver worker = q.attach(worker().capacity(5));
        List<Run> runs = worker.claim(5);
        runs.get(0).complete("1");
        runs.get(1).fail("x");
        runs.get(2).retry(3, "x");
        runs.get(3).postpone(3);
        runs.get(4).giveBack();
        q.expectNoChange(() -> {
            for (Run run : runs)
                assertThat(run.settle(run.completed("2"))).as(run.name()).isIn((Object[]) TOO_LATE);
            for (Run run : runs)
                assertThat(run.settle(run.failed("y"))).as(run.name()).isIn((Object[]) TOO_LATE);
        });
    }

    @Rule("C7")
    @DisplayName("C7: a settlement repeated after a lost reply does not end the next run")
    @Test
    void repeatedSettlement(QueueDriver q) {
        q.fill("a");
        Run first = q.expectClaim("a");
        first.retry(0, "x");
        Run second = q.expectClaim("a");
        q.expectNoChange(
                () -> assertThat(first.settle(first.retryAfter(0, "x"))).isEqualTo(new Settled.LeaseLost()));
        second.complete();
    }

    @Rule("C8")
    @DisplayName("C8: a renewed lease is held for another lease length")
    @Test
    void renewed(QueueDriver q) {
        q.fill("a");
        Run run = q.expectClaim("a");
        for (int i = 0; i < 4; i++) {
            q.advance(6);
            assertThat(run.renew()).isEqualTo(new Renewed.Held());
            assertThat(q.recover()).isEmpty();
        }
        run.complete();
    }

    @Rule("C8")
    @DisplayName("C8: renewing says lost for a lost, a forged and a settled lease")
    @Test
    void notHeld(QueueDriver q) {
        q.fill("settled", "lost");
        WorkerDriver worker = q.attach(worker().capacity(2));
        Run settled = worker.expect("settled");
        settled.complete();
        assertThat(settled.renew()).isEqualTo(new Renewed.Lost());
        Run lost = worker.expect("lost");
        Lease forged = new Lease(lost.job(), LeaseToken.random());
        assertThat(worker.renew(List.of(forged, lost.lease()))).containsExactly(new Renewed.Lost(), new Renewed.Held());
        q.loseLease(lost);
        q.recover();
        assertThat(lost.renew()).isEqualTo(new Renewed.Lost());
    }

    @Rule("C8")
    @DisplayName("C8: a renewal never takes over somebody else's run of the same job")
    @Test
    void renewalIsFenced(QueueDriver q) {
        q.fill("a");
        Run lost = q.expectClaim("a");
        q.loseLease(lost);
        q.recover();
        Run second = q.attach(worker("second")).expect("a");
        assertThat(lost.renew()).isEqualTo(new Renewed.Lost());
        assertThat(second.renew()).isEqualTo(new Renewed.Held());
        second.complete();
    }

    @Rule("C9")
    @DisplayName("C9: progress, log and data of a running job are taken under its lease")
    @Test
    void reports(QueueDriver q) {
        q.fill("a");
        Run run = q.expectClaim("a");
        assertThat(run.progress("50")).isEqualTo(Reported.DONE);
        assertThat(run.log("line 1")).isEqualTo(Reported.DONE);
        assertThat(run.log("line 2")).isEqualTo(Reported.DONE);
        assertThat(run.data("{\"step\":2}")).isEqualTo(Reported.DONE);
        q.look(look -> {
            assertThat(look.record("a").status().progress()).hasToString("50");
            assertThat(look.log("a")).containsExactly("line 1", "line 2");
            assertThat(look.record("a").body().payload()).hasToString("{\"step\":2}");
            assertThat(look.record("a").state()).isEqualTo(JobState.ACTIVE);
        });
        run.complete();
    }

    @Rule("C9")
    @DisplayName("C9: without a live lease nothing is reported")
    @Test
    void reportsAreFenced(QueueDriver q) {
        q.fill("settled", "running");
        Run settled = q.expectClaim("settled");
        settled.complete();
        Run running = q.expectClaim("running");
        Lease forged = new Lease(running.job(), LeaseToken.random());
        WorkerDriver worker = q.on(QueueDriver.MAIN);
        q.expectNoChange(() -> {
            assertThat(settled.progress("1")).isNotEqualTo(Reported.DONE);
            assertThat(settled.log("late")).isNotEqualTo(Reported.DONE);
            assertThat(settled.data("1")).isNotEqualTo(Reported.DONE);
            assertThat(worker.report(List.of(new Report.Log(forged, "forged")))).containsExactly(Reported.LEASE_LOST);
        });
        running.complete();
    }

    @Rule("C9")
    @DisplayName("C9: reports of one batch are answered in order, each for itself")
    @Test
    void reportBatch(QueueDriver q) {
        q.fill("a");
        Run run = q.expectClaim("a");
        Lease forged = new Lease(run.job(), LeaseToken.random());
        assertThat(q.on(QueueDriver.MAIN)
                        .report(List.of(
                                new Report.Log(run.lease(), "1"),
                                new Report.Log(forged, "2"),
                                new Report.Log(run.lease(), "3"))))
                .containsExactly(Reported.DONE, Reported.LEASE_LOST, Reported.DONE);
        q.look(look -> assertThat(look.log("a")).containsExactly("1", "3"));
    }

    @Rule("C12")
    @DisplayName("C12: a job that is given back runs next, at no attempt and no stall")
    @Test
    void givenBack(QueueDriver q) {
        q.fill("a", "b");
        Run run = q.expectClaim("a");
        run.giveBack();
        q.expectState("a", JobState.WAITING);
        Run next = q.on(QueueDriver.MAIN).next().orElseThrow();
        if (q.has(Capability.FRONT)) assertThat(next.name()).isEqualTo("a");
        next.complete();
        Run other = q.on(QueueDriver.MAIN).next().orElseThrow();
        Run again = next.name().equals("a") ? next : other;
        assertThat(again.record().runs()).isEqualTo(new Runs(0, 2, 0));
    }

    @Rule("C12")
    @DisplayName("C12: a job that is given back stays in its level")
    @Requires(Capability.PRIORITIES)
    @Test
    void givenBackInLevel(QueueDriver q) {
        q.addAll(job("low").priority(5), job("lower").priority(6));
        q.expectClaim("low").giveBack();
        q.add(job("urgent").priority(1));
        q.putDown();
        q.expectRuns("urgent", "low", "lower");
    }

    @Rule("C13")
    @DisplayName("C13: a closed session's jobs are recovered by the next sweep, at once")
    @Test
    void closedSession(QueueDriver q) {
        q.fill("a", "b");
        WorkerDriver leaving = q.attach(worker().capacity(2));
        Run a = leaving.expect("a");
        leaving.expect("b").complete();
        leaving.close();
        boolean swept = q.backend().info().traits().recovery() == Recovery.SWEEP;
        assertThat(q.recover()).isEqualTo(swept ? List.of("a") : List.of());
        Run again = q.expectClaim("a");
        assertThat(again.lease()).isNotEqualTo(a.lease());
        again.complete();
    }
}
