package dev.aurochs.tck.spec.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.Job;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What follows a failed run. */
public abstract class RetrySpec {
    @Rule({"R3", "R1"})
    @DisplayName("R3: a job runs as often as its attempts allow, and completes as soon as one run does")
    @Test
    void attempts(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job lucky = shop.add("lucky", options -> options.attempts(3));
            Job once = shop.add("once", options -> {});
            AtomicInteger runs = new AtomicInteger();
            shop.worker()
                    .onAny((payload, job) -> {
                        runs.incrementAndGet();
                        if (job.attempt() < 3) throw new IllegalStateException("run " + job.attempt());
                        return job.attempt();
                    })
                    .start();
            assertThat(shop.result(lucky)).hasToString("3");
            assertThat(shop.reason(once)).isEqualTo("run 1");
            assertThat(runs).hasValue(4);
            shop.look(lucky, record -> {
                assertThat(record.runs()).isEqualTo(new Runs(3, 3, 0));
                assertThat(record.status().failedReason()).isEqualTo("run 2");
            });
        }
    }

    @Rule("R3")
    @DisplayName("R3: exponential backoff: no run before its time")
    @Test
    void exponential(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Duration base = shop.brief().dividedBy(2);
            Job job = shop.add("a", options -> options.attempts(3).backoff(Backoff.exponential(base)));
            Queue<Long> starts = new ConcurrentLinkedQueue<>();
            shop.worker()
                    .onAny((payload, context) -> {
                        starts.add(System.nanoTime());
                        throw new IllegalStateException("no");
                    })
                    .start();
            shop.reason(job);
            List<Long> at = List.copyOf(starts);
            long slack = Duration.ofMillis(2).toNanos();
            assertThat(at).hasSize(3);
            assertThat(at.get(1) - at.get(0)).isGreaterThan(base.toNanos() - slack);
            assertThat(at.get(2) - at.get(1)).isGreaterThan(2 * base.toNanos() - slack);
        }
    }

    @Rule("R3")
    @DisplayName("R3: a backoff of the worker's own is asked with the runs made, the job and its failure")
    @Test
    void custom(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job job = shop.add("a", options -> options.attempts(3).backoff(Backoff.custom("patient")));
            Queue<String> asked = new ConcurrentLinkedQueue<>();
            shop.worker()
                    .options(WorkerOptions.builder()
                            .backoff("patient", (made, record, failure) -> {
                                asked.add(made + " " + record.name() + " " + failure.message());
                                return Duration.ofMillis(1);
                            })
                            .build())
                    .onAny((payload, context) -> {
                        throw new IllegalStateException("no " + context.attempt());
                    })
                    .start();
            assertThat(shop.reason(job)).isEqualTo("no 3");
            assertThat(asked).containsExactly("1 a no 1", "2 a no 2");
        }
    }

    @Rule("R3")
    @DisplayName("R3: a backoff that nobody registered, or that throws, fails the job for good and says so")
    @Test
    void unusable(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job unknown = shop.add("unknown", options -> options.attempts(3).backoff(Backoff.custom("nobody's")));
            Job broken = shop.add("broken", options -> options.attempts(3).backoff(Backoff.custom("broken")));
            shop.worker()
                    .options(WorkerOptions.builder()
                            .backoff("broken", (made, record, failure) -> {
                                throw new IllegalStateException("cannot count");
                            })
                            .build())
                    .onAny((payload, context) -> {
                        throw new IllegalStateException("boom");
                    })
                    .start();
            assertThat(shop.reason(unknown)).contains("boom", "'nobody's' is not registered on this worker");
            assertThat(shop.reason(broken)).contains("boom", "'broken' threw", "cannot count");
        }
    }

    @Rule("L10")
    @DisplayName("L10: the newest failures are kept, as many as the options say, each stack at most 16 KiB")
    @Test
    void history(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job job = shop.add("a", options -> options.attempts(4).stackTraces(2));
            shop.worker()
                    .onAny((payload, context) -> {
                        throw new IllegalStateException("ü" + context.attempt() + "x".repeat(20_000));
                    })
                    .start();
            shop.reason(job);
            shop.look(job, record -> {
                assertThat(record.failures()).hasSize(2);
                assertThat(record.failures()).extracting(Failure::type).containsOnly("java.lang.IllegalStateException");
                assertThat(record.failures())
                        .extracting(failure -> failure.message().substring(0, 2))
                        .containsExactly("ü3", "ü4");
                assertThat(record.failures()).allSatisfy(failure -> {
                    assertThat(failure.stack()).startsWith("java.lang.IllegalStateException: ü");
                    assertThat(failure.stack().length()).isLessThanOrEqualTo(16 << 10);
                    assertThat(failure.at()).isNotNull();
                });
            });
        }
    }

    @Rule("L6")
    @DisplayName("L6: an expired job is failed by the worker without running")
    @Test
    void expired(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job stale = shop.add(
                    "stale", options -> options.expiry(Duration.ofMillis(1)).attempts(3));
            Job fresh = shop.add("fresh", options -> options.expiry(Duration.ofHours(1)));
            shop.time().pass(Duration.ofMillis(5));
            shop.worker().onAny((payload, job) -> job.name()).start();
            assertThat(shop.reason(stale)).contains("expired");
            assertThat(shop.result(fresh)).hasToString("\"fresh\"");
        }
    }
}
