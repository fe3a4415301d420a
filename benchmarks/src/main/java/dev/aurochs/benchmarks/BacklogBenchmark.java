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
                "%na backlog of %,d beside one of %,d on the durable store, µs per job; heap in use and disk at its full size%n",
                large, SMALL);
        print("waiting", i -> JobOptions.defaults());
        print("prioritized", i -> JobOptions.builder().priority(i * 31 % 1_000).build());
        print(
                "delayed",
                i -> JobOptions.builder().delay(Duration.ofMillis(1 + i % 50)).build());
        retained();
    }

    private void print(String kind, IntFunction<JobOptions> options) throws Exception {
        cost(kind, SMALL, options, false);
        Cost small = cost(kind, SMALL, options, false);
        Cost big = cost(kind, large, options, true);
        out.printf(
                "  %-12s add %5.1f / %5.1f (×%.2f)   live %5.1f / %5.1f (×%.2f)   heap %d MiB, disk %d MiB%n",
                kind,
                big.addMicros,
                small.addMicros,
                big.addMicros / small.addMicros,
                big.lifeMicros,
                small.lifeMicros,
                big.lifeMicros / small.lifeMicros,
                big.heapMiB,
                big.diskMiB);
    }

    private record Cost(double addMicros, double lifeMicros, long heapMiB, long diskMiB) {}

    /** A small backlog is measured over as many rounds as make up a large one, at least ten. */
    private Cost cost(String kind, int size, IntFunction<JobOptions> options, boolean once) throws Exception {
        int rounds = once ? 1 : 10;
        double adding = 0;
        double living = 0;
        try (Queues queues = Queues.open(scratch.store())) {
            Lives lives = new Lives(queues);
            long heap = 0;
            long disk = 0;
            for (int round = 0; round < rounds; round++) {
                long begin = System.nanoTime();
                lives.fill(kind, size, options);
                adding += System.nanoTime() - begin;
                if (once) {
                    heap = usedHeap();
                    disk = scratch.size() >> 20;
                }
                living += lives.run(kind, size, CONCURRENCY) * 1e9;
            }
            double jobs = (double) size * rounds;
            return new Cost(adding / jobs / 1e3, living / jobs / 1e3, heap, disk);
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
            double first = chunk(lives, keep);
            for (int done = 2 * SMALL; done < large - SMALL; done += 10 * SMALL) {
                lives.fill("kept", 10 * SMALL, keep);
                lives.run("kept", 10 * SMALL, CONCURRENCY);
            }
            double last = chunk(lives, keep);
            long begin = System.nanoTime();
            int page = queues.queue("kept")
                    .list(JobState.COMPLETED, PageRequest.first(50))
                    .items()
                    .size();
            double pageMicros = (System.nanoTime() - begin) / 1e3;
            out.printf(
                    "  %-12s live %5.1f / %5.1f (×%.2f)   the newest %d of %,d in %,.0f µs%n",
                    "retained",
                    last,
                    first,
                    last / first,
                    page,
                    queues.queue("kept").counts().of(JobState.COMPLETED).orElse(0),
                    pageMicros);
        }
    }

    private static double chunk(Lives lives, IntFunction<JobOptions> keep) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            lives.fill("kept", SMALL, keep);
            best = Math.min(best, lives.run("kept", SMALL, CONCURRENCY) * 1e6 / SMALL);
        }
        return best;
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() >> 20;
    }
}
