package dev.aurochs.benchmarks;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.tck.server.RedisServer;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Rule W14: how much of the throughput is back after a Redis server was killed and started again. */
final class OutageBenchmark {
    private static final int CALLERS = 8;
    private static final int CONCURRENCY = 50;
    private static final int ROUNDS = 3;
    private static final long SECONDS = 5;
    private static final long AWAY_MILLIS = 3_000;

    private final PrintStream out;
    private final AtomicLong runs = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();

    OutageBenchmark(PrintStream out) {
        this.out = out;
    }

    void run() throws InterruptedException {
        out.printf(
                "%nredis, killed with -9 and started again after %d ms: adds and runs go on by themselves%n",
                AWAY_MILLIS);
        try (RedisServer server = RedisServer.startPrivate(RedisServer.Journal.EVERY_SECOND);
                Queues queues = Queues.open(server.address())) {
            startWorker(queues);
            List<Thread> callers = callers(queues.queue("outage"));
            perSecond();
            for (int round = 1; round <= ROUNDS; round++) {
                double before = perSecond();
                server.kill();
                Thread.sleep(AWAY_MILLIS);
                server.start();
                long back = untilTheNextRun();
                double after = perSecond();
                out.printf(
                        "  round %d: %,.0f runs/s before, the next run %d ms after the start, %,.0f runs/s then: %.0f %%%n",
                        round, before, back, after, 100 * after / before);
            }
            over.set(true);
            for (Thread caller : callers) caller.join();
        }
    }

    /** Closed with the queues. */
    private void startWorker(Queues queues) {
        WorkerOptions options = WorkerOptions.builder()
                .concurrency(CONCURRENCY)
                .keepCompleted(Retention.none())
                .build();
        queues.worker("outage")
                .options(options)
                .onAny((payload, job) -> runs.incrementAndGet())
                .start();
    }

    /** They add all the time, and again after what the outage refused them. */
    private List<Thread> callers(Queue queue) {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Thread caller = new Thread(() -> addUntilOver(queue), "caller-" + i);
            caller.start();
            callers.add(caller);
        }
        return callers;
    }

    private void addUntilOver(Queue queue) {
        while (!over.get()) {
            try {
                queue.add("job", 1);
            } catch (BackendUnavailableException away) {
                Thread.onSpinWait();
            }
        }
    }

    private double perSecond() throws InterruptedException {
        long before = runs.get();
        TimeUnit.SECONDS.sleep(SECONDS);
        return (double) (runs.get() - before) / SECONDS;
    }

    private long untilTheNextRun() throws InterruptedException {
        long before = runs.get();
        long begin = System.nanoTime();
        while (runs.get() == before) Thread.sleep(1);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
