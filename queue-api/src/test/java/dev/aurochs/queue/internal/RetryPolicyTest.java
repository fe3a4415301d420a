package dev.aurochs.queue.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What follows a failed run (rules R1–R6). */
class RetryPolicyTest {
    private static final Instant NOW = Instant.parse("2027-01-02T00:00:00Z");
    private static final Failure FAILURE = new Failure("E", "broken", "at x", NOW);
    private static final Duration TEN_YEARS = Duration.ofDays(3652);

    private final RandomGenerator random = new Random(7);

    @DisplayName("R3: without backoff and with fixed backoff each wait is the same")
    @Test
    void fixed() {
        for (int made : List.of(0, 1, 50)) {
            assertThat(waited(Backoff.NONE, made)).isZero();
            assertThat(waited(Backoff.fixed(Duration.ofSeconds(3)), made)).isEqualTo(Duration.ofSeconds(3));
        }
    }

    @DisplayName("R3: exponential backoff waits d·2^(n−1) before run n+1")
    @Test
    void exponential() {
        Backoff backoff = Backoff.exponential(Duration.ofMillis(100));
        assertThat(waited(backoff, 0)).isEqualTo(Duration.ofMillis(100));
        assertThat(waited(backoff, 1)).isEqualTo(Duration.ofMillis(200));
        assertThat(waited(backoff, 9)).isEqualTo(Duration.ofMillis(51_200));
    }

    @DisplayName("R3: however many runs, the wait neither overflows nor exceeds ten years")
    @Test
    void overflow() {
        for (int made : List.of(32, 40, 41, 63, 64, 1_000, Integer.MAX_VALUE - 3)) {
            assertThat(waited(Backoff.exponential(Duration.ofMillis(100)), made))
                    .isEqualTo(TEN_YEARS);
            assertThat(waited(Backoff.exponential(Duration.ZERO), made)).isZero();
        }
        assertThat(waited(Backoff.exponential(TEN_YEARS), 1)).isEqualTo(TEN_YEARS);
        assertThat(waited(Backoff.exponential(Duration.ofMillis(1)), 38)).isEqualTo(Duration.ofMillis(1L << 38));
    }

    @DisplayName("R3: the cap bounds the wait, before jitter")
    @Test
    void cap() {
        Backoff backoff = Backoff.exponential(Duration.ofSeconds(1)).cappedAt(Duration.ofSeconds(5));
        assertThat(waited(backoff, 2)).isEqualTo(Duration.ofSeconds(4));
        assertThat(waited(backoff, 3)).isEqualTo(Duration.ofSeconds(5));
        assertThat(waited(backoff, 60)).isEqualTo(Duration.ofSeconds(5));
        assertThat(waited(backoff.withJitter(0.5), 60)).isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(5));
    }

    @DisplayName("R3: jitter j draws evenly from [d(1−j), d]")
    @Test
    void jitter() {
        Backoff backoff = Backoff.fixed(Duration.ofSeconds(10)).withJitter(0.25);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) waits.add(waited(backoff, 0).toMillis());
        assertThat(waits).allMatch(wait -> wait >= 7_500 && wait <= 10_000);
        assertThat(waits.stream().mapToLong(Long::longValue).average().orElseThrow())
                .isBetween(8_650.0, 8_850.0);
        assertThat(waits).anyMatch(wait -> wait < 7_600).anyMatch(wait -> wait > 9_900);
        assertThat(waited(Backoff.fixed(Duration.ofSeconds(1)).withJitter(1), 0))
                .isBetween(Duration.ZERO, Duration.ofSeconds(1));
    }

    @DisplayName("R1: the last attempt is not retried")
    @Test
    void attempts() {
        assertThat(after(job(3, Backoff.NONE, 0))).isInstanceOf(Outcome.Retry.class);
        assertThat(after(job(3, Backoff.NONE, 1))).isInstanceOf(Outcome.Retry.class);
        assertThat(after(job(3, Backoff.NONE, 2))).isInstanceOf(Outcome.Failed.class);
        assertThat(after(job(3, Backoff.NONE, 7))).as("retried by hand").isInstanceOf(Outcome.Failed.class);
        assertThat(after(job(1, Backoff.custom("unknown"), 0)))
                .isEqualTo(new Outcome.Failed("broken", List.of(FAILURE)));
    }

    @DisplayName("R3: a function of the worker's own decides, also under a name of ours")
    @Test
    void custom() {
        RetryPolicy policy = new RetryPolicy(
                Map.of(
                        "mine", (made, job, failure) -> Duration.ofMinutes(made),
                        "fixed", (made, job, failure) -> Duration.ofDays(1)),
                random);
        assertThat(waited(policy, Backoff.custom("mine"), 4)).isEqualTo(Duration.ofMinutes(5));
        assertThat(waited(policy, Backoff.custom("mine").cappedAt(Duration.ofMinutes(2)), 4))
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(waited(policy, Backoff.fixed(Duration.ZERO), 0)).isEqualTo(Duration.ofDays(1));
    }

    @DisplayName("R3: what a function answers is kept within bounds")
    @Test
    void customBounds() {
        RetryPolicy policy = new RetryPolicy(
                Map.of(
                        "early", (made, job, failure) -> Duration.ofSeconds(-1),
                        "never", (made, job, failure) -> Duration.ofSeconds(Long.MAX_VALUE)),
                random);
        assertThat(waited(policy, Backoff.custom("early"), 0)).isZero();
        assertThat(waited(policy, Backoff.custom("never"), 0)).isEqualTo(TEN_YEARS);
    }

    @DisplayName(
            "R3: an unknown backoff, one that throws and one that answers nothing fail the job for good and say so")
    @Test
    void brokenBackoff() {
        RetryPolicy policy = new RetryPolicy(
                Map.of(
                        "throws",
                        (made, job, failure) -> {
                            throw new IllegalStateException("no idea");
                        },
                        "overflows",
                        (made, job, failure) -> {
                            throw new StackOverflowError();
                        },
                        "nothing",
                        (made, job, failure) -> nothing()),
                random);
        assertThat(reason(policy, "unknown"))
                .isEqualTo("broken (not retried: backoff 'unknown' is not registered on this worker)");
        assertThat(reason(policy, "throws")).contains("backoff 'throws' threw", "no idea");
        assertThat(reason(policy, "overflows")).contains("StackOverflowError");
        assertThat(reason(policy, "nothing")).contains("answered no delay");
    }

    @DisplayName("L10: the newest failures are kept, as many as the options say")
    @Test
    void history() {
        JobOptions three = JobOptions.builder().attempts(100).stackTraces(3).build();
        Outcome.Retry retry = (Outcome.Retry) after(Records.job("a", three, 5, null));
        assertThat(retry.history()).extracting(Failure::message).containsExactly("run 4", "run 5", "broken");
        JobOptions none = JobOptions.builder().attempts(100).stackTraces(0).build();
        assertThat(((Outcome.Retry) after(Records.job("a", none, 5, null))).history())
                .isEmpty();
        assertThat(((Outcome.Retry) after(Records.job("a", none, 5, null))).reason())
                .isEqualTo("broken");
    }

    @DisplayName("R8, L6: deferred failures and expired jobs fail unrun, others run")
    @Test
    void deferred() {
        JobOptions expiring = JobOptions.builder().expiry(Duration.ofSeconds(5)).build();
        Instant lastMoment = Records.CREATED.plusSeconds(5);
        assertThat(DeferredFailures.check(Records.job("a", expiring), lastMoment))
                .isEmpty();
        assertThat(DeferredFailures.check(Records.job("a", expiring), lastMoment.plusMillis(1)))
                .get()
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo("expired: not started within 5000 ms"));
        JobOptions two = JobOptions.builder().stackTraces(2).build();
        assertThat(DeferredFailures.check(Records.job("a", two, 4, "child q:1 failed"), NOW))
                .get()
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                    assertThat(failed.reason()).isEqualTo("child q:1 failed");
                    assertThat(failed.history())
                            .extracting(Failure::message)
                            .containsExactly("run 4", "child q:1 failed");
                });
        assertThat(DeferredFailures.check(Records.job("a"), NOW)).isEmpty();
    }

    private static JobRecord job(int attempts, Backoff backoff, int made) {
        return Records.job(
                "a", JobOptions.builder().attempts(attempts).backoff(backoff).build(), made, null);
    }

    private Outcome after(JobRecord job) {
        return new RetryPolicy(Map.of(), random).afterFailure(job, FAILURE, NOW);
    }

    private Duration waited(Backoff backoff, int made) {
        return waited(new RetryPolicy(Map.of(), random), backoff, made);
    }

    private static Duration waited(RetryPolicy policy, Backoff backoff, int made) {
        JobOptions options = JobOptions.builder()
                .attempts(Integer.MAX_VALUE)
                .backoff(backoff)
                .stackTraces(1)
                .build();
        JobRecord few = Records.job("a", options, Math.min(made, 3), null);
        JobRecord job = new JobRecord(few.body(), runs(few, made), few.failures());
        Outcome.Retry retry = (Outcome.Retry) policy.afterFailure(job, FAILURE, NOW);
        return Duration.between(NOW, retry.due());
    }

    private static JobStatus runs(JobRecord job, int made) {
        JobStatus s = job.status();
        return new JobStatus(s.state(), 0, new Runs(made, 1, 0), null, null, null, null, null, null, null, null, null);
    }

    private static String reason(RetryPolicy policy, String backoff) {
        Outcome outcome = policy.afterFailure(job(9, Backoff.custom(backoff), 0), FAILURE, NOW);
        Outcome.Failed failed = (Outcome.Failed) outcome;
        assertThat(failed.history()).singleElement().satisfies(last -> {
            assertThat(last.message()).isEqualTo(failed.reason());
            assertThat(last.stack()).isEqualTo("at x");
        });
        return failed.reason();
    }

    @SuppressWarnings("NullAway")
    private static Duration nothing() {
        return null;
    }
}
