package dev.aurochs.queue.internal;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A watchdog on a thread of its own, which exists once there is something to watch. */
final class TimerWatchdog implements Watchdog {
    private final ScheduledThreadPoolExecutor timer;

    TimerWatchdog(String queue) {
        timer = new ScheduledThreadPoolExecutor(1, Threads.factory(queue, "timeout"));
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Runnable after(Duration span, Runnable action) {
        try {
            Future<?> alarm = timer.schedule(action, span.toNanos(), TimeUnit.NANOSECONDS);
            return () -> alarm.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
