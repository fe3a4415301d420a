package dev.aurochs.tck.spec.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.Job;
import dev.aurochs.queue.SharedSlots;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How many jobs run at once. */
public abstract class ConcurrencySpec {
    private static final long NOBODY = 30;

    @Rule("W1")
    @DisplayName("W1: as many jobs run at once as the concurrency allows, and never more; the default is one")
    @Test
    void bounded(QueueDriver q) {
        for (int concurrency : List.of(1, 3)) {
            try (Workshop shop = Workshop.over(q)) {
                List<Job> jobs = fill(shop, 7);
                Gate gate = new Gate();
                Worker.Builder builder = concurrency == 1 ? shop.worker() : shop.worker(concurrency);
                builder.onAny((payload, job) -> {
                            gate.pass(job.name());
                            return null;
                        })
                        .start();
                gate.awaitEntered(concurrency);
                assertThat(gate.entersWithin(NOBODY)).isFalse();
                gate.open();
                jobs.forEach(shop::result);
                assertThat(gate.most()).isEqualTo(concurrency);
            }
        }
    }

    @Rule("W1")
    @DisplayName("W1: concurrency may grow and shrink while the worker runs; running jobs go on")
    @Test
    void changes(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            List<Job> jobs = fill(shop, 8);
            Gate gate = new Gate();
            Worker worker = shop.worker(1)
                    .onAny((payload, job) -> {
                        gate.pass(job.name());
                        return null;
                    })
                    .start();
            gate.awaitEntered(1);
            worker.setConcurrency(4);
            gate.awaitEntered(3);
            assertThat(worker.runningJobs()).isEqualTo(4);
            worker.setConcurrency(2);
            assertThat(gate.entersWithin(NOBODY)).isFalse();
            assertThat(gate.wasInterrupted()).isFalse();
            gate.open();
            jobs.forEach(shop::result);
            assertThat(gate.most()).isEqualTo(4);
            for (int refused : List.of(0, -1, 10_001))
                assertThatThrownBy(() -> worker.setConcurrency(refused)).isInstanceOf(InvalidInputException.class);
        }
    }

    @Rule("W1")
    @DisplayName("W1: a paused worker claims nothing, runs on what it has, and goes on when resumed")
    @Test
    void pausedWorker(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job running = shop.add("running");
            Gate gate = new Gate();
            Worker worker = shop.worker(2)
                    .onAny((payload, job) -> {
                        gate.pass(job.name());
                        return null;
                    })
                    .start();
            gate.awaitEntered(1);
            worker.pause();
            shop.time().pass(shop.queues().info().traits().pauseLag());
            Job later = shop.add("later");
            assertThat(gate.entersWithin(NOBODY)).isFalse();
            gate.open();
            shop.result(running);
            assertThat(gate.entersWithin(NOBODY)).isFalse();
            worker.resume();
            shop.result(later);
        }
    }

    @Rule("W2")
    @DisplayName("W2: workers of several queues with shared slots take turns, together within the bound")
    @Test
    void sharedSlots(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                jobs.add(shop.queues().queue(Workshop.MAIN).add("main"));
                jobs.add(shop.queues().queue(Workshop.OTHER).add("other"));
            }
            Gate gate = new Gate();
            WorkerOptions options =
                    WorkerOptions.builder().sharing(SharedSlots.of(2)).build();
            for (String queue : List.of(Workshop.MAIN, Workshop.OTHER)) {
                shop.queues()
                        .worker(queue)
                        .options(options)
                        .onAny((payload, job) -> {
                            gate.pass(job.name());
                            return null;
                        })
                        .start();
                if (queue.equals(Workshop.MAIN)) gate.awaitEntered(2);
            }
            assertThat(gate.entersWithin(NOBODY)).as("all slots are taken").isFalse();
            for (int turn = 0; turn < 8; turn++) {
                gate.letOneGo();
                gate.awaitEntered(1);
            }
            assertThat(Collections.frequency(gate.order(), "other"))
                    .as("turns of the other")
                    .isBetween(3, 5);
            gate.open();
            jobs.forEach(shop::result);
            assertThat(gate.most()).isEqualTo(2);
        }
    }

    @Rule("W2")
    @DisplayName("W2: a worker that is paused or closed does not hold up those it shares slots with")
    @Test
    void leavesTheLine(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            WorkerOptions options =
                    WorkerOptions.builder().sharing(SharedSlots.of(1)).build();
            Gate gate = new Gate();
            Job first = shop.add("first");
            shop.worker()
                    .options(options)
                    .onAny((payload, job) -> {
                        gate.pass(job.name());
                        return null;
                    })
                    .start();
            gate.awaitEntered(1);
            Worker paused = other(shop, options);
            Worker closed = other(shop, options);
            Job later = shop.queues().queue(Workshop.OTHER).add("later");
            paused.pause();
            closed.close();
            Job second = shop.add("second");
            gate.open();
            shop.result(first);
            shop.result(second);
            paused.resume();
            shop.result(later);
        }
    }

    @Rule("W1")
    @DisplayName("W1: handlers run on the executor that was given, which stays open")
    @Test
    void ownExecutor(QueueDriver q) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2, task -> new Thread(task, "mine"));
        try (Workshop shop = Workshop.over(q)) {
            Job job = shop.add("a");
            shop.worker()
                    .options(WorkerOptions.builder().executor(pool).build())
                    .onAny((payload, context) -> Thread.currentThread().getName())
                    .start();
            assertThat(shop.result(job)).hasToString("\"mine\"");
        }
        assertThat(pool.submit(() -> "still open").get()).isEqualTo("still open");
        pool.shutdown();
    }

    @Rule("W1")
    @DisplayName("W1: an executor that takes no runs at present gets the job again a little later, at no attempt")
    @Test
    void fullExecutor(QueueDriver q) {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        int[] offered = new int[1];
        Executor full = task -> {
            if (++offered[0] == 1) throw new RejectedExecutionException("full");
            pool.execute(task);
        };
        try (Workshop shop = Workshop.over(q)) {
            Job job = shop.add("a");
            shop.worker()
                    .options(WorkerOptions.builder().executor(full).build())
                    .onAny((payload, context) -> context.attempt() + " " + context.stalls())
                    .start();
            assertThat(shop.result(job)).hasToString("\"1 0\"");
        }
        pool.shutdown();
    }

    private static Worker other(Workshop shop, WorkerOptions options) {
        return shop.queues()
                .worker(Workshop.OTHER)
                .options(options)
                .onAny((payload, job) -> null)
                .start();
    }

    private static List<Job> fill(Workshop shop, int count) {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) jobs.add(shop.add("job " + i));
        return jobs;
    }
}
