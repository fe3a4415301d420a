package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.WorkerDraft.worker;

import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import dev.aurochs.tck.WorkerDriver;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Waiting for work. Each test ends at once when the rule holds; the bounds only end one that does not. */
public abstract class WaitSpec {
    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final long PATIENCE_SECONDS = 20;

    @Rule("C14")
    @DisplayName("C14: work that came between the claim and the wait is not missed")
    @Test
    void noGap(QueueDriver q) throws Exception {
        WorkerDriver worker = q.attach(worker());
        worker.expectNothing();
        q.fill("a");
        soon(worker, () -> {});
        worker.expectRuns("a");
    }

    @Rule("C14")
    @DisplayName("C14: a wake-up that came before the wait ends it")
    @Test
    void wokenBefore(QueueDriver q) throws Exception {
        WorkerDriver worker = q.attach(worker());
        worker.expectNothing();
        worker.session().wake();
        soon(worker, () -> {});
    }

    @Rule("C14")
    @DisplayName("C14: an add ends the wait")
    @Test
    void added(QueueDriver q) throws Exception {
        WorkerDriver worker = q.attach(worker());
        worker.expectNothing();
        soon(worker, () -> q.fill("a"));
        worker.expectRuns("a");
    }

    @Rule("C14")
    @DisplayName("C14: a wake-up ends the wait")
    @Test
    void woken(QueueDriver q) throws Exception {
        WorkerDriver worker = q.attach(worker());
        worker.expectNothing();
        soon(worker, () -> worker.session().wake());
    }

    @Rule("C14")
    @DisplayName("C14: closing the session ends the wait")
    @Test
    void closed(QueueDriver q) throws Exception {
        WorkerDriver worker = q.attach(worker());
        worker.expectNothing();
        soon(worker, worker::close);
    }

    @Rule("C14")
    @DisplayName("C14: a job that waits again ends the wait")
    @Test
    void givenBack(QueueDriver q) throws Exception {
        q.fill("a");
        WorkerDriver worker = q.attach(worker());
        Run run = q.expectClaim("a");
        worker.expectNothing();
        soon(worker, run::giveBack);
        worker.expectRuns("a");
    }

    @Rule("C14")
    @DisplayName("C14: a queue that is resumed ends the wait")
    @Test
    void resumed(QueueDriver q) throws Exception {
        q.fill("a");
        q.pause(QueueDriver.MAIN);
        WorkerDriver worker = q.attach(worker());
        worker.expectNothing();
        soon(worker, () -> q.resume(QueueDriver.MAIN));
        worker.expectRuns("a");
    }

    @Rule({"C14", "D2"})
    @DisplayName("C14: a session that watched for a due moment and took its last job leaves the moment to another")
    @Test
    void dueMomentIsLeftToAnother(QueueDriver q) throws Exception {
        WorkerDriver watches = q.attach(worker());
        WorkerDriver other = q.attach(worker());
        watches.expectNothing();
        other.expectNothing();
        // Where the due moment is not told, nobody needs to be woken to learn of it.
        boolean told = q.backend().info().traits().readAhead() == 0;
        if (told) soon(watches, () -> q.add(job("due").delayedBy(20)));
        else q.add(job("due").delayedBy(20));
        watches.expectNothing();
        soon(watches, () -> q.fill("a"));
        Run last = watches.expect("a");
        soon(other, () -> {});
        other.expectNothing();
        last.complete();
    }

    @Rule({"C14", "L1"})
    @DisplayName("C14: a session that took the last job its rate limit allows leaves the rest to another")
    @Requires(Capability.WORKER_LIMIT)
    @Test
    void restOfAWindowIsLeftToAnother(QueueDriver q) throws Exception {
        RateLimit once = new RateLimit(1, q.time().units(20));
        WorkerDriver takes = q.attach(worker().limit(once));
        WorkerDriver other = q.attach(worker().limit(once));
        takes.expectNothing();
        other.expectNothing();
        q.fill("a", "b");
        soon(takes, () -> {});
        Run run = takes.expect("a");
        soon(other, () -> {});
        other.expectNothing();
        run.complete();
    }

    /** The worker waits on a thread of its own; what is done meanwhile must end the wait. */
    private static void soon(WorkerDriver worker, Runnable meanwhile)
            throws InterruptedException, ExecutionException, TimeoutException {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            CountDownLatch begun = new CountDownLatch(1);
            Future<?> wait = thread.submit(() -> {
                begun.countDown();
                worker.session().awaitWork(FOR_EVER);
                return null;
            });
            begun.await();
            meanwhile.run();
            wait.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }
    }
}
