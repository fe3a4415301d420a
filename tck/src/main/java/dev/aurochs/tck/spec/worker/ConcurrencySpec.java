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
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How many jobs run at once. */
public abstract class ConcurrencySpec {
    private static final long NOBODY = 30;
    /** More turns than a thread that the machine holds up can miss. */
    private static final int A_LOT = 60;

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
            for (int i = 0; i < A_LOT; i++) {
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
            for (int turn = 2; turn < A_LOT; turn++) letTheNextIn(gate);
            assertThat(gate.order())
                    .filteredOn("other"::equals)
                    .as("turns of the other while both have work")
                    .hasSizeBetween(2, A_LOT - 2);
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

    @Rule({"W3", "C14"})
    @DisplayName("W3: a worker that is told of work while its slots are taken tells another, which runs it")
    @Test
    void passesOn(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            WorkerOptions shared =
                    WorkerOptions.builder().sharing(SharedSlots.of(1)).build();
            Gate gate = new Gate();
            waiting(shop, Workshop.MAIN, shared, gate);
            Job blocks = shop.queues().queue(Workshop.OTHER).add("blocks");
            waiting(shop, Workshop.OTHER, shared, gate);
            gate.awaitEntered(1);
            waiting(shop, Workshop.MAIN, WorkerOptions.defaults(), gate);
            Job job = shop.add("job");
            gate.awaitEntered(1);
            assertThat(gate.order()).containsExactly("blocks", "job");
            gate.open();
            shop.result(blocks);
            shop.result(job);
        }
    }

    @Rule({"W3", "D2"})
    @DisplayName("W3: a worker that watches for a due job and claims no more tells another, which runs it in time")
    @Test
    void passesOnWhatIsDue(QueueDriver q) {
        List<Consumer<Worker>> ways = List.of(Worker::pause, Worker::stopClaiming, worker -> worker.setConcurrency(1));
        for (Consumer<Worker> way : ways) {
            try (Workshop shop = Workshop.over(q)) {
                Gate gate = new Gate();
                Job blocks = shop.add("blocks");
                Worker watching = waiting(
                        shop,
                        Workshop.MAIN,
                        WorkerOptions.builder().concurrency(2).build(),
                        gate);
                gate.awaitEntered(1);
                waiting(shop, Workshop.MAIN, WorkerOptions.defaults(), gate);
                int claims = shop.tap().claims();
                Job due = shop.add("due", options -> options.delay(shop.brief().multipliedBy(4)));
                Workshop.until("one of them saw it", () -> shop.tap().claims() > claims);
                way.accept(watching);
                gate.awaitEntered(1);
                gate.open();
                shop.result(blocks);
                shop.result(due);
            }
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

    private static void letTheNextIn(Gate gate) {
        gate.letOneGo();
        gate.awaitEntered(1);
    }

    /** A worker whose handler waits at the gate; it has claimed at least once. */
    private static Worker waiting(Workshop shop, String queue, WorkerOptions options, Gate gate) {
        int claims = shop.tap().claims();
        Worker worker = shop.queues()
                .worker(queue)
                .options(options)
                .onAny((payload, job) -> {
                    gate.pass(job.name());
                    return null;
                })
                .start();
        Workshop.until("it has claimed", () -> shop.tap().claims() > claims);
        return worker;
    }

    private static List<Job> fill(Workshop shop, int count) {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) jobs.add(shop.add("job " + i));
        return jobs;
    }
}
