package dev.aurochs.benchmarks;

import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.Retention;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.IntFunction;

/** What a job costs when ten thousand wait and when a million do: adding and working off, per kind of backlog. */
final class BacklogBenchmark {
    private static final int SMALL = 10_000;
    private static final int CONCURRENCY = 64;

    private final Scratch scratch;
    private final PrintStream out;
    private final int large;

    BacklogBenchmark(Scratch scratch, PrintStream out, int large) {
        this.scratch = scratch;
        this.out = out;
        this.large = large;
    }

    void run() throws Exception {
        out.printf(
                "%na backlog of %,d beside one of %,d on the durable store, µs per job (of processor time); heap in use and disk at its full size%n",
                large, SMALL);
        print("waiting", i -> JobOptions.defaults());
        print("prioritized", i -> JobOptions.builder().priority(i * 31 % 1_000).build());
        print(
                "delayed",
                i -> JobOptions.builder().delay(Duration.ofMillis(1 + i % 50)).build());
        retained();
    }

    private void print(String kind, IntFunction<JobOptions> options) throws Exception {
        cost(kind, SMALL, options);
        Cost small = cost(kind, SMALL, options);
        Cost big = cost(kind, large, options);
        out.printf(
                "  %-12s add %s   live %s   both %s   heap %d MiB, disk %d MiB%n",
                kind,
                big.adding.beside(small.adding),
                big.living.beside(small.living),
                big.both().beside(small.both()),
                big.heapMiB,
                big.diskMiB);
    }

    private record Cost(CostMeter adding, CostMeter living, long heapMiB, long diskMiB) {
        CostMeter both() {
            return adding.and(living);
        }
    }

    /** Each side works off as many jobs in all, so that both bear the flushes and compactions that these bring. */
    private Cost cost(String kind, int size, IntFunction<JobOptions> options) throws Exception {
        CostMeter adding = new CostMeter();
        CostMeter living = new CostMeter();
        try (Queues queues = Queues.open(scratch.store())) {
            Lives lives = new Lives(queues);
            long heap = 0;
            long disk = 0;
            for (int done = 0; done < large; done += size) {
                adding.measure(size, () -> lives.fill(kind, size, options));
                if (size == large) {
                    heap = usedHeap();
                    disk = scratch.size() >> 20;
                }
                living.measure(size, () -> lives.run(kind, size, CONCURRENCY));
            }
            return new Cost(adding, living, heap, disk);
        }
    }

    /** Finished jobs that all stay: what the last ten thousand cost beside the first, and what a page costs. */
    private void retained() throws Exception {
        try (Queues queues = Queues.open(scratch.store())) {
            Lives lives = new Lives(queues);
            IntFunction<JobOptions> keep =
                    i -> JobOptions.builder().keepCompleted(Retention.all()).build();
            lives.fill("kept", SMALL, keep);
            lives.run("kept", SMALL, CONCURRENCY);
            CostMeter first = chunk(lives, keep);
            for (int done = 2 * SMALL; done < large - SMALL; done += 10 * SMALL) {
                lives.fill("kept", 10 * SMALL, keep);
                lives.run("kept", 10 * SMALL, CONCURRENCY);
            }
            CostMeter last = chunk(lives, keep);
            long begin = System.nanoTime();
            int page = queues.queue("kept")
                    .list(JobState.COMPLETED, PageRequest.first(50))
                    .items()
                    .size();
            double pageMicros = (System.nanoTime() - begin) / 1e3;
            out.printf(
                    "  %-12s live %s   the newest %d of %,d in %,.0f µs%n",
                    "retained",
                    last.beside(first),
                    page,
                    queues.queue("kept").counts().of(JobState.COMPLETED).orElse(0),
                    pageMicros);
        }
    }

    private static CostMeter chunk(Lives lives, IntFunction<JobOptions> keep) {
        CostMeter meter = new CostMeter();
        for (int round = 0; round < 10; round++) {
            lives.fill("kept", SMALL, keep);
            meter.measure(SMALL, () -> lives.run("kept", SMALL, CONCURRENCY));
        }
        return meter;
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() >> 20;
    }
}
