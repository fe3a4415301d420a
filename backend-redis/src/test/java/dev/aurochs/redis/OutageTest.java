package dev.aurochs.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.Job;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.QueueEvents;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.redis.wire.Connections;
import dev.aurochs.redis.wire.Wire;
import dev.aurochs.tck.server.RedisServer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Protocol;

/** Rules W9 and B7 against a server that really goes away: producer, worker and listener go on without a restart. */
@Timeout(120)
class OutageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RedisServer server = RedisServer.startPrivate(RedisServer.Journal.ALWAYS);
    private final Set<String> heard = ConcurrentHashMap.newKeySet();
    private Queues queues;
    private Queue queue;
    private Worker worker;
    private QueueEvents events;

    @BeforeEach
    void begin() {
        queues = Queues.open(server.address());
        queue = queues.queue("q");
        worker = queues.worker("q").onAny((payload, job) -> job.name()).start();
        events = queues.events("q")
                .on(
                        QueueEvent.Completed.class,
                        event -> heard.add(event.job().id().value()))
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

    /** Adds a job as somebody does who repeats what may not have happened, and waits for its end. */
    private void finish(String id) {
        JobOptions options = JobOptions.builder().id(id).build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Job job = queue.add("job", null, options);
                assertThat(result(job)).isEqualTo("\"job\"");
                break;
            } catch (BackendUnavailableException away) {
                if (System.nanoTime() > deadline) throw away;
            }
        }
        while (!heard.contains(id) && System.nanoTime() < deadline) Thread.onSpinWait();
        assertThat(heard).contains(id);
    }

    private String result(Job job) {
        try {
            return events.waitUntilFinished(job, PATIENCE).text();
        } catch (InterruptedException | TimeoutException late) {
            throw new AssertionError("job " + job + " did not end", late);
        }
    }

    @Test
    @DisplayName("W9: a killed server that is started again")
    void restart() {
        server.kill();
        assertThatThrownBy(() -> queue.add("job", null)).isInstanceOf(BackendUnavailableException.class);
        server.start();
        finish("after the restart");
    }

    @Test
    @DisplayName("W9: a server that answers nobody for a while")
    void suspended() {
        server.suspend();
        assertThatThrownBy(() -> queue.add("job", null))
                .isInstanceOfSatisfying(
                        BackendUnavailableException.class,
                        away -> assertThat(away).hasMessageContaining("redis://127.0.0.1:" + server.port()));
        server.resume();
        finish("after the rest");
    }

    @Test
    @DisplayName("W9: connections that somebody cuts")
    void cut() {
        try (Connections own = new Connections(
                RedisAddress.of(BackendAddress.parse(server.address())).server())) {
            Wire wire = new Wire(own, "bull");
            for (int round = 0; round < 5; round++) {
                wire.command(Protocol.Command.CLIENT, "KILL", "SKIPME", "yes");
                finish("after cut " + round);
            }
        }
    }

    @Test
    @DisplayName("W9: scripts that the server has forgotten")
    void flushed() {
        try (Connections own = new Connections(
                RedisAddress.of(BackendAddress.parse(server.address())).server())) {
            new Wire(own, "bull").command(Protocol.Command.SCRIPT, "FLUSH");
            finish("after the flush");
        }
    }

    @Test
    @DisplayName("B4: what was acknowledged before a kill is there after it")
    void nothingIsLost() {
        queue.pause();
        Map<String, Job> jobs = Map.of(
                "waits", queue.add("waits", 1),
                "delayed",
                        queue.add(
                                "delayed",
                                2,
                                JobOptions.builder().delay(Duration.ofMillis(1)).build()),
                "urgent",
                        queue.add("urgent", 3, JobOptions.builder().priority(7).build()));
        server.kill();
        server.start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                queue.resume();
                break;
            } catch (BackendUnavailableException away) {
                if (System.nanoTime() > deadline) throw away;
            }
        }
        jobs.forEach((name, job) -> assertThat(result(job)).isEqualTo('"' + name + '"'));
    }
}
