package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.QueueDriver.MAIN;
import static dev.aurochs.tck.WorkerDraft.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import dev.aurochs.tck.WorkerDriver;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How runs end, and what is counted. */
public abstract class RunSpec {
    @Rule("R1")
    @DisplayName("R1: retries, failures and completions count as made, every claim as started")
    @Test
    void counted(QueueDriver q) {
        q.add(job("a").attempts(5));
        q.expectClaim("a").retry(0, "1");
        Run second = q.expectClaim("a");
        assertThat(second.record().runs()).isEqualTo(new Runs(1, 2, 0));
        second.retry(2, "2");
        q.advance(2);
        Run third = q.expectClaim("a");
        assertThat(third.record().runs()).isEqualTo(new Runs(2, 3, 0));
        third.complete();
        q.look(look -> assertThat(look.record("a").runs()).isEqualTo(new Runs(3, 3, 0)));
    }

    @Rule("R1")
    @DisplayName("R1: a failure for good counts as made")
    @Test
    void failureCounts(QueueDriver q) {
        q.fill("a");
        q.expectClaim("a").fail("x");
        q.look(look -> assertThat(look.record("a").runs()).isEqualTo(new Runs(1, 1, 0)));
    }

    @Rule("R1")
    @DisplayName("R1: postponement and give-back cost no attempt")
    @Test
    void notCounted(QueueDriver q) {
        q.fill("a");
        q.expectClaim("a").postpone(0);
        q.expectClaim("a").giveBack();
        assertThat(q.expectClaim("a").record().runs()).isEqualTo(new Runs(0, 3, 0));
    }

    @Rule("R1")
    @DisplayName("R1: a stall costs no attempt and is counted apart")
    @Test
    void stallCounts(QueueDriver q) {
        q.add(job("a").attempts(2));
        q.expectClaim("a").retry(0, "x");
        q.loseLease(q.expectClaim("a"));
        q.recover();
        assertThat(q.attach(worker()).expect("a").record().runs()).isEqualTo(new Runs(1, 3, 1));
    }

    @Rule("R1")
    @DisplayName("R1: waiting for children costs no attempt")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void parentsRuns(QueueDriver q) {
        q.add(job("parent").children(job("child")));
        q.expectRuns("child");
        assertThat(q.expectClaim("parent").record().runs()).isEqualTo(new Runs(0, 1, 0));
    }

    @Rule("R2")
    @DisplayName("R2: a retry is not before the moment given")
    @Test
    void retryIsDelayed(QueueDriver q) {
        q.add(job("a").attempts(3));
        Run first = q.expectClaim("a");
        Instant due = q.now().plus(q.time().units(10));
        first.retry(10, "x");
        q.expectState("a", JobState.DELAYED);
        q.advance(4);
        q.expectNothing();
        q.on(MAIN).expectFrom(due, "a").complete();
    }

    @Rule("R2")
    @DisplayName("R2: a retry whose moment has come waits at once")
    @Test
    void retryAtOnce(QueueDriver q) {
        q.add(job("a").attempts(3));
        q.expectClaim("a").retry(0, "x");
        q.expectState("a", JobState.WAITING);
        q.expectRuns("a");
    }

    @Rule("R2")
    @DisplayName("R2: the backend retries as often as it is told to; the attempts are the worker's business")
    @Test
    void backendDoesNotCountForTheWorker(QueueDriver q) {
        q.add(job("a").attempts(1));
        q.expectClaim("a").retry(0, "1");
        q.expectClaim("a").retry(0, "2");
        q.expectRuns("a");
    }

    @Rule("R4")
    @DisplayName("R4: a job that failed for good shows when and why, and does not come again")
    @Test
    void failed(QueueDriver q) {
        q.fill("a");
        Run run = q.expectClaim("a");
        Instant before = q.now();
        run.fail("disk full");
        q.look(look -> {
            JobStatus status = look.record("a").status();
            assertThat(status.state()).isEqualTo(JobState.FAILED);
            assertThat(status.failedReason()).isEqualTo("disk full");
            assertThat(status.finishedAt()).isBetween(before, q.now());
            assertThat(status.result()).isNull();
        });
        q.time().passLong();
        assertThat(q.recover()).isEmpty();
        q.expectNothing();
    }

    @Rule("R5")
    @DisplayName("R5: a job may fail for good with attempts left")
    @Test
    void unrecoverable(QueueDriver q) {
        q.add(job("a").attempts(10));
        q.expectClaim("a").fail("no such user");
        q.expectState("a", JobState.FAILED);
        q.advance(10);
        q.expectNothing();
    }

    @Rule("R6")
    @DisplayName("R6: the failure history is kept as settled and shown to the next run")
    @Test
    void history(QueueDriver q) {
        Failure first = new Failure("java.io.IOException", "one", "at a\nat b", q.now());
        Failure second = new Failure(null, "zwei ü", "", null);
        q.add(job("a").attempts(3));
        Run run = q.expectClaim("a");
        assertThat(run.settle(new Outcome.Retry(q.now(), "one", List.of(first))))
                .isEqualTo(new Settled.Done());
        Run again = q.expectClaim("a");
        assertThat(again.record().failures()).containsExactly(first);
        assertThat(again.record().status().failedReason()).isEqualTo("one");
        assertThat(again.settle(new Outcome.Failed("zwei ü", List.of(first, second))))
                .isEqualTo(new Settled.Done());
        q.look(look -> assertThat(look.record("a").failures()).containsExactly(first, second));
    }

    @Rule("R6")
    @DisplayName("R6: a history that was trimmed by the worker replaces the one before")
    @Test
    void trimmedHistory(QueueDriver q) {
        Failure old = Failure.of("old", q.now());
        Failure fresh = Failure.of("fresh", q.now());
        q.fill("a");
        q.expectClaim("a").settle(new Outcome.Retry(q.now(), "old", List.of(old)));
        q.expectClaim("a").settle(new Outcome.Retry(q.now(), "fresh", List.of(fresh)));
        Run third = q.expectClaim("a");
        assertThat(third.record().failures()).containsExactly(fresh);
        third.settle(new Outcome.Retry(q.now(), "no stack kept", List.of()));
        Run fourth = q.expectClaim("a");
        assertThat(fourth.record().failures()).isEmpty();
        assertThat(fourth.record().status().failedReason()).isEqualTo("no stack kept");
    }

    @Rule("R7")
    @DisplayName("R7: a postponed job is delayed until the moment given")
    @Test
    void postponed(QueueDriver q) {
        q.fill("a");
        Run first = q.expectClaim("a");
        Instant due = q.now().plus(q.time().units(10));
        first.postpone(10);
        q.expectState("a", JobState.DELAYED);
        q.advance(4);
        q.expectNothing();
        Run again = q.on(MAIN).expectFrom(due, "a");
        assertThat(again.record().failures()).isEmpty();
        assertThat(again.record().status().failedReason()).isNull();
    }

    @Rule("R8")
    @DisplayName("R8: a job with a deferred failure is handed out once, to be failed with that reason")
    @Test
    void deferredFailure(QueueDriver q) {
        q.fill("a", "b");
        q.loseLease(q.expectClaim("a"));
        q.recover(worker("sweeper").maxStalls(0));
        WorkerDriver worker = q.attach(worker().maxStalls(0));
        worker.expectRuns("b");
        worker.expectNothing();
        q.look(look -> {
            assertThat(look.record("a").state()).isEqualTo(JobState.FAILED);
            assertThat(look.record("a").status().failedReason()).contains("stalled");
        });
    }

    @Rule("L6")
    @DisplayName("L6: a job past its waiting expiry is failed unrun")
    @Test
    void expired(QueueDriver q) {
        q.add(job("stale").with(options -> options.expiry(q.time().units(3))));
        q.add(job("fresh").with(options -> options.expiry(q.time().units(30))));
        q.advance(4);
        q.expectRuns("fresh");
        q.expectNothing();
        q.expectState("stale", JobState.FAILED);
    }

    @Rule("L6")
    @DisplayName("L6: a job claimed within its waiting expiry runs, also when it ends later")
    @Test
    void notExpired(QueueDriver q) {
        q.add(job("a").with(options -> options.expiry(q.time().units(5))));
        q.advance(2);
        Run run = q.expectClaim("a");
        q.advance(4);
        run.complete();
        q.expectState("a", JobState.COMPLETED);
    }

    @Rule("R11")
    @DisplayName("R11: what a run reported is there in the next run")
    @Test
    void reportsSurvive(QueueDriver q) {
        q.add(job("a").data("{\"step\":1}"));
        Run run = q.expectClaim("a");
        run.data("{\"step\":2}");
        run.progress("{\"done\":0.5}");
        run.retry(0, "x");
        Run again = q.expectClaim("a");
        assertThat(again.record().body().payload()).hasToString("{\"step\":2}");
        assertThat(again.record().status().progress()).hasToString("{\"done\":0.5}");
    }

    @Rule("R9")
    @DisplayName("R9: a completed job shows when and with what, and does not come again")
    @Test
    void completed(QueueDriver q) {
        q.fill("a");
        Run run = q.expectClaim("a");
        Instant before = q.now();
        run.complete("{\"size\":17}");
        q.look(look -> {
            JobStatus status = look.record("a").status();
            assertThat(status.state()).isEqualTo(JobState.COMPLETED);
            assertThat(status.result()).hasToString("{\"size\":17}");
            assertThat(status.finishedAt()).isBetween(before, q.now());
            assertThat(status.failedReason()).isNull();
        });
        q.time().passLong();
        q.expectNothing();
    }

    @Rule("R9")
    @DisplayName("R9: the reason of an earlier failed run survives success")
    @Test
    void earlierReason(QueueDriver q) {
        q.add(job("a").attempts(2));
        q.expectClaim("a").retry(0, "first try");
        q.expectRuns("a");
        q.look(look -> {
            assertThat(look.record("a").status().failedReason()).isEqualTo("first try");
            assertThat(look.record("a").failures()).hasSize(1);
        });
    }
}
