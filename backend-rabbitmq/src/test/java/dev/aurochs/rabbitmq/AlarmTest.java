package dev.aurochs.rabbitmq;

import static dev.aurochs.rabbitmq.Patience.until;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.tck.server.RabbitServer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule B7 while the broker has run out of memory: it takes no messages, and says so. */
@Timeout(150)
class AlarmTest {
    private static final String WATERMARK = "set_vm_memory_high_watermark";
    private static final String TOO_LITTLE = "0.000001";
    private static final String ENOUGH = "0.8";

    private final RabbitServer server = RabbitServer.startPrivate("vm_memory_high_watermark.relative = " + ENOUGH);
    private final Queues queues = Queues.open(server.address());
    private final Queue queue = queues.queue("q");
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final CountDownLatch overAgain = new CountDownLatch(1);
    private final CountDownLatch runs = new CountDownLatch(1);

    @AfterEach
    void end() {
        queues.close();
        server.close();
    }

    @Test
    @DisplayName(
            "B7: adds fail as temporary while the broker is out of memory, what runs ends, and all goes on afterwards")
    void outOfMemory() throws Exception {
        try (Worker worker = start()) {
            queue.add("holds");
            runs.await();
            server.control(WATERMARK, TOO_LITTLE);
            until("an add is refused", this::isRefused);
            assertThatThrownBy(() -> queue.add("refused at once"))
                    .isInstanceOf(BackendUnavailableException.class)
                    .hasMessageContaining("takes no messages for now (low on memory)");
            overAgain.countDown();
            until("what ran has ended", () -> ended.contains("holds"));
            server.control(WATERMARK, ENOUGH);
            until("an add is taken", () -> !isRefused());
            queue.add("after");
            until("all has ended", () -> ended.containsAll(Set.of("after", "late", "again")));
            until("nothing runs any more", () -> worker.runningJobs() == 0);
        }
    }

    private boolean isRefused() {
        try {
            queue.add("tries");
            return false;
        } catch (BackendUnavailableException temporary) {
            return true;
        }
    }

    /** Adds a job that falls due, and one that is to run again, while the broker takes nothing. */
    private Worker start() {
        queue.add(
                "late", null, JobOptions.builder().delay(Duration.ofSeconds(1)).build());
        queue.add("again", null, JobOptions.builder().attempts(2).build());
        return queues.worker("q")
                .options(WorkerOptions.builder().concurrency(5).build())
                .onAny((payload, job) -> {
                    if (job.name().equals("holds")) {
                        runs.countDown();
                        overAgain.await();
                    }
                    if (job.name().equals("again") && job.attempt() == 1) {
                        overAgain.await();
                        throw new IllegalStateException("at first");
                    }
                    ended.add(job.name());
                    return null;
                })
                .start();
    }
}
