package dev.aurochs.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Threads on which runs are settled while their workers claim; they end when idle. Thread-safe. */
final class SettlePool implements AutoCloseable {
    static final String THREAD = "aurochs-redis-settle";

    private static final int MOST = 16;
    private static final int IDLE_SECONDS = 10;
    private static final int PATIENCE_SECONDS = 5;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0,
            MOST,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            SettlePool::thread,
            new ThreadPoolExecutor.CallerRunsPolicy());

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, THREAD);
        thread.setDaemon(true);
        return thread;
    }

    /** Begins the call on another thread, or where there is none, makes it on this one. */
    <T> CompletableFuture<T> begin(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, threads);
    }

    /** Waits for what it began. Idempotent. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
