package dev.aurochs.queue.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool that grows and shrinks with the work, and wakes no more threads than the work needs.
 *
 * <p>Waking a thread costs more than a short task takes. So one thread is woken at a time: it takes a task, wakes the
 * next thread if there are more, and goes on with the next task when it has ended its own. Long tasks get a thread
 * each, one after the other within microseconds; short ones are done by few threads.
 */
final class ProcessorPool extends ThreadPoolExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessorPool.class);
    private static final long IDLE_SECONDS = 60;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** True from the moment a thread is woken until it looks for a task. */
    private final AtomicBoolean waking = new AtomicBoolean();

    ProcessorPool(ThreadFactory threads) {
        super(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
    }

    /** Throws when there is no thread for the task, and then it is not run. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        try {
            wakeOne();
        } catch (RuntimeException | Error full) {
            if (tasks.remove(task)) throw full;
        }
    }

    private void wakeOne() {
        if (tasks.isEmpty() || !waking.compareAndSet(false, true)) return;
        try {
            super.execute(this::work);
        } catch (RuntimeException | Error full) {
            waking.set(false);
            throw full;
        }
    }

    private void work() {
        waking.set(false);
        Runnable task;
        while ((task = tasks.poll()) != null) {
            try {
                wakeOne();
            } catch (RuntimeException | Error full) {
                LOG.warn("no thread more; what waits is run by those there are: {}", full.toString());
            }
            task.run();
        }
    }
}
