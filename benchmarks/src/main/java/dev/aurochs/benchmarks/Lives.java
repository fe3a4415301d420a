package dev.aurochs.benchmarks;

import dev.aurochs.queue.NewJobSpec;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.JobOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Fills queues and works them off. */
final class Lives {
    private static final int LIST = 1_000;

    private final Queues queues;

    Lives(Queues queues) {
        this.queues = queues;
    }

    void fill(String queue, int jobs) {
        fill(queue, jobs, i -> JobOptions.defaults());
    }

    void fill(String queue, int jobs, IntFunction<JobOptions> options) {
        for (int from = 0; from < jobs; from += LIST) {
            List<NewJobSpec> list = new ArrayList<>(LIST);
            for (int i = from; i < Math.min(jobs, from + LIST); i++)
                list.add(NewJobSpec.of("job", Payload.JSON, options.apply(i)));
            queues.queue(queue).addAll(list);
        }
    }

    /** Runs {@code jobs} jobs; the seconds until the last of their ends was acknowledged. */
    double run(String queue, int jobs, int concurrency) {
        AtomicInteger ran = new AtomicInteger();
        WorkerOptions options = WorkerOptions.builder().concurrency(concurrency).build();
        long begin = System.nanoTime();
        try (Worker worker = queues.worker(queue)
                .onAny((payload, job) -> ran.incrementAndGet())
                .options(options)
                .start()) {
            while (ran.get() < jobs || worker.runningJobs() > 0)
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            return (System.nanoTime() - begin) / 1e9;
        }
    }
}
