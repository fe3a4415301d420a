package dev.aurochs.rabbitmq;

import static dev.aurochs.rabbitmq.Patience.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.Queues;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.tck.server.RabbitServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rate limit over several processes: in no window, wherever it begins, are there more starts than it allows. */
@Timeout(120)
class LimitTest {
    private final List<Long> starts = Collections.synchronizedList(new ArrayList<>());

    @ParameterizedTest
    @CsvSource({"5, 200, 40", "50, 1000, 200"})
    @DisplayName("L2: never more than max in any window, over three processes")
    void sliding(int max, long millis, int jobs) {
        String address = RabbitServer.shared().address() + "?prefix=" + UUID.randomUUID();
        RateLimit limit = new RateLimit(max, Duration.ofMillis(millis));
        try (Queues one = Queues.open(address);
                Queues two = Queues.open(address);
                Queues three = Queues.open(address)) {
            long begin = System.nanoTime();
            for (Queues queues : List.of(one, two, three)) start(queues, limit);
            for (int i = 0; i < jobs; i++) one.queue("q").add("job");
            awaitStarts(jobs);
            requireWithin(limit, begin);
        }
    }

    @Test
    @DisplayName(
            "L2: a worker with another limit rules all; the window in which it came has no more than both together")
    void anotherLimit() {
        String address = RabbitServer.shared().address() + "?prefix=" + UUID.randomUUID();
        RateLimit generous = new RateLimit(20, Duration.ofMillis(500));
        RateLimit strict = new RateLimit(5, Duration.ofMillis(500));
        try (Queues one = Queues.open(address);
                Queues two = Queues.open(address)) {
            long begin = System.nanoTime();
            start(one, generous);
            for (int i = 0; i < 120; i++) one.queue("q").add("job");
            awaitStarts(30);
            start(two, strict);
            awaitStarts(60);
            requireWithin(new RateLimit(generous.max() + strict.max(), generous.window()), begin);
            starts.clear();
            // Handlers whose grants are older may still begin: those of one window.
            begin = System.nanoTime() - strict.window().toNanos();
            awaitStarts(20);
            requireWithin(strict, begin);
        }
    }

    private void start(Queues queues, RateLimit limit) {
        queues.worker("q")
                .options(WorkerOptions.builder().concurrency(4).rateLimit(limit).build())
                .onAny((payload, job) -> {
                    starts.add(System.nanoTime());
                    return null;
                })
                .start();
    }

    private void awaitStarts(int count) {
        until(() -> count + " started; now " + starts.size(), () -> starts.size() >= count);
    }

    /**
     * Handlers begin after their grants, by what a thread needs for that; so the n-th beginning is no earlier than the
     * n-th grant may be, however busy the machine is.
     */
    private void requireWithin(RateLimit limit, long begin) {
        List<Long> sorted = new ArrayList<>(starts);
        Collections.sort(sorted);
        for (int n = 0; n < sorted.size(); n++) {
            long earliest = begin + n / limit.max() * limit.window().toNanos();
            assertThat(sorted.get(n) - earliest)
                    .as("start %d, limit %s", n, limit)
                    .isNotNegative();
        }
    }
}
