package dev.aurochs.tck.spec.worker;

import dev.aurochs.queue.Job;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.spi.QueueChange;
import dev.aurochs.queue.spi.Traits.Leasing;
import dev.aurochs.queue.testing.ManualWorker;
import dev.aurochs.queue.testing.MutableTime;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.TestTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The public API over the test's backend, one step after the other, on the clock of the test. */
final class ManualShop implements AutoCloseable {
    private static final String MAIN = QueueDriver.MAIN;

    private final TestTime time;
    private final StoreTap tap;
    private final Queues queues;
    /** Stands beside a virtual time and moves with it. */
    private final @Nullable MutableTime clock;

    private ManualShop(QueueDriver driver) {
        driver.fixture().leaveAlone();
        driver.configure(MAIN, new QueueChange.SetPaused(false));
        time = driver.time();
        clock = time.isVirtual() ? MutableTime.startingAt(time.now()) : null;
        tap = new StoreTap(driver.backend());
        queues = Queues.over(tap.backend(), clock == null ? time::now : clock);
    }

    static ManualShop over(QueueDriver driver) {
        return new ManualShop(driver);
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

    Instant now() {
        return clock == null ? time.now() : clock.instant();
    }

    void pass(Duration span) {
        time.pass(span);
        if (clock != null) clock.advance(span);
    }

    Job add(String name) {
        return queue().add(name);
    }

    Job add(String name, Consumer<JobOptions.Builder> options) {
        JobOptions.Builder builder = JobOptions.builder();
        options.accept(builder);
        return queue().add(name, Json.EMPTY_OBJECT, builder.build());
    }

    Worker.Builder worker() {
        return worker(options -> {});
    }

    /** With leases of four units, where the backend lets them be chosen. */
    Worker.Builder worker(Consumer<WorkerOptions.Builder> with) {
        WorkerOptions.Builder options = WorkerOptions.builder();
        if (queues.info().traits().leasing() == Leasing.RENEWED) options.lease(time.units(4));
        with.accept(options);
        return queues.worker(MAIN).options(options.build());
    }

    /** A worker whose handler completes every job, and the names of the jobs it ran. */
    ManualWorker completing(List<String> ran, Consumer<WorkerOptions.Builder> with) {
        return worker(with)
                .onAny((payload, job) -> {
                    ran.add(job.name());
                    return job.name();
                })
                .manual();
    }

    ManualWorker completing() {
        return completing(new ArrayList<>(), options -> {});
    }

    static List<String> names(List<ManualWorker.Ran> runs) {
        return runs.stream().map(ran -> ran.job().name()).toList();
    }

    @Override
    public void close() {
        tap.setAway(false);
        queues.close();
    }
}
