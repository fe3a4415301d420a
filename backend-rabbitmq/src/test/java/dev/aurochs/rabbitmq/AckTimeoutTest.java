package dev.aurochs.rabbitmq;

import static dev.aurochs.rabbitmq.Patience.until;

import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.rabbitmq.wire.QueueType;
import dev.aurochs.tck.server.RabbitServer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that takes longer than the broker waits for an acknowledgement. */
@Timeout(150)
class AckTimeoutTest {
    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch again = new CountDownLatch(1);
    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    @ParameterizedTest
    @EnumSource(QueueType.class)
    @DisplayName("a job that the broker takes back runs again, and the worker goes on")
    void takenBack(QueueType type) {
        try (RabbitServer server = RabbitServer.startPrivate("consumer_timeout = 1000")) {
            // How often the broker looks: once a minute unless told.
            server.control("eval", "application:set_env(rabbit, channel_tick_interval, 200).");
            try (Queues queues = Queues.open(server.address() + "?queueType=" + type.label());
                    Worker worker = start(queues)) {
                queues.queue("q").add("long");
                until("it has run again", () -> ended.contains("long"));
                until("both runs are over", () -> worker.runningJobs() == 0);
                queues.queue("q").add("short");
                until("the next one has run", () -> ended.contains("short"));
            }
        }
    }

    /** The first run lasts until the second. */
    private Worker start(Queues queues) {
        return queues.worker("q")
                .options(WorkerOptions.builder().concurrency(2).build())
                .onAny((payload, job) -> {
                    if (job.name().equals("long") && runs.incrementAndGet() == 1) again.await();
                    again.countDown();
                    ended.add(job.name());
                    return null;
                })
                .start();
    }
}
