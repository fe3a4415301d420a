package dev.aurochs.rabbitmq;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that does what follows from the broker's answers, in their order: nothing of it happens on the thread
 * that reads from the broker, which must never wait.
 */
final class After implements Executor, AutoCloseable {
    static final String THREAD = "aurochs-rabbitmq-after";

    private static final long PATIENCE_MILLIS = 5_000;

    private final ThreadPoolExecutor executor =
            new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
    private volatile @Nullable Thread thread;

    private Thread thread(Runnable task) {
        Thread fresh = new Thread(task, THREAD);
        fresh.setDaemon(true);
        thread = fresh;
        return fresh;
    }

    /** After the end, in the caller's thread: whoever waits for an answer still gets one. */
    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    After() {
        executor.setRejectedExecutionHandler((task, ended) -> task.run());
        executor.prestartAllCoreThreads();
    }

    /** Does what is left, and ends the thread. */
    @Override
    public void close() {
        executor.shutdown();
        Thread last = thread;
        try {
            if (last != null) last.join(PATIENCE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
