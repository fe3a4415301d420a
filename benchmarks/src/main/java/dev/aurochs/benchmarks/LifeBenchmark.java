package dev.aurochs.benchmarks;

import dev.aurochs.queue.Queues;
import java.io.PrintStream;
import java.util.List;

/** Job lives a second through the real worker: claim, run of an empty handler, settle; the jobs wait already. */
final class LifeBenchmark {
    private static final int JOBS = 200_000;
    private static final int WARM_UP_ROUNDS = 3;

    private final Scratch scratch;
    private final PrintStream out;

    LifeBenchmark(Scratch scratch, PrintStream out) {
        this.scratch = scratch;
        this.out = out;
    }

    void run() throws Exception {
        out.printf(
                "%njob lives, %,d jobs of 200 bytes that wait already, after %d times as many to warm up%n",
                JOBS, WARM_UP_ROUNDS);
        for (String kind : List.of("durable", "memory")) {
            for (int concurrency : new int[] {1, 16, 64, 256}) {
                String address = kind.equals("memory") ? "memory:" : scratch.store();
                try (Queues queues = Queues.open(address)) {
                    Lives lives = new Lives(queues);
                    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                        lives.fill("warm", JOBS);
                        lives.run("warm", JOBS, concurrency);
                    }
                    lives.fill("bench", JOBS);
                    double seconds = lives.run("bench", JOBS, concurrency);
                    out.printf("  %-8s concurrency %-4d %,10.0f lives/s%n", kind, concurrency, JOBS / seconds);
                }
            }
        }
    }
}
