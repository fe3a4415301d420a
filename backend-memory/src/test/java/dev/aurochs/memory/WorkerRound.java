package dev.aurochs.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A queue of its own, two workers, and people who pause, resize, interrupt and close them at random moments while jobs
 * run; then a look at what is left.
 */
final class WorkerRound {
    private static final int JOBS = 12;
    private static final int WORKERS = 2;
    private static final int DISTURBANCES = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Queues queues;
    private final String name;
    private final Random dice;
    private final Queue queue;
    private final Map<String, Integer> returned = new ConcurrentHashMap<>();

    WorkerRound(Queues queues, long seed) {
        this.queues = queues;
        this.name = "round" + seed;
        this.dice = new Random(seed);
        this.queue = queues.queue(name);
    }

    void play() throws InterruptedException {
        for (int i = 0; i < JOBS; i++) add(i);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) workers.add(start(1 + dice.nextInt(3)));
        List<Thread> people = new ArrayList<>();
        for (Worker worker : workers) people.add(disturber(worker, new Random(dice.nextLong())));
        people.forEach(Thread::start);
        for (Thread one : people) one.join();
        workers.forEach(Worker::close);
        requireNothingLeft();
        requireOnceEach();
        try (Worker last = start(4)) {
            until("all ended", () -> finished() == JOBS);
            assertThat(last.close(PATIENCE)).isTrue();
        }
        requireNothingLeft();
        requireOnceEach();
    }

    private void add(int number) {
        JobOptions.Builder options = JobOptions.builder().id("j" + number).attempts(2);
        if (dice.nextInt(4) == 0) options.delay(Duration.ofMillis(dice.nextInt(3)));
        queue.add(dice.nextInt(4) == 0 ? "flaky" : "plain", dice.nextInt(400), options.build());
    }

    private Worker start(int concurrency) {
        return queues.worker(name)
                .options(WorkerOptions.builder().concurrency(concurrency).build())
                .on("flaky", Integer.class, this::run)
                .on("plain", Integer.class, this::run)
                .start();
    }

    /** Takes so many microseconds, longer ones where an interrupt is felt. */
    private Json run(Integer micros, JobContext job) throws InterruptedException {
        if (micros > 300) new CountDownLatch(1).await(micros / 100, TimeUnit.MILLISECONDS);
        else pause(micros);
        if (job.name().equals("flaky") && job.attempt() == 1) throw new IllegalStateException("once more");
        returned.merge(job.id().value(), 1, Integer::sum);
        return Json.NULL;
    }

    private Thread disturber(Worker worker, Random die) {
        return new Thread(() -> {
            for (int i = 0; i < DISTURBANCES; i++) {
                pause(die.nextInt(300));
                disturb(worker, die);
            }
            worker.resume();
            end(worker, die);
        });
    }

    private static void disturb(Worker worker, Random die) {
        switch (die.nextInt(4)) {
            case 0 -> worker.pause();
            case 1 -> worker.resume();
            default -> worker.setConcurrency(1 + die.nextInt(4));
        }
    }

    /** One of the ways in which a worker may be closed. */
    private static void end(Worker worker, Random die) {
        switch (die.nextInt(5)) {
            case 0 -> worker.close();
            case 1 -> worker.close(Duration.ZERO);
            case 2 -> worker.close(Duration.ofNanos(die.nextInt(500_000)));
            case 3 -> {
                worker.stopClaiming();
                pause(die.nextInt(100));
                worker.close();
            }
            default -> interrupted(worker, die);
        }
        worker.setConcurrency(1);
    }

    private static void interrupted(Worker worker, Random die) {
        Thread closer = new Thread(worker::close);
        closer.start();
        pause(die.nextInt(200));
        closer.interrupt();
        worker.close(Duration.ZERO);
    }

    /** No job is active, none was abandoned for a sweep to find, and no thread is left. */
    private void requireNothingLeft() {
        assertThat(queue.list(JobState.ACTIVE, PageRequest.first(JOBS)).items()).isEmpty();
        until(
                "the threads of " + name + " ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("aurochs-" + name + "-")));
    }

    /** Every job is there; those that returned have completed, and returned once. */
    private void requireOnceEach() {
        for (int i = 0; i < JOBS; i++) {
            JobRecord job = queue.find("j" + i).orElseThrow();
            boolean done = returned.containsKey("j" + i);
            assertThat(job.state() == JobState.COMPLETED)
                    .as("%s: %s", name, job)
                    .isEqualTo(done);
            assertThat(returned.getOrDefault("j" + i, 1))
                    .as("%s: %s", name, job)
                    .isOne();
            assertThat(job.runs().stalls()).as("%s: %s", name, job).isZero();
            assertThat(job.state()).isNotEqualTo(JobState.FAILED);
        }
    }

    private int finished() {
        return queue.list(JobState.COMPLETED, PageRequest.first(JOBS)).items().size();
    }

    static void pause(int micros) {
        LockSupport.parkNanos(micros * 1_000L);
    }

    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError("never came true: " + what);
            LockSupport.parkNanos(200_000);
        }
    }
}
