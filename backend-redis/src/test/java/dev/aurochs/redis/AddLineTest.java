package dev.aurochs.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.QueueBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Small adds of many callers go together; nobody sees by the result that they did. */
class AddLineTest {
    private static final Instant NOON = Instant.parse("2027-01-01T12:00:00Z");
    private static final QueueName MAIL = QueueName.of("mail");
    private static final int CALLERS = 8;
    private static final int ADDS = 100;

    private final RedisFixture fixture = new RedisFixture();
    private final QueueBackend backend = fixture.open();
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

    @AfterEach
    void close() {
        callers.shutdownNow();
        backend.close();
        fixture.close();
    }

    @Test
    @DisplayName("E2, D1: each job has its caller's moment, in its events and as what its delay counts from")
    void moments() throws Exception {
        List<Future<?>> calls = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            Instant now = NOON.plus(Duration.ofHours(caller));
            calls.add(callers.submit(() -> {
                for (int i = 0; i < ADDS; i++) add(now);
            }));
        }
        for (Future<?> call : calls) call.get();
        int added = 0;
        try (EventReader reader = backend.open(Set.of(MAIL), EventPosition.START)) {
            for (List<QueueEvent> events = read(reader); !events.isEmpty(); events = read(reader))
                for (QueueEvent event : events) {
                    if (!(event instanceof QueueEvent.Added it)) continue;
                    added++;
                    assertThat(it.at()).hasToString(it.name());
                }
        }
        assertThat(added).isEqualTo(CALLERS * ADDS);
    }

    private void add(Instant now) {
        NewJob job = new NewJob(
                MAIL,
                NewJob.IdSource.ASSIGNED_BY_STORE,
                null,
                now.toString(),
                Json.EMPTY_OBJECT,
                JobOptions.defaults(),
                now,
                null,
                null,
                false);
        backend.add(List.of(AddUnit.of(job)), now).get(0).toCompletableFuture().join();
    }

    private static List<QueueEvent> read(EventReader reader) throws InterruptedException {
        return reader.read(1_000, Duration.ofMillis(1)).events();
    }
}
