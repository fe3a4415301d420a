package dev.aurochs.queue.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool that wakes one thread at a time, and still gives every long task a thread. */
@Timeout(60)
class ProcessorPoolTest {
    private final AtomicInteger threads = new AtomicInteger();
    private volatile int most = Integer.MAX_VALUE;
    private final ProcessorPool pool = new ProcessorPool(body -> {
        if (threads.incrementAndGet() > most) throw new OutOfMemoryError("unable to create native thread");
        return new Thread(body);
    });

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    @DisplayName("every short task is run once")
    @Test
    void shortTasks() throws InterruptedException {
        int tasks = 10_000;
        CountDownLatch ran = new CountDownLatch(tasks);
        for (int i = 0; i < tasks; i++) pool.execute(ran::countDown);
        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @DisplayName("tasks that wait for each other all run at the same time")
    @Test
    void longTasks() throws InterruptedException {
        int tasks = 50;
        CyclicBarrier all = new CyclicBarrier(tasks);
        CountDownLatch passed = new CountDownLatch(tasks);
        for (int i = 0; i < tasks; i++)
            pool.execute(() -> {
                try {
                    all.await();
                    passed.countDown();
                } catch (Exception broken) {
                    throw new IllegalStateException(broken);
                }
            });
        assertThat(passed.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @DisplayName("a task that throws takes no other with it")
    @Test
    void throwing() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(100);
        Thread.UncaughtExceptionHandler silent = (thread, thrown) -> {};
        for (int i = 0; i < 200; i++) {
            boolean good = i % 2 == 0;
            pool.execute(() -> {
                Thread.currentThread().setUncaughtExceptionHandler(silent);
                if (!good) throw new IllegalStateException("on purpose");
                ran.countDown();
            });
        }
        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @DisplayName("without a thread for it the task is refused and never run")
    @Test
    void noThread() {
        most = 0;
        AtomicInteger ran = new AtomicInteger();
        assertThatThrownBy(() -> pool.execute(ran::incrementAndGet)).isInstanceOf(OutOfMemoryError.class);
        assertThat(ran).hasValue(0);
    }

    @DisplayName("without another thread the ones there are run everything")
    @Test
    void fewThreads() throws InterruptedException {
        most = 1;
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(2);
        pool.execute(() -> {
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        });
        begun.await();
        assertThatThrownBy(() -> pool.execute(ran::countDown)).isInstanceOf(OutOfMemoryError.class);
        go.countDown();
        most = Integer.MAX_VALUE;
        pool.execute(ran::countDown);
        pool.execute(ran::countDown);
        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
