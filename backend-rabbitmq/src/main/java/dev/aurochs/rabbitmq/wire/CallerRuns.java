package dev.aurochs.rabbitmq.wire;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs what it is given at once, in the caller's thread: deliveries are put in hand by the thread that reads them,
 * before it reads on, so that what the broker sent before an answer is in hand when the answer is there.
 */
final class CallerRuns extends AbstractExecutorService {
    private volatile boolean shut;

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void shutdown() {
        shut = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shut = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shut;
    }

    @Override
    public boolean isTerminated() {
        return shut;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
