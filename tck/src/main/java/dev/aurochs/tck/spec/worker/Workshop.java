package dev.aurochs.tck.spec.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.Job;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.QueueEvents;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.JobNotFoundException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.QueueChange;
import dev.aurochs.queue.spi.Traits.Leasing;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.TestTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The public API over the test's backend, in real time. What became of a job is told by its events, so that it
 * works where nothing can be looked up.
 */
final class Workshop implements AutoCloseable {
    static final String MAIN = QueueDriver.MAIN;
    static final String OTHER = "other";
    /** Long enough for anything that is to happen. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What a mail job carries. */
    record Mail(String to, int size) {}

    /** A value that no codec can write. */
    static Object unwritable() {
        Object[] self = new Object[1];
        self[0] = self;
        return self;
    }

    private final QueueDriver driver;
    private final StoreTap tap;
    private final TestTime time;
    private final Queues queues;
    private final Map<JobRef, CompletableFuture<QueueEvent>> ends = new ConcurrentHashMap<>();

    private Workshop(QueueDriver driver) {
        this.driver = driver;
        driver.fixture().leaveAlone();
        for (String queue : new String[] {MAIN, OTHER}) driver.configure(queue, new QueueChange.SetPaused(false));
        tap = new StoreTap(driver.backend());
        time = driver.time().isVirtual() ? TestTime.real(Duration.ofMillis(50)) : driver.time();
        queues = Queues.over(tap.backend(), time::now);
        QueueEvents events = queues.events(MAIN, OTHER);
        events.on(QueueEvent.Completed.class, done -> end(done.job()).complete(done));
        events.on(QueueEvent.Failed.class, failed -> end(failed.job()).complete(failed));
        events.start();
    }

    static Workshop over(QueueDriver driver) {
        return new Workshop(driver);
    }

    Queues queues() {
        return queues;
    }

    Queue queue() {
        return queues.queue(MAIN);
    }

    StoreTap tap() {
        return tap;
    }

    TestTime time() {
        return time;
    }

    /** A short real time. */
    Duration brief() {
        return time.unit();
    }

    Worker.Builder worker() {
        return queues.worker(MAIN);
    }

    /** A worker of the main queue with so many jobs at once. */
    Worker.Builder worker(int concurrency) {
        return worker().options(WorkerOptions.builder().concurrency(concurrency).build());
    }

    /** Options whose leases are short, where the backend lets them be chosen. */
    WorkerOptions.Builder quickLeases() {
        return leases(4);
    }

    /** Options whose leases last so many units, where the backend lets them be chosen. */
    WorkerOptions.Builder leases(long units) {
        WorkerOptions.Builder options = WorkerOptions.builder();
        boolean renewed = queues.info().traits().leasing() == Leasing.RENEWED;
        return renewed ? options.lease(time.units(units)).stalledInterval(brief()) : options;
    }

    Job add(String name) {
        return queue().add(name);
    }

    Job add(String name, Object payload) {
        return queue().add(name, payload);
    }

    Job add(String name, Consumer<JobOptions.Builder> options) {
        JobOptions.Builder builder = JobOptions.builder();
        options.accept(builder);
        return queue().add(name, Json.EMPTY_OBJECT, builder.build());
    }

    /** The result of the job, which must complete. */
    Json result(Job job) {
        QueueEvent end = get(end(job.ref()));
        assertThat(end).as("the end of %s", job).isInstanceOf(QueueEvent.Completed.class);
        return ((QueueEvent.Completed) end).result();
    }

    /** Why the job failed, which it must. */
    String reason(Job job) {
        QueueEvent end = get(end(job.ref()));
        assertThat(end).as("the end of %s", job).isInstanceOf(QueueEvent.Failed.class);
        return ((QueueEvent.Failed) end).reason();
    }

    /** True when the job has been seen to complete or fail. */
    boolean hasEnded(Job job) {
        return end(job.ref()).isDone();
    }

    /** The call names a job that is not there and says so; what no job can have is refused before, and thrown here. */
    static void expectNobody(Runnable call) {
        try {
            call.run();
        } catch (JobNotFoundException nobody) {
            return;
        }
        throw new AssertionError("it found a job that is not there");
    }

    /** Looks at the stored job where the backend can. */
    void look(Job job, Consumer<JobRecord> look) {
        if (has(Capability.LOOKUP)) look.accept(job.look().orElseThrow());
    }

    boolean has(Capability capability) {
        return queues.info().has(capability);
    }

    QueueDriver driver() {
        return driver;
    }

    private CompletableFuture<QueueEvent> end(JobRef job) {
        return ends.computeIfAbsent(job, ref -> new CompletableFuture<>());
    }

    /** What is to come, within the patience of the test. */
    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("it did not happen within " + PATIENCE.toSeconds() + " s", late);
        } catch (ExecutionException failed) {
            throw new AssertionError("it failed with " + failed.getCause(), failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", interrupted);
        }
    }

    /** Returns when somebody has opened the latch. */
    static void await(CountDownLatch latch) {
        try {
            if (latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) return;
            throw new AssertionError("nobody opened the latch within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", interrupted);
        }
    }

    /** Looks again and again until it is true. */
    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError("never came true: " + what);
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        tap.setAway(false);
        queues.close();
    }
}
