package dev.aurochs.rabbitmq;

import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.RateLimit;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Workers in a process of their own, which is killed: says what they start under a limit, and what they end. */
final class CrashVictim {
    static final String WORK = "work";
    static final String LIMITED = "limited";
    static final RateLimit LIMIT = new RateLimit(20, Duration.ofMillis(500));

    private static final long RUN_NANOS = 5_000_000;
    private static final int CONCURRENCY = 10;

    private CrashVictim() {}

    public static void main(String[] args) throws InterruptedException {
        Queues queues = Queues.open(args[0]);
        WorkerOptions.Builder options = WorkerOptions.builder().concurrency(CONCURRENCY);
        queues.worker(WORK)
                .options(options.build())
                .onAny((payload, job) -> run(job))
                .start();
        queues.worker(LIMITED)
                .options(options.rateLimit(LIMIT).build())
                .onAny((payload, job) -> {
                    long claimed = job.record().status().startedAt().toEpochMilli();
                    System.out.println("start " + claimed + " " + System.currentTimeMillis() + " .");
                    return run(job);
                })
                .start();
        new CountDownLatch(1).await();
    }

    private static @Nullable Object run(JobContext job) {
        LockSupport.parkNanos(RUN_NANOS);
        boolean fails = job.name().startsWith("retried") && job.attempt() == 1;
        if (fails) throw new IllegalStateException("at first");
        System.out.println("end " + job.name() + " .");
        return null;
    }
}
