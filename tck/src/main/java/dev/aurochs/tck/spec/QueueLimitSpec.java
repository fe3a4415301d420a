package dev.aurochs.tck.spec;

import static dev.aurochs.tck.QueueDriver.MAIN;
import static dev.aurochs.tck.WorkerDraft.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.QueueChange;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import dev.aurochs.tck.WorkerDriver;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Limits and holds that are set on the queue. */
public abstract class QueueLimitSpec {
    @Rule("L11")
    @DisplayName("L11: a limit set on the queue rules over a worker's own, and over workers without one")
    @Requires({Capability.QUEUE_LIMIT, Capability.WORKER_LIMIT})
    @Test
    void overWorkers(QueueDriver q) {
        q.configure(MAIN, limit(q, Optional.of(2)));
        q.fill("a", "b", "c", "d", "e");
        WorkerDriver generous =
                q.attach(worker().capacity(9).limit(new RateLimit(5, q.time().units(10))));
        WorkerDriver free = q.attach(worker().capacity(9));
        assertThat(generous.claim(1)).hasSize(1);
        assertThat(free.claim(5)).hasSize(1);
        assertThat(generous.claim(5)).isEmpty();
        q.advance(10);
        assertThat(free.claim(5)).hasSize(2);
    }

    @Rule({"C11", "L13"})
    @DisplayName("C11: what many ends make room for under the queue's bound is claimed in the same call")
    @Requires(Capability.GLOBAL_CONCURRENCY)
    @Test
    void manyEnds(QueueDriver q) {
        int bound = 10;
        q.configure(MAIN, new QueueChange.SetConcurrency(OptionalInt.of(bound)));
        q.fill(IntStream.range(0, 2 * bound).mapToObj(i -> "job" + i).toArray(String[]::new));
        WorkerDriver worker = q.attach(worker().capacity(3 * bound));
        List<Settlement> ends = worker.claim(2 * bound).stream()
                .map(run -> new Settlement(run.lease(), run.completed("1")))
                .toList();
        assertThat(ends).hasSize(bound);
        WorkerDriver.SettledThenRuns both = worker.settleAndClaim(ends, 2 * bound);
        assertThat(both.settled()).containsOnly(new Settled.Done());
        assertThat(both.runs()).hasSize(bound);
        both.runs().forEach(Run::complete);
        q.expectNothing();
    }

    @Rule("L11")
    @DisplayName("L11: a limit that is taken away limits no more")
    @Requires(Capability.QUEUE_LIMIT)
    @Test
    void takenAway(QueueDriver q) {
        q.configure(MAIN, limit(q, Optional.of(1)));
        q.fill("a", "b", "c");
        q.expectRuns("a");
        q.expectNothing();
        q.configure(MAIN, limit(q, Optional.empty()));
        q.expectRuns("b", "c");
    }

    @Rule("L7")
    @DisplayName("L7: a held queue gives nothing until the hold is over")
    @Requires(Capability.QUEUE_LIMIT)
    @Test
    void held(QueueDriver q) {
        q.fill("a");
        q.configure(MAIN, new QueueChange.Hold(q.time().units(5)));
        q.expectNothing();
        assertThat(q.on(MAIN).rest()).isInstanceOf(Claimed.Rest.Limited.class);
        q.advance(4);
        q.expectNothing();
        q.advance(1);
        q.expectRuns("a");
    }

    @Rule("L7")
    @DisplayName("L7: a hold may be lifted")
    @Requires(Capability.QUEUE_LIMIT)
    @Test
    void lifted(QueueDriver q) {
        q.fill("a");
        q.configure(MAIN, new QueueChange.Hold(q.time().units(500)));
        q.expectNothing();
        q.configure(MAIN, new QueueChange.LiftHold());
        q.expectRuns("a");
    }

    @Rule({"L7", "R1"})
    @DisplayName("L7: a run may end with a hold; its job is given back at no attempt")
    @Requires(Capability.WORKER_LIMIT)
    @Test
    void rateLimitedRun(QueueDriver q) {
        q.fill("a", "b");
        WorkerDriver worker =
                q.attach(worker().limit(new RateLimit(100, q.time().unit())));
        Run run = worker.expect("a");
        assertThat(run.settle(new Outcome.RateLimited(q.time().units(5)))).isEqualTo(new Settled.Done());
        worker.expectNothing();
        q.advance(4);
        worker.expectNothing();
        q.advance(1);
        if (!q.has(Capability.FRONT)) worker.expectRuns("b");
        Run again = worker.expect("a");
        assertThat(again.record().runs()).isEqualTo(new Runs(0, 2, 0));
        again.complete();
        if (q.has(Capability.FRONT)) worker.expectRuns("b");
    }

    @Rule("L13")
    @DisplayName("L13: no more jobs run at once than the queue allows, over all workers")
    @Requires(Capability.GLOBAL_CONCURRENCY)
    @Test
    void concurrency(QueueDriver q) {
        q.configure(MAIN, new QueueChange.SetConcurrency(OptionalInt.of(2)));
        q.fill("a", "b", "c", "d");
        WorkerDriver one = q.attach(worker().capacity(5));
        WorkerDriver two = q.attach(worker().capacity(5));
        List<Run> first = one.claim(5);
        assertThat(first).extracting(Run::name).containsExactly("a", "b");
        assertThat(two.claim(5)).isEmpty();
        assertThat(two.rest()).isEqualTo(new Claimed.Rest.AtConcurrency());
        first.get(0).complete();
        assertThat(two.claim(5)).extracting(Run::name).containsExactly("c");
        first.get(1).retry(0, "x");
        two.expect("d");
        q.configure(MAIN, new QueueChange.SetConcurrency(OptionalInt.empty()));
        two.expect("b");
    }

    @Rule("L13")
    @DisplayName("L13: a stalled job gives its place free when it is recovered")
    @Requires(Capability.GLOBAL_CONCURRENCY)
    @Test
    void stalledGivesFree(QueueDriver q) {
        q.configure(MAIN, new QueueChange.SetConcurrency(OptionalInt.of(1)));
        q.fill("a", "b");
        q.loseLease(q.expectClaim("a"));
        q.recover();
        q.attach(worker()).expectRuns("a", "b");
    }

    private static QueueChange limit(QueueDriver q, Optional<Integer> max) {
        return new QueueChange.SetRateLimit(
                max.map(most -> new RateLimit(most, q.time().units(10))));
    }
}
