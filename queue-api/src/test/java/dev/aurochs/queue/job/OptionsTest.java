package dev.aurochs.queue.job;

import static dev.aurochs.queue.job.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.aurochs.queue.job.NewJob.IdSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options, and the values in them (rules N3, N6–N8). */
class OptionsTest {
    private static final Duration TEN_YEARS = Duration.ofDays(3652);
    private static final Duration LONGER = TEN_YEARS.plusNanos(1);
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final Json PAYLOAD = new Json("{}");

    @DisplayName("N8: defaults")
    @Test
    void defaults() {
        JobOptions defaults = JobOptions.defaults();
        assertThat(defaults.attempts()).isEqualTo(1);
        assertThat(defaults.backoff()).isEqualTo(Backoff.NONE);
        assertThat(defaults.delay()).isZero();
        assertThat(defaults.priority()).isZero();
        assertThat(defaults.lifo()).isFalse();
        assertThat(defaults.id()).isEmpty();
        assertThat(defaults.timeout()).isEmpty();
        assertThat(defaults.expiry()).isEmpty();
        assertThat(defaults.keepCompleted()).isEmpty();
        assertThat(defaults.keepFailed()).isEmpty();
        assertThat(defaults.childFailurePolicy()).isEqualTo(ChildFailurePolicy.WAIT);
        assertThat(defaults.deduplication()).isEmpty();
        assertThat(defaults.logLines()).isEqualTo(1_000);
        assertThat(defaults.stackTraces()).isEqualTo(10);
    }

    @DisplayName("N6: priority 0 to 2,097,151")
    @Test
    void priorities() {
        for (int priority : List.of(0, 1, 2_097_151))
            assertThat(builder().priority(priority).build().priority()).isEqualTo(priority);
        for (int priority : List.of(-1, 2_097_152, Integer.MAX_VALUE, Integer.MIN_VALUE))
            refused("priority", priority, () -> builder().priority(priority));
    }

    @DisplayName("N6: attempts 1 and more")
    @Test
    void attempts() {
        assertThat(builder().attempts(Integer.MAX_VALUE).build().attempts()).isEqualTo(Integer.MAX_VALUE);
        refused("attempts", 0, () -> builder().attempts(0));
        refused("attempts", -3, () -> builder().attempts(-3));
    }

    @DisplayName("N6: delay 0 to 10 years")
    @Test
    void delays() {
        assertThat(builder().delay(TEN_YEARS).build().delay()).isEqualTo(TEN_YEARS);
        for (Duration delay : List.of(Duration.ofNanos(-1), LONGER, Duration.ofSeconds(Long.MAX_VALUE)))
            refused("delay", delay, () -> builder().delay(delay));
        refused("delay", null, () -> builder().delay(none()));
    }

    @DisplayName("N6: a job is due before 2039-09-07")
    @Test
    void due() {
        Instant created = Instant.parse("2039-09-06T00:00:00Z");
        assertThatCode(() -> delayed(created, Duration.ofDays(1).minusMillis(1)))
                .doesNotThrowAnyException();
        refused("delay", "2039-09-07T00:00:00Z", () -> delayed(created, Duration.ofDays(1)));
        assertThatCode(() -> delayed(created.plusSeconds(200_000), Duration.ZERO))
                .as("without a delay there is no due moment")
                .doesNotThrowAnyException();
    }

    @DisplayName("N6: timeout and expiry 1 ms to 10 years")
    @Test
    void spans() {
        for (Duration span : List.of(Duration.ofMillis(1), TEN_YEARS)) {
            assertThat(builder().timeout(span).build().timeout()).contains(span);
            assertThat(builder().expiry(span).build().expiry()).contains(span);
        }
        for (Duration span : List.of(Duration.ZERO, Duration.ofNanos(999_999), Duration.ofMillis(-1), LONGER)) {
            refused("timeout", span, () -> builder().timeout(span));
            refused("expiry", span, () -> builder().expiry(span));
        }
    }

    @DisplayName("N6: kept log lines 0 to 100,000, kept failures 0 to 100")
    @Test
    void history() {
        assertThat(builder().logLines(0).logLines(100_000).build().logLines()).isEqualTo(100_000);
        assertThat(builder().stackTraces(0).stackTraces(100).build().stackTraces())
                .isEqualTo(100);
        for (int lines : List.of(-1, 100_001))
            refused("logLines", lines, () -> builder().logLines(lines));
        for (int traces : List.of(-1, 101))
            refused("stackTraces", traces, () -> builder().stackTraces(traces));
    }

    @DisplayName("N7: LIFO together with a priority is refused, in either order")
    @Test
    void lifoWithPriority() {
        refused("lifo", true, () -> builder().lifo(true).priority(1).build());
        refused("lifo", true, () -> builder().priority(1).lifo(true).build());
        assertThat(builder().lifo(true).priority(0).build().lifo()).isTrue();
    }

    @DisplayName("Nothing that is an object may be null")
    @Test
    void absent() {
        refused("keepCompleted", null, () -> builder().keepCompleted(none()));
        refused("keepFailed", null, () -> builder().keepFailed(none()));
        refused("childFailurePolicy", null, () -> builder().childFailurePolicy(none()));
        refused("deduplication", null, () -> builder().deduplication(none()));
        refused("backoff", null, () -> builder().backoff(none()));
        refused("job id", null, () -> builder().id(none()));
    }

    @DisplayName("toBuilder copies every option; equal options are equal")
    @Test
    void copies() {
        JobOptions all = builder()
                .id("own")
                .delay(Duration.ofSeconds(1))
                .priority(7)
                .attempts(3)
                .backoff(Backoff.exponential(Duration.ofSeconds(2))
                        .cappedAt(Duration.ofMinutes(1))
                        .withJitter(0.5))
                .keepCompleted(Retention.none())
                .keepFailed(Retention.youngerThan(Duration.ofDays(1)))
                .timeout(Duration.ofSeconds(3))
                .expiry(Duration.ofSeconds(4))
                .childFailurePolicy(ChildFailurePolicy.IGNORE)
                .deduplication(new Deduplication("d", null))
                .logLines(5)
                .stackTraces(6)
                .build();
        assertThat(all.toBuilder().build())
                .isEqualTo(all)
                .hasSameHashCodeAs(all)
                .hasToString(all.toString());
        assertThat(all.toBuilder().logLines(6).build()).isNotEqualTo(all);
        assertThat(builder().lifo(true).build().toBuilder().build().lifo()).isTrue();
    }

    @DisplayName("A builder that goes on does not change what it has built")
    @Test
    void immutable() {
        JobOptions.Builder builder = builder().attempts(2);
        JobOptions built = builder.build();
        builder.attempts(9);
        assertThat(built.attempts()).isEqualTo(2);
    }

    @DisplayName("R3: backoff: delays 0 to 10 years, jitter 0 to 1, a readable name")
    @Test
    void backoffs() {
        for (double jitter : new double[] {0, 0.5, 1})
            assertThat(Backoff.fixed(Duration.ZERO).withJitter(jitter).jitter()).isEqualTo(jitter);
        for (double jitter : new double[] {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
            refused("backoff jitter", jitter, () -> Backoff.NONE.withJitter(jitter));
        refused("backoff delay", LONGER, () -> Backoff.fixed(LONGER));
        refused("backoff delay", "PT-1S", () -> Backoff.exponential(Duration.ofSeconds(-1)));
        refused("backoff cap", LONGER, () -> Backoff.NONE.cappedAt(LONGER));
        refused("backoff type", "", () -> Backoff.custom(""));
        refused("backoff type", "a\nb", () -> Backoff.custom("a\nb"));
        refused("backoff type", "x".repeat(101), () -> Backoff.custom("x".repeat(101)));
    }

    @DisplayName("L4: retention: counts 0 and more, ages 0 to 10 years")
    @Test
    void retentions() {
        assertThat(Retention.newest(0).keepsNothing()).isTrue();
        assertThat(Retention.none().keepsNothing()).isTrue();
        assertThat(Retention.all().keepsNothing()).isFalse();
        assertThat(Retention.youngerThan(Duration.ZERO).keepsNothing()).isFalse();
        refused("retention count", -1L, () -> Retention.newest(-1));
        refused("retention count", -2L, () -> new Retention(-2, null, 1));
        refused("retention age", LONGER, () -> Retention.youngerThan(LONGER));
        refused("retention age", "PT-1S", () -> Retention.youngerThan(Duration.ofSeconds(-1)));
        refused("retention limit", 0, () -> new Retention(1, null, 0));
    }

    @DisplayName("L1: a rate limit: at least one start, a window of at least 1 ms")
    @Test
    void rateLimits() {
        assertThat(new RateLimit(1, Duration.ofMillis(1)).max()).isEqualTo(1);
        refused("rate limit", 0, () -> new RateLimit(0, Duration.ofSeconds(1)));
        refused("rate limit window", Duration.ZERO, () -> new RateLimit(1, Duration.ZERO));
        refused("rate limit window", LONGER, () -> new RateLimit(1, LONGER));
    }

    @DisplayName("A10: a deduplication id is short text, its time at least 1 ms")
    @Test
    void deduplication() {
        refused("deduplication id", "", () -> new Deduplication("", null));
        refused("deduplication id", "x".repeat(129), () -> new Deduplication("x".repeat(129), null));
        refused("deduplication ttl", Duration.ZERO, () -> new Deduplication("a", Duration.ZERO));
        refused(
                "deduplication extend",
                true,
                () -> Deduplication.untilFinished("a").extending());
    }

    @DisplayName("Pages: offset 0 and more, limit 1 to 10,000")
    @Test
    void pages() {
        assertThat(PageRequest.of(5, 10_000).offset()).isEqualTo(5);
        refused("offset", -1L, () -> PageRequest.of(-1, 1));
        refused("limit", 0, () -> PageRequest.first(0));
        refused("limit", 10_001, () -> PageRequest.after("c", 10_001));
    }

    @DisplayName("N3: a job name has 1–200 bytes and no control characters")
    @ParameterizedTest
    @ValueSource(strings = {"", "a\r\nb", "\u001b[31m", "a\uD83D"})
    void jobNames(String name) {
        refused("job name", name, () -> named(name));
    }

    @DisplayName("N3: the longest job names")
    @Test
    void longJobNames() {
        for (String name : List.of("a:b", "n".repeat(200), "ü".repeat(100)))
            assertThat(named(name).name()).isEqualTo(name);
        for (String name : List.of("n".repeat(201), "ü".repeat(101))) refused("job name", name, () -> named(name));
    }

    @DisplayName("A new job has an id exactly when somebody chose one, and is created at a whole millisecond")
    @Test
    void newJobs() {
        JobId id = JobId.of("a");
        refused("job id", "a", () -> job("n", IdSource.ASSIGNED_BY_STORE, id, NOW, JobOptions.defaults()));
        refused("job id", null, () -> job("n", IdSource.CUSTOM, null, NOW, JobOptions.defaults()));
        NewJob job = job("n", IdSource.GENERATED, id, NOW.plusNanos(1_999_999), JobOptions.defaults());
        assertThat(job.createdAt()).isEqualTo(NOW.plusMillis(1));
    }

    private static JobOptions.Builder builder() {
        return JobOptions.builder();
    }

    private static NewJob named(String name) {
        return job(name, IdSource.ASSIGNED_BY_STORE, null, NOW, JobOptions.defaults());
    }

    private static NewJob delayed(Instant created, Duration delay) {
        return job(
                "n",
                IdSource.ASSIGNED_BY_STORE,
                null,
                created,
                builder().delay(delay).build());
    }

    @SuppressWarnings("NullAway")
    private static NewJob job(String name, IdSource source, JobId id, Instant created, JobOptions options) {
        return new NewJob(QueueName.of("q"), source, id, name, PAYLOAD, options, created, null, null, false);
    }

    /** What a caller without null checks might pass. */
    @SuppressWarnings("NullAway")
    private static <T> T none() {
        return null;
    }
}
