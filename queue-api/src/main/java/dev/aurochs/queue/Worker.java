package dev.aurochs.queue;

import dev.aurochs.queue.internal.ManualLoops;
import dev.aurochs.queue.internal.RetryPolicy;
import dev.aurochs.queue.internal.Slots;
import dev.aurochs.queue.internal.Threads;
import dev.aurochs.queue.internal.Troubles;
import dev.aurochs.queue.internal.WorkerLoops;
import dev.aurochs.queue.internal.WorkerSetup;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.SessionId;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.WorkerProfile;
import dev.aurochs.queue.testing.ManualWorker;
import dev.aurochs.queue.testing.MutableTime;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Claims jobs of one queue and runs them. Made by {@link Queues#worker}; thread-safe once started.
 *
 * <p>An open worker keeps the JVM alive by one thread; {@link #close()} ends it. Jobs run at least once: after a
 * crash, a stall or a lost lease a job runs again.
 */
public final class Worker implements AutoCloseable {
    private static final AtomicLong COUNT = new AtomicLong();

    private final WorkerLoops loops;
    private final Duration grace;
    private final @Nullable ExecutorService ownExecutor;
    private final Runnable unhook;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Worker(WorkerLoops loops, Duration grace, @Nullable ExecutorService ownExecutor, Runnable unhook) {
        this.loops = loops;
        this.grace = grace;
        this.ownExecutor = ownExecutor;
        this.unhook = unhook;
    }

    /** Claims no more until {@link #resume()}; running jobs go on. Other workers are not affected. */
    public void pause() {
        loops.setPaused(true);
    }

    public void resume() {
        loops.setPaused(false);
    }

    /** Changes how many jobs run at once, from 1 to 10,000; running ones above a smaller number go on. */
    public void setConcurrency(int concurrency) {
        WorkerOptions.builder().concurrency(concurrency);
        loops.resize(concurrency);
    }

    /** How many jobs it runs now, including those whose end is not stored yet. */
    public int runningJobs() {
        return loops.runningJobs();
    }

    /** No claim begins after this; running jobs go on. */
    public void stopClaiming() {
        loops.stopClaiming();
    }

    /** As {@link #close(Duration)} with the grace of the options. */
    @Override
    public void close() {
        close(grace);
    }

    /**
     * Claims no more, waits up to {@code grace} for running jobs, interrupts the rest and gives them back at no
     * attempt as their handlers return (after 10 s without them), then lets go of its leases. An interrupt of the
     * calling thread ends the grace at once. Idempotent: whoever closes later waits for the first to be done. Must
     * not be called from a handler.
     *
     * @param grace 0 to 1 day
     * @return true when all running jobs ended by themselves, or the worker was closed before
     */
    public boolean close(Duration grace) {
        WorkerOptions.builder().closeGrace(grace);
        if (!closing.compareAndSet(false, true)) return isClosed();
        try {
            return loops.close(grace);
        } finally {
            if (ownExecutor != null) Threads.end(ownExecutor);
            unhook.run();
            closed.countDown();
        }
    }

    private boolean isClosed() {
        try {
            closed.await();
            return true;
        } catch (InterruptedException waitNoLonger) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A worker to be; not thread-safe. */
    public static final class Builder {
        private final QueueName queue;
        private final Context context;
        private final Consumer<AutoCloseable> onStart;
        private final Consumer<AutoCloseable> onClose;
        private final Troubles troubles = new Troubles();
        private final Map<String, Handlers.Typed<?>> handlers = new HashMap<>();
        private Handlers.@Nullable Typed<?> catchAll;
        private WorkerOptions options = WorkerOptions.defaults();

        Builder(QueueName queue, Context context, Consumer<AutoCloseable> onStart, Consumer<AutoCloseable> onClose) {
            this.queue = queue;
            this.context = context;
            this.onStart = onStart;
            this.onClose = onClose;
        }

        /** Runs jobs of this name with their payload read as {@code type}; {@code Json.class} passes it on unread. */
        public <T> Builder on(String jobName, Class<T> type, Handler<T> handler) {
            return put(jobName, type, handler);
        }

        /** As {@link #on(String, Class, Handler)} for generic types. */
        public <T> Builder on(String jobName, TypeRef<T> type, Handler<T> handler) {
            return put(jobName, type.type(), handler);
        }

        /** Runs jobs of every other name. Without it such jobs fail for good. */
        public Builder onAny(Handler<Json> handler) {
            catchAll = new Handlers.Typed<>(Json.class, InvalidInputException.present(handler, "handler"));
            return this;
        }

        /**
         * Told of what the worker itself could not do: claim, settle, renew or sweep, most often because the store is
         * away. The worker goes on by itself. Called on the worker's threads: return soon, and close the worker from
         * another thread. What handlers throw is not told here; it fails their jobs.
         */
        public Builder onError(Consumer<? super Throwable> listener) {
            troubles.listen(InvalidInputException.present(listener, "error listener"));
            return this;
        }

        public Builder options(WorkerOptions options) {
            this.options = InvalidInputException.present(options, "options");
            return this;
        }

        /** Opens the worker; it claims at once. */
        public Worker start() {
            check();
            ExecutorService own = options.executor().isPresent() ? null : Threads.forProcessors(queue.value());
            Executor executor = own != null ? own : options.executor().orElseThrow();
            WorkerLoops loops = new WorkerLoops(setup(executor, randoms()));
            Runnable unhook = hookClock(loops);
            Worker[] self = new Worker[1];
            Worker worker = new Worker(loops, options.closeGrace(), own, () -> {
                unhook.run();
                onClose.accept(self[0]);
            });
            self[0] = worker;
            try {
                onStart.accept(worker);
                loops.start();
            } catch (RuntimeException | Error failed) {
                worker.close(Duration.ZERO);
                throw failed;
            }
            return worker;
        }

        /** Opens a worker without threads, for tests: it does something only when told to. */
        public ManualWorker manual() {
            check();
            ManualLoops loops = new ManualLoops(setup(Runnable::run, new Random(0)), onClose);
            onStart.accept(loops);
            return loops;
        }

        private void check() {
            InvalidInputException.unless(
                    catchAll != null || !handlers.isEmpty(), "handlers", "none", "a worker needs on(…) or onAny(…)");
            if (options.rateLimit().isPresent())
                context.backend().info().require(Capability.WORKER_LIMIT, "leave out the rate limit");
        }

        private WorkerSetup setup(Executor executor, RandomGenerator random) {
            RetryPolicy retries = new RetryPolicy(options.backoffs(), random);
            return new WorkerSetup(
                    context.backend(),
                    queue,
                    profile(),
                    options.slots().map(SharedSlots::slots).orElseGet(() -> new Slots(options.concurrency())),
                    new Handlers(handlers, catchAll, retries, context),
                    retries,
                    executor,
                    context.time(),
                    options.timeout(),
                    troubles);
        }

        private Runnable hookClock(WorkerLoops loops) {
            if (!(context.time() instanceof MutableTime movable)) return () -> {};
            Runnable nudge = loops::nudge;
            movable.onAdvance(nudge);
            return () -> movable.forget(nudge);
        }

        private WorkerProfile profile() {
            String name = options.name().orElseGet(() -> ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
            int capacity =
                    options.slots().map(shared -> shared.slots().capacity()).orElse(options.concurrency());
            return new WorkerProfile(
                    SessionId.random(),
                    name,
                    capacity,
                    options.lease(),
                    options.stalledInterval(),
                    options.maxStalls(),
                    options.rateLimit(),
                    options.keepCompleted(),
                    options.keepFailed(),
                    0);
        }

        private <T> Builder put(String jobName, Type type, Handler<T> handler) {
            InvalidInputException.present(handler, "handler");
            Object before = handlers.put(
                    InvalidInputException.present(jobName, "job name"), new Handlers.Typed<>(type, handler));
            InvalidInputException.unless(before == null, "job name", jobName, "has two handlers");
            return this;
        }

        /** Draws from the generator of the thread that asks. */
        private static RandomGenerator randoms() {
            return () -> ThreadLocalRandom.current().nextLong();
        }
    }
}
