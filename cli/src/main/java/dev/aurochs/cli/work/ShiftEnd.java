package dev.aurochs.cli.work;

import dev.aurochs.queue.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Brings workers to an end: gently first, at once when another signal comes. */
final class ShiftEnd {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final List<Worker> workers;
    private final StopSignals stops;
    private final Tally tally;

    ShiftEnd(List<Worker> workers, StopSignals stops, Tally tally) {
        this.workers = workers;
        this.stops = stops;
        this.tally = tally;
    }

    /**
     * Claims no more, lets commands end for {@code grace}, then kills them and gives their jobs back; a signal that
     * comes meanwhile ends the grace. Answers the signal that cut commands short, if any was cut short.
     */
    Optional<StopSignals.Stop> close(Duration grace, Optional<StopSignals.Stop> first) throws InterruptedException {
        workers.forEach(Worker::stopClaiming);
        int before = tally.timesCutShort();
        ExecutorService closers = Executors.newCachedThreadPool();
        CompletableFuture<?>[] closing = workers.stream()
                .map(worker -> CompletableFuture.runAsync(() -> worker.close(grace), closers))
                .toArray(CompletableFuture[]::new);
        CompletableFuture<Void> all = CompletableFuture.allOf(closing);
        Optional<StopSignals.Stop> last = first;
        while (!all.isDone() || tally.running() > 0) {
            Optional<StopSignals.Stop> next = stops.await(BETWEEN_LOOKS);
            if (next.isEmpty()) continue;
            if (last.isPresent() || grace.isZero()) closers.shutdownNow();
            last = next;
        }
        closers.shutdown();
        all.join();
        return tally.timesCutShort() > before ? last : Optional.empty();
    }
}
