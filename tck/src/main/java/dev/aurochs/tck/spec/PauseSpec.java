package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.QueueDriver.MAIN;
import static dev.aurochs.tck.WorkerDraft.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Queues that give nothing for a while. */
public abstract class PauseSpec {
    @Rule("L3")
    @DisplayName("L3: a paused queue gives no jobs, to nobody, and says so")
    @Test
    void nothingWhilePaused(QueueDriver q) {
        q.fill("a");
        pause(q);
        q.expectNothing();
        assertThat(q.on(MAIN).rest()).isEqualTo(new Claimed.Rest.Paused());
        q.attach(worker("other")).expectNothing();
        q.resume(MAIN);
        q.expectRuns("a");
    }

    @Rule("L3")
    @DisplayName("L3: a paused queue still takes adds, and keeps their order")
    @Test
    void takesAdds(QueueDriver q) {
        q.fill("a");
        pause(q);
        q.fill("b");
        q.expectNothing();
        q.resume(MAIN);
        q.fill("c");
        q.expectRuns("a", "b", "c");
    }

    @Rule("L3")
    @DisplayName("L3: what runs may be renewed, retried and completed in a paused queue")
    @Test
    void runningJobsGoOn(QueueDriver q) {
        q.fill("a", "b");
        Run a = q.attach(worker()).expect("a");
        Run b = q.attach(worker()).expect("b");
        pause(q);
        a.renew();
        a.complete();
        b.retry(0, "x");
        q.expectNothing();
        q.resume(MAIN);
        q.expectRuns("b");
    }

    @Rule("L3")
    @DisplayName("L3: a job that falls due in a paused queue waits for the end of the pause")
    @Test
    void dueWhilePaused(QueueDriver q) {
        q.add(job("due").delayedBy(2));
        pause(q);
        q.advance(3);
        q.expectNothing();
        q.resume(MAIN);
        q.expectRuns("due");
    }

    @Rule("L3")
    @DisplayName("L3: a pause concerns one queue; children elsewhere go on and release their parents")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void oneQueue(QueueDriver q) {
        q.add(job("parent").children(job("child").in("other")));
        pause(q);
        q.on("other").expectRuns("child");
        q.expectNothing();
        q.resume(MAIN);
        q.expectRuns("parent");
    }

    @Rule("L3")
    @DisplayName("L3: pausing twice and resuming once resumes; resuming what is not paused is no error")
    @Test
    void idempotent(QueueDriver q) {
        q.resume(MAIN);
        q.fill("a");
        pause(q);
        pause(q);
        q.resume(MAIN);
        q.expectRuns("a");
    }

    @Rule({"L3", "V4"})
    @DisplayName("L3: paused jobs are a view of waiting")
    @Requires(Capability.LOOKUP)
    @Test
    void counted(QueueDriver q) {
        q.fill("a", "b");
        q.pause(MAIN);
        JobCounts counts = q.mustLook().counts(MAIN);
        assertThat(counts.of(JobState.WAITING)).hasValue(2);
        counts.paused().ifPresent(paused -> assertThat(paused).isEqualTo(2));
        assertThat(q.backend().settings(q.ref("a").queue()).paused()).isTrue();
    }

    private static void pause(QueueDriver q) {
        q.pause(MAIN);
        if (!q.time().isVirtual()) q.time().pass(q.backend().info().traits().pauseLag());
    }
}
