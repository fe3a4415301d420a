package dev.aurochs.rabbitmq;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that does what follows from the broker's answers, in their order: nothing of it happens on the thread
 * that reads from the broker, which must never wait.
 */
final class After implements Executor, AutoCloseable {
    static final String THREAD = "aurochs-rabbitmq-after";

    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), After::thread);

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, THREAD);
        thread.setDaemon(true);
        return thread;
    }

    /** After the end, in the caller's thread: whoever waits for an answer still gets one. */
    @Override
    public void execute(Runnable task) {
        thread.execute(task);
    }

    After() {
        thread.setRejectedExecutionHandler((task, ended) -> task.run());
        thread.prestartAllCoreThreads();
    }

    /** Does what is left, and ends the thread. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
