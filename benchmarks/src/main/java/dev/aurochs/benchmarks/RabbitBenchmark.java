package dev.aurochs.benchmarks;

import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.tck.server.RabbitServer;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/** This library beside the bare client on one RabbitMQ broker of their own, and how late delayed jobs begin. */
final class RabbitBenchmark {
    private static final int ROUNDS = 5;
    private static final int JOBS = 20_000;
    private static final int WINDOW = 1_000;
    private static final int CONCURRENCY = 50;
    private static final int DELAYED_PER_SECOND = 1_000;
    private static final int DELAYED = 10 * DELAYED_PER_SECOND;
    private static final int LONGEST_DELAY_MILLIS = 5_000;

    private final PrintStream out;

    RabbitBenchmark(PrintStream out) {
        this.out = out;
    }

    void run() throws Exception {
        try (RabbitServer server = RabbitServer.startPrivate()) {
            for (String type : List.of("classic", "quorum")) {
                out.printf(
                        "%nrabbitmq, %s queues, 200-byte payloads, medians of %d rounds in turns after a warm-up%n",
                        type, ROUNDS);
                try (Queues queues = Queues.open(server.address() + "?queueType=" + type + "&prefix=" + type);
                        BareRabbit bare = new BareRabbit(server.address(), type)) {
                    pace(new Lives(queues), bare);
                    lateness(queues);
                }
            }
        }
    }

    private void pace(Lives lives, BareRabbit bare) throws Exception {
        double[][] seconds = new double[4][ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            int to = Math.max(0, round);
            long begin = System.nanoTime();
            lives.fill("pace", JOBS);
            seconds[0][to] = (System.nanoTime() - begin) / 1e9;
            seconds[1][to] = bare.publish(JOBS, WINDOW);
            seconds[2][to] = lives.run("pace", JOBS, CONCURRENCY);
            seconds[3][to] = bare.consume(JOBS, CONCURRENCY);
        }
        print("adds/s, lists of " + WINDOW, seconds[0], seconds[1]);
        print("runs/s, concurrency " + CONCURRENCY, seconds[2], seconds[3]);
    }

    private void print(String what, double[] ours, double[] theirs) {
        out.printf(
                "  %-22s aurochs %,8.0f  bare client %,8.0f  %.2f times   goal: at least 0.50%n",
                what, JOBS / middle(ours), JOBS / middle(theirs), middle(theirs) / middle(ours));
    }

    private static double middle(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Jobs come at an even pace, each with a delay of its own. */
    private void lateness(Queues queues) throws InterruptedException {
        ConcurrentHistogram micros = new ConcurrentHistogram(3);
        CountDownLatch left = new CountDownLatch(DELAYED);
        WorkerOptions options = WorkerOptions.builder().concurrency(CONCURRENCY).build();
        Worker worker = queues.worker("late")
                .options(options)
                .onAny((payload, job) -> {
                    micros.recordValue(microsLate(job));
                    left.countDown();
                    return null;
                })
                .start();
        addDelayed(queues.queue("late"));
        left.await();
        worker.close();
        out.printf(
                "  delays up to %d s, %,d jobs a second: late p50 %.1f ms, p99 %.1f ms, max %.1f ms   goal: 5 and 30%n",
                LONGEST_DELAY_MILLIS / 1_000,
                DELAYED_PER_SECOND,
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getMaxValue() / 1e3);
    }

    private static long microsLate(JobContext job) {
        JobBody body = job.record().body();
        Instant due = body.createdAt().plus(body.options().delay());
        return Math.max(0, Duration.between(due, Instant.now()).toNanos() / 1_000);
    }

    private static void addDelayed(Queue queue) {
        Random random = new Random(1);
        long begin = System.nanoTime();
        for (int i = 0; i < DELAYED; i++) {
            long due = begin + TimeUnit.SECONDS.toNanos(1) * i / DELAYED_PER_SECOND;
            for (long wait; (wait = due - System.nanoTime()) > 0; ) LockSupport.parkNanos(wait);
            Duration delay = Duration.ofMillis(random.nextInt(LONGEST_DELAY_MILLIS));
            queue.addAsync(
                    "job", Payload.JSON, JobOptions.builder().delay(delay).build());
        }
    }
}
