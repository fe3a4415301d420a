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
    private static final Duration DURABLE_SPAN = Duration.ofSeconds(4);
    /** Short: what is added stays in the heap. */
    private static final Duration MEMORY_SPAN = Duration.ofMillis(500);

    private static final int LIST = 1_000;

    private final Scratch scratch;
    private final PrintStream out;

    AddBenchmark(Scratch scratch, PrintStream out) {
        this.scratch = scratch;
        this.out = out;
    }

    void run() throws Exception {
        out.printf(
                "%nadds, 200-byte payloads, durable %d s each, memory %d ms, after as long a warm-up%n",
                DURABLE_SPAN.toSeconds(), MEMORY_SPAN.toMillis());
        for (String kind : List.of("durable", "memory")) {
            for (int callers : new int[] {1, 16, 64})
                print(kind, callers + " callers", blocking(address(kind), span(kind), callers));
            print(kind, "async", async(address(kind), span(kind)));
            print(kind, "lists of " + LIST, lists(address(kind), span(kind)));
        }
    }

    private String address(String kind) throws Exception {
        return kind.equals("memory") ? "memory:" : scratch.store();
    }

    private static Duration span(String kind) {
        return kind.equals("memory") ? MEMORY_SPAN : DURABLE_SPAN;
    }

    private void print(String kind, String how, double perSecond) {
        out.printf("  %-8s %-14s %,10.0f adds/s%n", kind, how, perSecond);
    }

    private static double blocking(String address, Duration span, int callers) throws Exception {
        try (Queues queues = Queues.open(address)) {
            Queue queue = queues.queue("bench");
            addFor(queue, span, callers);
            return addFor(queue, span, callers);
        }
    }

    private static double addFor(Queue queue, Duration span, int callers) throws InterruptedException {
        AtomicInteger added = new AtomicInteger();
        long begin = System.nanoTime();
        long end = begin + span.toNanos();
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

    private static double async(String address, Duration span) throws Exception {
        try (Queues queues = Queues.open(address)) {
            Queue queue = queues.queue("bench");
            asyncFor(queue, span);
            return asyncFor(queue, span);
        }
    }

    private static double asyncFor(Queue queue, Duration span) {
        long begin = System.nanoTime();
        long end = begin + span.toNanos();
        int added = 0;
        CompletionStage<Job> last = null;
        while (System.nanoTime() < end) {
            last = queue.addAsync("job", Payload.JSON, JobOptions.defaults());
            added++;
        }
        if (last != null) last.toCompletableFuture().join();
        return added * 1e9 / (System.nanoTime() - begin);
    }

    private static double lists(String address, Duration span) throws Exception {
        try (Queues queues = Queues.open(address)) {
            Queue queue = queues.queue("bench");
            List<NewJobSpec> list = Collections.nCopies(LIST, NewJobSpec.of("job", Payload.JSON));
            long warm = System.nanoTime() + span.toNanos();
            while (System.nanoTime() < warm) queue.addAll(list);
            long begin = System.nanoTime();
            long end = begin + span.toNanos();
            int added = 0;
            while (System.nanoTime() < end) added += queue.addAll(list).size();
            return added * 1e9 / (System.nanoTime() - begin);
        }
    }
}
