package dev.aurochs.rabbitmq;

import static dev.aurochs.rabbitmq.Patience.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.rabbitmq.wire.Names;
import dev.aurochs.tck.server.RabbitServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A broker that starts again may bring back a bucket before it can hand on what is over there. The bucket keeps it and
 * tries again after the broker's {@value #PATIENCE}, three minutes unless set.
 */
@Timeout(150)
class LateHopTest {
    private static final String PATIENCE = "dead_letter_worker_publisher_confirm_timeout";
    /** Changes nothing: only a broker with a configuration is controlled. */
    private static final String DEFAULT = "vm_memory_high_watermark.relative = 0.4";

    private static final Duration LONGER_THAN_NEAR = Delays.NEAR.plusMillis(400);
    private static final Names NAMES = new Names("aurochs");

    private final List<String> ran = new CopyOnWriteArrayList<>();

    @Test
    @DisplayName("what a bucket could not hand on is kept, and comes when the broker tries again")
    void keepsWhatItCouldNotHandOn() {
        try (RabbitServer server = RabbitServer.startPrivate(DEFAULT)) {
            eval(server, "application:set_env(rabbit, " + PATIENCE + ", 2000)");
            try (Queues queues = Queues.open(server.address() + "?queueType=quorum");
                    Worker worker = queues.worker("q")
                            .onAny((payload, job) -> {
                                ran.add(job.name());
                                return null;
                            })
                            .start()) {
                Queue queue = queues.queue("q");
                queue.add("at once");
                until("it works", () -> ran.contains("at once"));
                eval(server, "ra:stop_server(quorum_queues, " + near() + ")");
                queue.add(
                        "delayed",
                        null,
                        JobOptions.builder().delay(LONGER_THAN_NEAR).build());
                until("it has left the bucket and arrived nowhere", () -> isOnItsWay(server));
                eval(server, "ra:restart_server(quorum_queues, " + near() + ")");
                until("it has run", () -> ran.contains("delayed"));
                until("nothing runs any more", () -> worker.runningJobs() == 0);
            }
        }
        assertThat(ran).containsExactly("at once", "delayed");
    }

    /** The bucket has it still, though nobody may take it any more. */
    private static boolean isOnItsWay(RabbitServer server) {
        return server.control("list_queues", "name", "messages_ready", "messages", "--local")
                .contains(NAMES.bucket(0) + "\t0\t1");
    }

    /** The process of the queue on the broker. */
    private static String near() {
        return "{'%2F_" + NAMES.near() + "', node()}";
    }

    private static void eval(RabbitServer server, String expression) {
        server.control("eval", expression + ".");
    }
}
