package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.WorkerDraft.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.ClaimedJob;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.tck.JobDraft;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import dev.aurochs.tck.WorkerDriver;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Taking jobs. */
public abstract class ClaimSpec {
    @Rule("C1")
    @DisplayName("C1: a claimed job is nobody else's")
    @Test
    void leasedToOne(QueueDriver q) {
        q.fill("a");
        q.expectClaim("a");
        q.expectState("a", JobState.ACTIVE);
        q.attach(worker("other")).expectNothing();
    }

    @Rule("C1")
    @DisplayName("C1: a worker that claims again does not get what it runs already")
    @Test
    void notTwiceToTheSame(QueueDriver q) {
        q.fill("a", "b");
        WorkerDriver two = q.attach(worker().capacity(3));
        two.expect("a");
        two.expect("b");
        two.expectNothing();
    }

    @Rule("C1")
    @DisplayName("C1: a session claims from its own queue only")
    @Test
    void ownQueueOnly(QueueDriver q) {
        q.addAll(job("a").in("other"));
        q.expectNothing();
        q.on("other").expectRuns("a");
    }

    @Rule("C2")
    @DisplayName("C2: a claim answers at most as many as asked for, next to run first")
    @Test
    void batches(QueueDriver q) {
        q.fill("a", "b", "c", "d", "e");
        WorkerDriver many = q.attach(worker().capacity(10));
        assertThat(many.claim(2)).extracting(Run::name).containsExactly("a", "b");
        assertThat(many.claim(8)).extracting(Run::name).containsExactly("c", "d", "e");
        assertThat(many.claim(5)).isEmpty();
    }

    @Rule("C2")
    @DisplayName("C2: a claim on a queue that nobody knows finds nothing and is no error")
    @Test
    void unknownQueue(QueueDriver q) {
        q.on("never used").expectNothing();
        assertThat(q.on("never used").rest()).isInstanceOf(Claimed.Rest.Nothing.class);
    }

    @Rule("C2")
    @DisplayName("C2: the moment of the next due job, where told, is right")
    @Test
    void nextDue(QueueDriver q) {
        Instant due = q.now().plus(q.time().units(13));
        q.add(job("late").createdAt(q.now()).delayedBy(17));
        q.add(job("soon").createdAt(due.minus(q.time().units(13))).delayedBy(13));
        q.expectNothing();
        if (q.on(QueueDriver.MAIN).rest() instanceof Claimed.Rest.Nothing nothing)
            nothing.nextDue().ifPresent(told -> assertThat(told).isEqualTo(due));
    }

    @Rule("C3")
    @DisplayName("C3: every lease of a claim carries the fresh token and the job")
    @Test
    void freshToken(QueueDriver q) {
        q.fill("a", "b");
        LeaseToken fresh = LeaseToken.random();
        WorkerDriver worker = q.attach(worker().capacity(5));
        List<ClaimedJob> jobs = worker.session().claim(5, fresh, q.now()).jobs();
        assertThat(jobs).hasSize(2).allMatch(job -> job.lease().token().equals(fresh));
        assertThat(jobs).allMatch(job -> job.lease().job().equals(job.record().ref()));
    }

    @Rule("C4")
    @DisplayName("C4: the answer shows the run that begins")
    @Test
    void beginsARun(QueueDriver q) {
        q.fill("a");
        Instant before = q.now();
        JobRecord record = q.attach(worker("anna")).expect("a").record();
        assertThat(record.state()).isEqualTo(JobState.ACTIVE);
        assertThat(record.runs()).isEqualTo(new Runs(0, 1, 0));
        assertThat(record.status().startedAt()).isBetween(before, q.now());
        assertThat(record.status().worker()).isEqualTo("anna");
        assertThat(record.status().finishedAt()).isNull();
        q.look(look -> assertThat(look.record("a")).isEqualTo(record));
    }

    @Rule("C5")
    @DisplayName("C5: a claim sees what fell due since the one before")
    @Test
    void promotesFirst(QueueDriver q) {
        q.add(job("urgent").delayedBy(10));
        q.expectNothing();
        q.advance(10);
        assertThat(q.attach(worker().capacity(5)).claim(5))
                .extracting(Run::name)
                .containsExactly("urgent");
    }

    @Rule("C10")
    @DisplayName("C10: a settlement that cannot be carried out leaves its neighbours as they are")
    @Test
    void mixedBatch(QueueDriver q) {
        q.fill("a", "b");
        WorkerDriver worker = q.attach(worker().capacity(2));
        List<Run> runs = worker.claim(2);
        Run a = runs.get(0);
        Run b = runs.get(1);
        Lease wrong = new Lease(a.job(), LeaseToken.random());
        Lease gone = new Lease(JobRef.of(QueueDriver.MAIN, "nobody"), LeaseToken.random());
        List<Settled> answers = worker.settle(List.of(
                new Settlement(wrong, a.completed("1")),
                new Settlement(gone, a.completed("2")),
                new Settlement(b.lease(), b.completed("3")),
                new Settlement(a.lease(), a.completed("4"))));
        assertThat(answers.get(0)).isEqualTo(new Settled.LeaseLost());
        assertThat(answers.get(1)).isIn(new Settled.NoSuchJob(), new Settled.LeaseLost());
        assertThat(answers.subList(2, 4)).containsOnly(new Settled.Done());
        q.look(look -> assertThat(look.record("a").status().result()).hasToString("4"));
    }

    @Rule("C10")
    @DisplayName("C10: settlements of a batch are carried out in list order")
    @Test
    void batchOrder(QueueDriver q) {
        q.fill("a", "b", "c");
        WorkerDriver worker = q.attach(worker().capacity(3));
        List<Run> runs = worker.claim(3);
        List<Settlement> again = Stream.of(2, 0, 1)
                .map(i -> new Settlement(runs.get(i).lease(), runs.get(i).retryAfter(0, "again")))
                .toList();
        assertThat(worker.settle(again)).containsOnly(new Settled.Done());
        worker.expectRuns("c", "a", "b");
    }

    @Rule("C11")
    @DisplayName("C11: settling and claiming in one call means one after the other")
    @Test
    void settleAndClaim(QueueDriver q) {
        q.fill("a", "b");
        WorkerDriver worker = q.attach(worker().capacity(2));
        Run a = worker.expect("a");
        WorkerDriver.SettledThenRuns both =
                worker.settleAndClaim(List.of(new Settlement(a.lease(), a.retryAfter(0, "x"))), 2);
        assertThat(both.settled()).containsExactly(new Settled.Done());
        assertThat(both.runs()).extracting(Run::name).containsExactly("b", "a");
        assertThat(both.runs().get(1).lease()).isNotEqualTo(a.lease());
        assertThat(both.runs().get(1).record().runs()).isEqualTo(new Runs(1, 2, 0));
    }

    @Rule("C11")
    @DisplayName("C11: a settlement that is refused does not stop the claim, and an empty batch is only a claim")
    @Test
    void settleAndClaimApart(QueueDriver q) {
        q.fill("a", "b");
        WorkerDriver worker = q.attach(worker().capacity(2));
        Run a = worker.settleAndClaim(List.of(), 1).runs().get(0);
        a.complete();
        WorkerDriver.SettledThenRuns both =
                worker.settleAndClaim(List.of(new Settlement(a.lease(), a.completed("2"))), 1);
        assertThat(both.settled().get(0)).isNotEqualTo(new Settled.Done());
        assertThat(both.runs()).extracting(Run::name).containsExactly("b");
    }

    @Rule("C15")
    @DisplayName("C15: eight workers at once get each of a thousand jobs once")
    @Test
    void manyWorkers(QueueDriver q) throws InterruptedException, ExecutionException {
        int jobs = 1_000;
        q.offerEach(IntStream.range(0, jobs).mapToObj(i -> job("job" + i)).toArray(JobDraft[]::new));
        List<WorkerDriver> workers = IntStream.range(0, 8)
                .mapToObj(i -> q.attach(worker("w" + i).capacity(7)))
                .toList();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        ExecutorService pool = Executors.newFixedThreadPool(workers.size());
        try {
            List<Future<?>> ends = workers.stream()
                    .<Future<?>>map(worker -> pool.submit(() -> drain(worker, seen, jobs)))
                    .toList();
            for (Future<?> end : ends) end.get();
        } finally {
            pool.shutdownNow();
        }
        assertThat(seen).hasSize(jobs);
        q.expectNothing();
    }

    private static void drain(WorkerDriver worker, Set<String> seen, int jobs) {
        while (seen.size() < jobs) {
            List<Run> runs = worker.awaitSome(7);
            if (runs.isEmpty()) return;
            for (Run run : runs) {
                assertThat(seen.add(run.name()))
                        .as("'%s' was claimed twice", run.name())
                        .isTrue();
                run.complete();
            }
        }
    }
}
