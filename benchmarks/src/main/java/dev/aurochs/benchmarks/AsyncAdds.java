package dev.aurochs.benchmarks;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Callers that add jobs one by one with {@code addAsync}, each the next when the one before is stored. */
final class AsyncAdds {
    private final Queue queue;
    private final Json payload;
    private final AtomicInteger left;

    AsyncAdds(Queue queue, Json payload, int jobs) {
        this.queue = queue;
        this.payload = payload;
        this.left = new AtomicInteger(jobs);
    }

    /** Until the last is stored; one that fails is thrown. */
    double seconds(int callers) {
        long begin = System.nanoTime();
        CompletableFuture<?>[] ends =
                Stream.generate(this::caller).limit(callers).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(ends).join();
        return (System.nanoTime() - begin) / 1e9;
    }

    private CompletableFuture<Void> caller() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        next(end);
        return end;
    }

    private void next(CompletableFuture<Void> end) {
        if (left.getAndDecrement() <= 0) {
            end.complete(null);
            return;
        }
        queue.addAsync("job", payload, JobOptions.defaults()).whenComplete((job, failure) -> {
            if (failure == null) next(end);
            else end.completeExceptionally(failure);
        });
    }
}
