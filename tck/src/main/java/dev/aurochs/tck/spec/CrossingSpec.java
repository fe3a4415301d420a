package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.WorkerDraft.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.QueueChange;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Where two features meet in one job or queue. Most of these were found by random walks. */
public abstract class CrossingSpec {
    @Rule({"L11", "L13"})
    @DisplayName("L11: the rate limit holds as well when the bound on running jobs is what a claim meets first")
    @Requires({Capability.QUEUE_LIMIT, Capability.GLOBAL_CONCURRENCY})
    @Test
    void limitUnderABound(QueueDriver q) {
        RateLimit limit = new RateLimit(1, q.time().units(10));
        q.configure(QueueDriver.MAIN, new QueueChange.SetRateLimit(Optional.of(limit)));
        q.configure(QueueDriver.MAIN, new QueueChange.SetConcurrency(OptionalInt.of(2)));
        q.fill("a", "b", "c");
        assertThat(q.attach(worker().capacity(3)).claim(3)).hasSize(1);
        q.configure(QueueDriver.MAIN, new QueueChange.SetConcurrency(OptionalInt.empty()));
        q.configure(QueueDriver.MAIN, new QueueChange.SetRateLimit(Optional.empty()));
    }

    @Rule("D3")
    @DisplayName("D3: LIFO jobs that fall due together go in the order of adding")
    @Requires(Capability.LIFO)
    @Test
    void lifoDelayed(QueueDriver q) {
        q.addAll(job("a").lifo().delayedBy(2), job("b").lifo().delayedBy(2));
        q.advance(2);
        q.expectRuns("a", "b");
    }

    @Rule({"P8", "P5"})
    @DisplayName("P8: a LIFO job that has a priority by now joins the back of its level when it is retried at once")
    @Requires({Capability.LIFO, Capability.PRIORITIES, Capability.CHANGE_WAITING})
    @Test
    void lifoWithPriority(QueueDriver q) {
        q.addAll(job("b").priority(1), job("c").priority(1), job("a").lifo().attempts(2));
        Run run = q.expectClaim("a");
        q.change("a", new JobChange.Reprioritise(1, false));
        run.retry(0, "again");
        q.expectRuns("b", "c", "a");
    }
}
