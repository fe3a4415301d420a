package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What things may be. */
public abstract class ValueSpec {
    private static final String EXACT =
            "{\"long\":9223372036854775807,\"decimal\":0.1000000000000000000000000000001,\"text\":\"ü\\u0000\\n\",\"a\":[null,true,{}]}";

    @Rule("N4")
    @DisplayName("N4: a payload comes back unchanged")
    @Test
    void payload(QueueDriver q) {
        q.add(job("a").data(EXACT));
        assertThat(q.expectClaim("a").record().body().payload()).isEqualTo(new Json(EXACT));
    }

    @Rule("N4")
    @DisplayName("N4: any JSON value may be a payload")
    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "\"\"", "[]", "false", "-0.0", " { \"spaced\" : 1 } "})
    void anyValue(String json, QueueDriver q) {
        q.add(job("a").data(json));
        assertThat(q.expectClaim("a").record().body().payload().text()).isEqualTo(json);
    }

    @Rule("N4")
    @DisplayName("N4: result and progress come back unchanged")
    @Test
    void resultAndProgress(QueueDriver q) {
        q.fill("a");
        Run run = q.expectClaim("a");
        run.progress(EXACT);
        run.complete(EXACT);
        q.look(look -> {
            assertThat(look.record("a").status().progress()).isEqualTo(new Json(EXACT));
            assertThat(look.record("a").status().result()).isEqualTo(new Json(EXACT));
        });
    }

    @Rule("N5")
    @DisplayName("N5: a payload of the declared size is stored and comes back")
    @Test
    void largestPayload(QueueDriver q) {
        int most = q.backend().info().limits().maxPayloadBytes();
        assertThat(most).isPositive();
        String json = '"' + "x".repeat(most - 2) + '"';
        q.add(job("a").data(json));
        assertThat(q.expectClaim("a").record().body().payload().text()).isEqualTo(json);
    }

    @Rule("N6")
    @DisplayName("N6: a priority lies between 0 and 2,097,151")
    @Test
    void priorities() {
        refused("priority", () -> job("a").priority(-1));
        refused("priority", () -> job("a").priority(JobOptions.MAX_PRIORITY + 1));
        assertThat(JobOptions.MAX_PRIORITY).isEqualTo(2_097_151);
    }

    @Rule("N6")
    @DisplayName("N6: a delay lies between 0 and 10 years")
    @Test
    void delays() {
        refused("delay", () -> job("a").delayedBy(Duration.ofMillis(-1)));
        refused("delay", () -> job("a").delayedBy(Duration.ofDays(3_653)));
        assertThat(JobOptions.builder().delay(Duration.ofDays(3_652)).build().delay())
                .isEqualTo(Duration.ofDays(3_652));
    }

    @Rule("N6")
    @DisplayName("N6: a due moment lies before 2039-09-07, and a job beyond is not stored")
    @Test
    void dueMoment(QueueDriver q) {
        Instant late = Instant.parse("2035-01-01T00:00:00Z");
        refused("delay", () -> q.add(job("a").createdAt(late).delayedBy(Duration.ofDays(3_000))));
        q.expectNothing();
    }

    @Rule("N6")
    @DisplayName("N6: other numbers and durations are checked as well")
    @Test
    void otherNumbers() {
        refused("attempts", () -> job("a").attempts(0));
        refused("timeout", () -> job("a").with(options -> options.timeout(Duration.ZERO)));
        refused("expiry", () -> job("a").with(options -> options.expiry(Duration.ofNanos(1))));
        refused("logLines", () -> job("a").with(options -> options.logLines(-1)));
        refused("logLines", () -> job("a").with(options -> options.logLines(100_001)));
        refused("stackTraces", () -> job("a").with(options -> options.stackTraces(101)));
        refused("backoff delay", () -> Backoff.fixed(Duration.ofMillis(-1)));
        refused("backoff jitter", () -> Backoff.fixed(Duration.ofMillis(1)).withJitter(1.1));
        refused("rate limit", () -> new RateLimit(0, Duration.ofSeconds(1)));
        refused("rate limit window", () -> new RateLimit(1, Duration.ZERO));
        refused("retention count", () -> Retention.newest(-1));
        refused("retention age", () -> Retention.youngerThan(Duration.ofSeconds(-1)));
        refused("offset", () -> PageRequest.of(-1, 1));
        refused("limit", () -> PageRequest.first(0));
        refused("limit", () -> PageRequest.first(10_001));
    }

    @Rule("N7")
    @DisplayName("N7: LIFO with a priority is refused")
    @Test
    void lifoWithPriority(QueueDriver q) {
        refused("lifo", () -> q.add(job("a").lifo().priority(1)));
        q.expectNothing();
    }

    @Rule("N8")
    @DisplayName("N8: a job without options gets the documented defaults")
    @Test
    void defaults(QueueDriver q) {
        q.fill("a");
        JobOptions options = q.expectClaim("a").record().options();
        assertThat(options).isEqualTo(JobOptions.defaults());
        assertThat(options.attempts()).isEqualTo(1);
        assertThat(options.backoff()).isEqualTo(Backoff.NONE);
        assertThat(options.delay()).isZero();
        assertThat(options.priority()).isZero();
        assertThat(options.lifo()).isFalse();
        assertThat(Stream.of(options.timeout(), options.expiry(), options.keepCompleted(), options.keepFailed()))
                .allMatch(Optional::isEmpty);
        assertThat(options.childFailurePolicy()).isEqualTo(ChildFailurePolicy.WAIT);
        assertThat(options.logLines()).isEqualTo(1_000);
        assertThat(options.stackTraces()).isEqualTo(10);
    }

    @Rule("N9")
    @DisplayName("N9: an address is taken apart and percent-decoded")
    @Test
    void address() {
        BackendAddress address = BackendAddress.parse("rocksdb:/var/my%20jobs?durability=always&note=a%26b");
        assertThat(address.scheme()).isEqualTo("rocksdb");
        assertThat(address.rest()).isEqualTo("/var/my jobs");
        assertThat(address.settings()).containsEntry("durability", "always").containsEntry("note", "a&b");
        assertThat(BackendAddress.parse("memory:").rest()).isEmpty();
    }

    @Rule("N9")
    @DisplayName("N9: what does not read like an address is refused")
    @ParameterizedTest
    @ValueSource(strings = {"", "memory", ":x", "1a:x", "rocksdb:x?y", "rocksdb:x?a=1&a=2", "rocksdb:x?a=%zz"})
    void badAddress(String text) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> BackendAddress.parse(text))
                .satisfies(error -> assertThat(error.field()).startsWith("address"));
    }

    @Rule("N9")
    @DisplayName("N9: a password is never printed")
    @Test
    void password() {
        BackendAddress address = BackendAddress.parse("redis://me:s3cret@host:1/0?password=s3cret");
        assertThat(address.toString()).doesNotContain("s3cret").contains("me").contains("host:1");
    }

    private static void refused(String field, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(call)
                .satisfies(error -> assertThat(error.field()).isEqualTo(field));
    }
}
