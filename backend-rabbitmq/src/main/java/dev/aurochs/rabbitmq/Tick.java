package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.QueueException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after things now and then, on one thread of its own. */
final class Tick implements AutoCloseable {
    static final String THREAD = "aurochs-rabbitmq-tick";
    static final long MILLIS = 250;

    private static final Logger LOG = LoggerFactory.getLogger(Tick.class);

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread ticking = new Thread(task, THREAD);
        ticking.setDaemon(true);
        return ticking;
    });

    /** @param every how many ticks apart */
    void each(int every, Runnable look) {
        thread.scheduleWithFixedDelay(() -> quietly(look), every * MILLIS, every * MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void quietly(Runnable look) {
        try {
            look.run();
        } catch (QueueException away) {
            LOG.debug("the broker could not be asked; later again", away);
        } catch (RuntimeException broken) {
            LOG.error("a look failed; later again", broken);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
