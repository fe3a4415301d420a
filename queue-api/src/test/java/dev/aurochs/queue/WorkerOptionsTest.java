package dev.aurochs.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.Retention;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How a worker works (rules W1, W5, W10, W11, W13). */
class WorkerOptionsTest {
    @DisplayName("W13: the defaults of the contract")
    @Test
    void defaults() {
        WorkerOptions defaults = WorkerOptions.defaults();
        assertThat(defaults.concurrency()).isEqualTo(1);
        assertThat(defaults.lease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.stalledInterval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(defaults.maxStalls()).isEqualTo(3);
        assertThat(defaults.closeGrace()).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.keepCompleted()).isEqualTo(Retention.newest(1_000));
        assertThat(defaults.keepFailed()).isEqualTo(Retention.all());
        assertThat(defaults.timeout()).isNull();
        assertThat(defaults.rateLimit()).isEmpty();
        assertThat(defaults.slots()).isEmpty();
        assertThat(defaults.executor()).isEmpty();
        assertThat(defaults.name()).isEmpty();
    }

    @DisplayName("Values outside their range are refused by name")
    @Test
    void refusals() {
        for (int concurrency : List.of(0, -1, 10_001)) {
            refused("concurrency", options -> options.concurrency(concurrency));
            refused("concurrency", options -> SharedSlots.of(concurrency));
        }
        refused("lease", options -> options.lease(Duration.ofMillis(99)));
        refused("lease", options -> options.lease(Duration.ofDays(1).plusMillis(1)));
        refused("stalledInterval", options -> options.stalledInterval(Duration.ofMillis(49)));
        refused("maxStalls", options -> options.maxStalls(-1));
        refused("closeGrace", options -> options.closeGrace(Duration.ofMillis(-1)));
        refused("closeGrace", options -> options.closeGrace(Duration.ofSeconds(Long.MAX_VALUE)));
        refused("timeout", options -> options.timeout(Duration.ZERO));
    }

    @DisplayName("Options that are built do not change with their builder")
    @Test
    void immutable() {
        WorkerOptions.Builder builder = WorkerOptions.builder()
                .concurrency(10_000)
                .lease(Duration.ofMillis(100))
                .closeGrace(Duration.ZERO)
                .backoff("mine", (made, job, failure) -> Duration.ZERO);
        WorkerOptions built = builder.build();
        builder.concurrency(1).backoff("later", (made, job, failure) -> Duration.ZERO);
        assertThat(built.concurrency()).isEqualTo(10_000);
        assertThat(built.backoffs()).containsOnlyKeys("mine");
    }

    private static void refused(String field, Consumer<WorkerOptions.Builder> call) {
        InvalidInputException refusal =
                catchThrowableOfType(InvalidInputException.class, () -> call.accept(WorkerOptions.builder()));
        assertThat(refusal).as(field).isNotNull();
        assertThat(refusal.field()).isEqualTo(field);
    }
}
