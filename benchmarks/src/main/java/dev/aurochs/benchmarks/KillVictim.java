package dev.aurochs.benchmarks;

import dev.aurochs.queue.Queues;
import dev.aurochs.queue.WorkerOptions;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/** A worker that begins jobs, prints their ids and never ends them; it is there to be killed. Argument: the address. */
final class KillVictim {
    private KillVictim() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true);
        CountDownLatch never = new CountDownLatch(1);
        Queues queues = Queues.open(arguments[0]);
        queues.worker("bench")
                .onAny((payload, job) -> {
                    out.println(job.id());
                    never.await();
                    return null;
                })
                .options(WorkerOptions.builder().concurrency(KillBenchmark.JOBS).build())
                .start();
        never.await();
    }
}
