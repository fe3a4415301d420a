package dev.aurochs.rabbitmq;

import dev.aurochs.queue.Queues;
import dev.aurochs.queue.WorkerOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** A worker in a process of its own, which is killed: says what it ends. */
final class CrashVictim {
    private static final long RUN_NANOS = 5_000_000;
    private static final int CONCURRENCY = 10;

    private CrashVictim() {}

    public static void main(String[] args) throws InterruptedException {
        Queues queues = Queues.open(args[0]);
        queues.worker("work")
                .options(WorkerOptions.builder().concurrency(CONCURRENCY).build())
                .onAny((payload, job) -> {
                    LockSupport.parkNanos(RUN_NANOS);
                    boolean fails = job.name().startsWith("retried") && job.attempt() == 1;
                    if (fails) throw new IllegalStateException("at first");
                    System.out.println("end " + job.name() + " .");
                    return null;
                })
                .start();
        new CountDownLatch(1).await();
    }
}
