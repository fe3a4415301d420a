package dev.aurochs.rabbitmq;

import static dev.aurochs.rabbitmq.Patience.AFTER_A_CRASH;
import static dev.aurochs.rabbitmq.Patience.pass;
import static dev.aurochs.rabbitmq.Patience.until;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.QueueEvents;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.tck.server.RabbitServer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules W9 and B7 against a broker that really goes away: producer, worker and listener go on without a restart. */
@Timeout(300)
class OutageTest {
    /** A queue that was made just before is not yet safe from a kill. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private final RabbitServer server = RabbitServer.startPrivate();
    private final Set<String> heard = ConcurrentHashMap.newKeySet();
    private final Set<String> ran = ConcurrentHashMap.newKeySet();
    private Queues queues;
    private Queue queue;
    private Worker worker;
    private QueueEvents events;

    @BeforeEach
    void begin() {
        queues = Queues.open(server.address());
        queue = queues.queue("q");
        worker = queues.worker("q")
                .onAny((payload, job) -> {
                    ran.add(job.name());
                    return job.name();
                })
                .start();
        events = queues.events("q")
                .on(
                        QueueEvent.Completed.class,
                        event -> heard.add(event.result().text()))
                .start();
        finish("before");
    }

    @AfterEach
    void end() {
        events.close();
        worker.close();
        queues.close();
        server.close();
    }

    /** What ends while a listener is not connected it does not hear; so jobs are added until one is heard of. */
    private void finish(String name) {
        AtomicInteger added = new AtomicInteger();
        until("something is heard of " + name, () -> {
            add(name + added.incrementAndGet());
            pass(Duration.ofMillis(100));
            return heard.stream().anyMatch(result -> result.contains(name));
        });
    }

    private void add(String name) {
        until(name + " is added", () -> {
            try {
                queue.add(name);
                return true;
            } catch (BackendUnavailableException away) {
                return false;
            }
        });
    }

    @Test
    @DisplayName("W9: a killed broker that is started again; what was acknowledged before is there")
    void restart() {
        queue.pause();
        pass(SETTLED);
        queue.add("waits");
        queue.add(
                "delayed",
                null,
                JobOptions.builder().delay(Duration.ofSeconds(1)).build());
        queue.add(
                "later", null, JobOptions.builder().delay(Duration.ofSeconds(4)).build());
        server.kill();
        assertThatThrownBy(() -> queue.add("refused")).isInstanceOf(BackendUnavailableException.class);
        server.start();
        until("it resumes", this::resumed);
        until(AFTER_A_CRASH, () -> "all run", () -> ran.containsAll(Set.of("waits", "delayed", "later")));
        finish("after the restart");
    }

    private boolean resumed() {
        try {
            queue.resume();
            return true;
        } catch (BackendUnavailableException away) {
            return false;
        }
    }

    @Test
    @DisplayName("W9: a broker that answers nobody for a while")
    void suspended() {
        server.suspend();
        pass(Duration.ofSeconds(2));
        server.resume();
        finish("after the rest");
    }
}
