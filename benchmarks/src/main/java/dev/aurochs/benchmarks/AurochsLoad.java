package dev.aurochs.benchmarks;

import dev.aurochs.queue.NewJobSpec;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Retention;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** This library under load, as an application uses it. */
final class AurochsLoad implements RedisLibrary {
    private static final Json PAYLOAD = new Json("{\"n\":123}");
    private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();
    private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();

    private final Queues queues;

    AurochsLoad(String address) {
        queues = Queues.open(address);
    }

    @Override
    public double add(String queue, int jobs, int jobsPerCall, int callers) throws InterruptedException {
        Queue target = queues.queue(queue);
        List<NewJobSpec> list = Collections.nCopies(jobsPerCall, NewJobSpec.of("job", PAYLOAD));
        AtomicInteger left = new AtomicInteger(jobs);
        CountDownLatch done = new CountDownLatch(callers);
        Runnable caller = () -> {
            for (int rest; (rest = left.getAndAdd(-jobsPerCall)) > 0; ) {
                if (jobsPerCall == 1) target.add("job", PAYLOAD);
                else target.addAll(list.subList(0, Math.min(jobsPerCall, rest)));
            }
            done.countDown();
        };
        long begin = System.nanoTime();
        for (int i = 0; i < callers; i++) Callers.start(caller);
        done.await();
        return (System.nanoTime() - begin) / 1e9;
    }

    /** The same, but that no thread of a caller waits for an add: each goes on with the next when one is stored. */
    RedisLoad withoutWaiting() {
        return new RedisLoad() {
            /** One by one, whatever is asked for. */
            @Override
            public double add(String queue, int jobs, int jobsPerCall, int callers) {
                return new AsyncAdds(queues.queue(queue), PAYLOAD, jobs).seconds(callers);
            }

            @Override
            public double run(String queue, int jobs, int concurrency, int keep) {
                return AurochsLoad.this.run(queue, jobs, concurrency, keep);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public double run(String queue, int jobs, int concurrency, int keep) {
        AtomicInteger ran = new AtomicInteger();
        long begin = System.nanoTime();
        try (Worker worker = queues.worker(queue)
                .onAny((payload, job) -> {
                    ran.incrementAndGet();
                    return null;
                })
                .options(options(concurrency, keep))
                .start()) {
            while (ran.get() < jobs || worker.runningJobs() > 0) LockSupport.parkNanos(LOOK_NANOS);
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    @Override
    public long[] latency(String queue, int rounds) throws InterruptedException {
        BlockingQueue<Long> begun = new ArrayBlockingQueue<>(1);
        Queue target = queues.queue(queue);
        long[] micros = new long[rounds];
        try (Worker worker = queues.worker(queue)
                .onAny((payload, job) -> {
                    begun.add(System.nanoTime());
                    return null;
                })
                .options(options(1, 0))
                .start()) {
            for (int i = 0; i < rounds; i++) {
                while (worker.runningJobs() > 0) LockSupport.parkNanos(LOOK_NANOS);
                // The worker is idle again: it waits in the server, not on its way there.
                LockSupport.parkNanos(PAUSE_NANOS);
                long start = System.nanoTime();
                target.add("job", PAYLOAD);
                micros[i] = (begun.take() - start) / 1_000;
            }
        }
        return micros;
    }

    private static WorkerOptions options(int concurrency, int keep) {
        return WorkerOptions.builder()
                .concurrency(concurrency)
                .keepCompleted(keep == 0 ? Retention.none() : Retention.newest(keep))
                .build();
    }

    @Override
    public void close() {
        queues.close();
    }
}
