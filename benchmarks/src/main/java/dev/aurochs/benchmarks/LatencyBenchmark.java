package dev.aurochs.benchmarks;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.job.JobOptions;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import org.HdrHistogram.Histogram;

/** How soon an idle worker begins: from the call of add to the handler, and from a delay's end to the handler. */
final class LatencyBenchmark {
    private static final int WARM_UP = 300;
    private static final int ROUNDS = 1_000;
    private static final int DELAYED_ROUNDS = 100;
    private static final Duration DELAY = Duration.ofMillis(30);

    private final Scratch scratch;
    private final PrintStream out;

    LatencyBenchmark(Scratch scratch, PrintStream out) {
        this.scratch = scratch;
        this.out = out;
    }

    void run() throws Exception {
        out.printf("%npick-up by an idle worker%n");
        for (String kind : List.of("durable", "memory")) {
            String address = kind.equals("memory") ? "memory:" : scratch.store();
            try (Queues queues = Queues.open(address)) {
                SynchronousQueue<Long> begun = new SynchronousQueue<>();
                Worker worker = queues.worker("bench")
                        .onAny((payload, job) -> {
                            begun.put(System.nanoTime());
                            return null;
                        })
                        .start();
                measure(queues.queue("bench"), begun, WARM_UP, JobOptions.defaults());
                print(kind, "added to begun", measure(queues.queue("bench"), begun, ROUNDS, JobOptions.defaults()));
                JobOptions delayed = JobOptions.builder().delay(DELAY).build();
                print(kind, "due to begun", measure(queues.queue("bench"), begun, DELAYED_ROUNDS, delayed));
                worker.close();
            }
        }
    }

    private static Histogram measure(Queue queue, SynchronousQueue<Long> begun, int rounds, JobOptions options)
            throws InterruptedException {
        Histogram micros = new Histogram(3);
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime() + options.delay().toNanos();
            queue.addAsync("job", Payload.JSON, options);
            micros.recordValue(Math.max(0, begun.take() - start) / 1_000);
        }
        return micros;
    }

    private void print(String kind, String what, Histogram micros) {
        out.printf(
                "  %-8s %-15s p50 %,d µs, p99 %,d µs, max %,d µs%n",
                kind, what, micros.getValueAtPercentile(50), micros.getValueAtPercentile(99), micros.getMaxValue());
    }
}
