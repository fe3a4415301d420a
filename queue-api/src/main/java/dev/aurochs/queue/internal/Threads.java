package dev.aurochs.queue.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads with names that tell what they are for, and virtual ones where the JVM has them. */
public final class Threads {
    private static final Optional<Method> VIRTUAL = findVirtualExecutor();

    private static final long IDLE_THREADS_END_MILLIS = 200;

    private Threads() {}

    /** A thread named {@code aurochs-<queue>-<role>-<n>}, not started. */
    public static Thread named(String queue, String role, int number, boolean daemon, Runnable body) {
        Thread thread = new Thread(body, "aurochs-" + queue + "-" + role + "-" + number);
        thread.setDaemon(daemon);
        return thread;
    }

    /** Daemon threads named {@code aurochs-<queue>-<role>-<n>}. */
    public static ThreadFactory factory(String queue, String role) {
        AtomicInteger count = new AtomicInteger();
        return body -> named(queue, role, count.incrementAndGet(), true, body);
    }

    /** One virtual thread a task where the JVM has them, else a pool that grows and shrinks with the work. */
    public static ExecutorService forProcessors(String queue) {
        if (VIRTUAL.isPresent()) {
            try {
                return (ExecutorService) VIRTUAL.get().invoke(null, virtualFactory(queue));
            } catch (IllegalAccessException | InvocationTargetException unusable) {
                return new ProcessorPool(factory(queue, "run"));
            }
        }
        return new ProcessorPool(factory(queue, "run"));
    }

    /**
     * Where the stages that callers get complete: a few daemon threads named {@code aurochs-callback-<n>}, which end
     * when idle. One whose callback waits for another callback is stood in for.
     */
    public static ExecutorService forCallbacks() {
        AtomicInteger count = new AtomicInteger();
        ForkJoinPool.ForkJoinWorkerThreadFactory factory = pool -> {
            ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
            thread.setName("aurochs-callback-" + count.incrementAndGet());
            return thread;
        };
        int parallelism = Math.max(2, Runtime.getRuntime().availableProcessors());
        return new ForkJoinPool(
                parallelism, factory, null, true, 0, 256, 1, null, IDLE_THREADS_END_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Interrupts what still runs there and waits a moment for idle threads to go. */
    public static void end(ExecutorService executor) {
        executor.shutdownNow();
        try {
            executor.awaitTermination(IDLE_THREADS_END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException waitNoLonger) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory virtualFactory(String queue) throws IllegalAccessException, InvocationTargetException {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            builder =
                    type.getMethod("name", String.class, long.class).invoke(builder, "aurochs-" + queue + "-run-", 1L);
            return (ThreadFactory) type.getMethod("factory").invoke(builder);
        } catch (NoSuchMethodException | ClassNotFoundException changed) {
            throw new IllegalAccessException(changed.toString());
        }
    }

    private static Optional<Method> findVirtualExecutor() {
        try {
            return Optional.of(Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class))
                    .filter(found -> Runtime.version().feature() >= 21);
        } catch (NoSuchMethodException tooOld) {
            return Optional.empty();
        }
    }
}
