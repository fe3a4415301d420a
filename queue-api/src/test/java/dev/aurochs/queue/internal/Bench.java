package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.job.SessionId;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.WorkerProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The loops of one worker over a fake session, with threads of their own; closes what it opened. */
final class Bench implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration NO_LEASE_ENDS = Duration.ofHours(1);

    final FakeBackend backend = new FakeBackend();
    final FakeSession session = backend.session;
    final ExecutorService threads = Executors.newCachedThreadPool();
    final Troubles troubles = new Troubles();
    Slots slots = new Slots(1);
    Executor executor = threads;
    Duration lease = NO_LEASE_ENDS;
    Duration patience = Duration.ofSeconds(10);

    @Nullable
    Duration timeout;

    Function<Run, Outcome> handler =
            run -> new Outcome.Completed(run.claimed().record().body().payload());
    private @Nullable WorkerLoops loops;

    WorkerLoops start(JobRecord... jobs) {
        for (JobRecord job : jobs) session.add(job);
        WorkerLoops started = new WorkerLoops(
                new WorkerSetup(
                        backend,
                        QueueName.of("q"),
                        profile(),
                        slots,
                        run -> handler.apply(run),
                        new RetryPolicy(Map.of(), new Random(1)),
                        executor,
                        new SystemTime(),
                        timeout,
                        troubles),
                patience);
        started.start();
        loops = started;
        return started;
    }

    private WorkerProfile profile() {
        return new WorkerProfile(
                SessionId.random(),
                "worker",
                slots.capacity(),
                lease,
                NO_LEASE_ENDS,
                3,
                Optional.empty(),
                Retention.all(),
                Retention.all(),
                0);
    }

    /** A handler that waits for the latch and cannot be interrupted. */
    static Function<Run, Outcome> deaf(CountDownLatch until) {
        return run -> {
            boolean done = false;
            while (!done) {
                try {
                    until.await();
                    done = true;
                } catch (InterruptedException ignored) {
                    continue;
                }
            }
            return new Outcome.Completed(run.claimed().record().body().payload());
        };
    }

    /** Waits for the latch; interrupted, it is a failed run. */
    static Function<Run, Outcome> waitingFor(CountDownLatch until) {
        return run -> {
            try {
                until.await();
                return new Outcome.Completed(run.claimed().record().body().payload());
            } catch (InterruptedException stopped) {
                return new Outcome.Failed("interrupted", List.of());
            }
        };
    }

    <T> CompletableFuture<T> async(Callable<T> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                answer.complete(call.call());
            } catch (Exception failed) {
                answer.completeExceptionally(failed);
            }
        });
        return answer;
    }

    static <T> T soon(CompletableFuture<T> answer) throws Exception {
        return answer.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    static void soon(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(SOON.toSeconds(), TimeUnit.SECONDS)) throw new AssertionError("it did not happen");
    }

    /** Looks again and again until it is true. */
    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError("it never became true");
            Thread.onSpinWait();
        }
    }

    static void uninterruptibly(CountDownLatch latch) {
        try {
            soon(latch);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /** The live thread of that name. */
    static Thread thread(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findAny()
                .orElseThrow(() -> new AssertionError("no thread " + name));
    }

    /** True when nothing comes of it within a moment. */
    static boolean staysShut(CountDownLatch latch) throws InterruptedException {
        return !latch.await(50, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        session.beforeClaim = () -> {};
        session.beforeSettle = () -> {};
        if (loops != null) loops.close(Duration.ZERO);
        threads.shutdownNow();
    }
}
