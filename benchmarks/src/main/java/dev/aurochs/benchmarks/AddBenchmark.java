package dev.aurochs.benchmarks;

import dev.aurochs.queue.Job;
import dev.aurochs.queue.NewJobSpec;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.JobOptions;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Acknowledged adds a second: one by one from 1, 16 and 64 callers, without waiting, and in lists of a thousand. */
final class AddBenchmark {
    private static final Duration SPAN = Duration.ofSeconds(4);
    private static final int LIST = 1_000;

    private final Scratch scratch;
    private final PrintStream out;

    AddBenchmark(Scratch scratch, PrintStream out) {
        this.scratch = scratch;
        this.out = out;
    }

    void run() throws Exception {
        out.printf("%nadds, 200-byte payloads, %d s each after as long a warm-up%n", SPAN.toSeconds());
        for (String kind : List.of("durable", "memory")) {
            for (int callers : new int[] {1, 16, 64})
                print(kind, callers + " callers", blocking(address(kind), callers));
            print(kind, "async", async(address(kind)));
            print(kind, "lists of " + LIST, lists(address(kind)));
        }
    }

    private String address(String kind) throws Exception {
        return kind.equals("memory") ? "memory:" : scratch.store();
    }

    private void print(String kind, String how, double perSecond) {
        out.printf("  %-8s %-14s %,10.0f adds/s%n", kind, how, perSecond);
    }

    private static double blocking(String address, int callers) throws Exception {
        try (Queues queues = Queues.open(address)) {
            Queue queue = queues.queue("bench");
            addFor(queue, callers);
            return addFor(queue, callers);
        }
    }

    private static double addFor(Queue queue, int callers) throws InterruptedException {
        AtomicInteger added = new AtomicInteger();
        long begin = System.nanoTime();
        long end = begin + SPAN.toNanos();
        CountDownLatch done = new CountDownLatch(callers);
        for (int i = 0; i < callers; i++) {
            new Thread(() -> {
                        while (System.nanoTime() < end) {
                            queue.add("job", Payload.JSON);
                            added.incrementAndGet();
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();
        return added.get() * 1e9 / (System.nanoTime() - begin);
    }

    private static double async(String address) throws Exception {
        try (Queues queues = Queues.open(address)) {
            Queue queue = queues.queue("bench");
            asyncFor(queue);
            return asyncFor(queue);
        }
    }

    private static double asyncFor(Queue queue) {
        long begin = System.nanoTime();
        long end = begin + SPAN.toNanos();
        int added = 0;
        CompletionStage<Job> last = null;
        while (System.nanoTime() < end) {
            last = queue.addAsync("job", Payload.JSON, JobOptions.defaults());
            added++;
        }
        if (last != null) last.toCompletableFuture().join();
        return added * 1e9 / (System.nanoTime() - begin);
    }

    private static double lists(String address) throws Exception {
        try (Queues queues = Queues.open(address)) {
            Queue queue = queues.queue("bench");
            List<NewJobSpec> list = Collections.nCopies(LIST, NewJobSpec.of("job", Payload.JSON));
            long warm = System.nanoTime() + SPAN.toNanos();
            while (System.nanoTime() < warm) queue.addAll(list);
            long begin = System.nanoTime();
            long end = begin + SPAN.toNanos();
            int added = 0;
            while (System.nanoTime() < end) added += queue.addAll(list).size();
            return added * 1e9 / (System.nanoTime() - begin);
        }
    }
}
