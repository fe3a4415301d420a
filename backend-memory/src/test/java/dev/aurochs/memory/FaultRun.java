package dev.aurochs.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.AddedFlow;
import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Job;
import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.JobSchedules;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.QueueEvents;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobNotFoundException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.tck.TestTime;
import dev.aurochs.tck.fault.FaultyBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Two workers, a producer and a listener over a backend that fails now and then, and a sound look at its store. */
final class FaultRun implements AutoCloseable {
    private static final String QUEUE = "main";
    private static final int WORKERS = 2;
    private static final int CONCURRENCY = 3;
    private static final int ENOUGH = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int TRIES = 20;

    private final AtomicInteger recurred = new AtomicInteger();
    private final QueueBackend sound;
    private final FaultyBackend faulty;
    private final Queues queues;
    private final List<Worker> workers = new ArrayList<>();
    private final Set<JobRef> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<JobRef> heard = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch together = new CountDownLatch(0);
    /** Keeps one job of a round running, and so its session's lease alive, until the others have ended. */
    private volatile CountDownLatch gate = new CountDownLatch(0);

    FaultRun(QueueBackend sound, FaultyBackend faulty) {
        this.sound = sound;
        this.faulty = faulty;
        TestTime time = TestTime.real(Duration.ofMillis(100));
        queues = Queues.over(faulty.backend(), time::now);
    }

    /** Adds, runs and changes jobs until the backend has failed a few times. */
    void work() {
        QueueEvents events = persist(() -> queues.events(QUEUE));
        events.on(QueueEvent.Added.class, event -> heard.add(event.job())).start();
        for (int i = 0; i < WORKERS; i++) workers.add(persist(this::start));
        for (int round = 0; round < TRIES && faulty.strikes() < ENOUGH; round++) round(round);
    }

    /** One worker keeps its lease alive by a long run, while {@code strike} arms the fault and a job is added. */
    void workBesideALongRun(Runnable strike) {
        workers.add(start());
        gate = new CountDownLatch(1);
        add("long", "long", JobOptions.builder());
        until("the long run has begun", () -> workers.get(0).runningJobs() == 1);
        strike.run();
        add("plain", "short", JobOptions.builder());
        JobRef job = new JobRef(QueueName.of(QUEUE), JobId.of("short"));
        requireEnded(List.of(job));
        assertThat(sound.find(List.of(job)).get(0).orElseThrow().runs().stalls())
                .isZero();
        gate.countDown();
    }

    /** A listener is opened, a job is added, the fault is armed, and only then the listener begins to read. */
    void listenAfterAnAdd(Runnable strike) {
        QueueEvents events = queues.events(QUEUE);
        add("plain", "early", JobOptions.builder());
        strike.run();
        events.on(QueueEvent.Added.class, event -> heard.add(event.job())).start();
    }

    private Worker start() {
        WorkerOptions options = WorkerOptions.builder()
                .concurrency(CONCURRENCY)
                .lease(Duration.ofMillis(300))
                .stalledInterval(Duration.ofMillis(50))
                .build();
        return queues.worker(QUEUE).onAny(this::handle).options(options).start();
    }

    private void round(int round) {
        for (int i = 0; i < 3; i++) add("plain", "p" + round + "-" + i, JobOptions.builder());
        add("slow", "s" + round, JobOptions.builder());
        gate = new CountDownLatch(1);
        add("long", "l" + round, JobOptions.builder());
        add("flaky", "f" + round, JobOptions.builder().attempts(4).backoff(Backoff.fixed(Duration.ofMillis(5))));
        change("d" + round);
        settleWithoutClaiming();
        for (Worker worker : workers) persist(() -> worker.setConcurrency(CONCURRENCY));
        AddedFlow flow = persist(() -> queues.flows().add(family(round)));
        acknowledged.add(flow.job().ref());
        flow.children().forEach(child -> acknowledged.add(child.job().ref()));
        persist(() -> queues.events(QUEUE)).close();
        JobRef kept = new JobRef(QueueName.of(QUEUE), JobId.of("l" + round));
        requireEnded(acknowledged.stream().filter(job -> !job.equals(kept)).toList());
        gate.countDown();
        requireAllEnded();
    }

    /** What runs ends while its worker claims nothing. */
    private void settleWithoutClaiming() {
        workers.forEach(Worker::pause);
        until(
                "all but the long run ended",
                () -> workers.stream().mapToInt(Worker::runningJobs).sum() <= 1);
        workers.forEach(Worker::resume);
    }

    private static FlowNode family(int round) {
        JobOptions.Builder child = JobOptions.builder().childFailurePolicy(ChildFailurePolicy.IGNORE);
        JobOptions.Builder root = JobOptions.builder().attempts(4).backoff(Backoff.fixed(Duration.ofMillis(5)));
        return FlowNode.of(QUEUE, "parent")
                .withOptions(root.id("r" + round).build())
                .withChildren(
                        FlowNode.of(QUEUE, "plain")
                                .withOptions(child.id("c" + round).build()),
                        FlowNode.of(QUEUE, "plain")
                                .withOptions(child.id("e" + round).build()));
    }

    /** Everything that may be done to a job and a queue from outside, until it has worked. */
    private void change(String id) {
        Queue queue = queues.queue(QUEUE);
        JobOptions delayed =
                JobOptions.builder().id(id).delay(Duration.ofHours(1)).build();
        persist(() -> queue.add("late", null, delayed));
        persist(() -> queue.reprioritise(id, 3));
        persist(() -> queue.setConcurrency(50));
        persist(queue::pause);
        persist(queue::resume);
        persist(() -> queue.clean(JobState.WAITING, Duration.ofHours(1), 10));
        persist(queue::counts);
        persist(queue::settings);
        persist(() -> queue.log(id, PageRequest.first(10)));
        persist(queues::names);
        persist(() -> queue.find(id));
        persist(() -> queue.list(JobState.WAITING, PageRequest.first(10)));
        persist(() -> queue.deduplicationOwner("nobody's"));
        persist(() -> queue.releaseDeduplication("nobody's"));
        recur(queue, id);
        persist(() -> removed(queue, id));
    }

    /** A schedule that is asked for, runs, and goes. */
    private void recur(Queue queue, String id) {
        JobSchedules schedules = queue.schedules();
        int before = recurred.get();
        persist(() -> schedules.upsert(id, Recurrence.every(Duration.ofMillis(10)), "recurring"));
        persist(() -> schedules.find(id));
        persist(() -> schedules.list(PageRequest.first(10)));
        persist(schedules::count);
        until("the schedule has run", () -> recurred.get() > before);
        persist(() -> schedules.remove(id));
    }

    /** A job that is not there any more was removed by a call whose answer got lost. */
    private static void removed(Queue queue, String id) {
        try {
            queue.remove(id);
        } catch (JobNotFoundException already) {
            assertThat(already).hasMessageContaining(id);
        }
    }

    private void add(String name, String id, JobOptions.Builder options) {
        Job job =
                persist(() -> queues.queue(QUEUE).add(name, null, options.id(id).build()));
        acknowledged.add(job.ref());
    }

    private Object handle(Json payload, JobContext job) throws InterruptedException {
        if (job.name().equals("together")) {
            together.countDown();
            return together.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        if (job.name().equals("recurring")) return recurred.incrementAndGet();
        job.progress(1);
        job.log("it runs");
        if (job.name().equals("slow")) job.updatePayload(new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS));
        if (job.name().equals("long")) return gate.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (job.name().equals("flaky") && job.attempt() < 3) throw new IllegalStateException("not yet");
        return job.name().equals("parent") ? job.children().size() : null;
    }

    /** Each acknowledged job completes or fails. */
    void requireAllEnded() {
        requireEnded(List.copyOf(acknowledged));
    }

    private void requireEnded(List<JobRef> jobs) {
        until(
                "all acknowledged jobs ended",
                () -> sound.find(jobs).stream()
                        .allMatch(job -> job.map(JobRecord::state).orElseThrow().isFinished()));
    }

    /** Nothing runs, and as many jobs as there are slots can run at once. */
    void requireAllSlotsFree() {
        until("no run is left", () -> workers.stream().allMatch(worker -> worker.runningJobs() == 0));
        assertThat(sound.counts(QueueName.of(QUEUE)).of(JobState.ACTIVE)).hasValue(0);
        int slots = workers.size() * CONCURRENCY;
        together = new CountDownLatch(slots);
        for (int i = 0; i < slots; i++) add("together", "t" + i, JobOptions.builder());
        requireAllEnded();
        assertThat(together.getCount()).as("slots that took no job").isZero();
    }

    void requireAllHeard() {
        until("the listener heard of all jobs", () -> heard.containsAll(acknowledged));
    }

    private static void persist(Runnable call) {
        persist(() -> {
            call.run();
            return call;
        });
    }

    /** What any caller would do: call again while the store is away. */
    private static <T> T persist(Supplier<T> call) {
        for (int left = TRIES; ; left--) {
            try {
                return call.get();
            } catch (BackendUnavailableException away) {
                if (left == 0) throw away;
            }
        }
    }

    private static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError("never came true: " + what);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        persist(queues::close);
    }
}
