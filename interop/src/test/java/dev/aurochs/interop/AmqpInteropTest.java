package dev.aurochs.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aurochs.interop.node.NodePeer;
import dev.aurochs.interop.node.NodePeers;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.tck.server.RabbitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A Node program that knows amqplib and the RabbitMQ page publishes jobs that Java runs, and reads their events. */
@Tag("rabbitmq")
class AmqpInteropTest {
    private static final String MAIL = "mail";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private final String prefix = "interop" + ProcessHandle.current().pid() + "-" + PREFIXES.incrementAndGet();

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    @DisplayName("payloads of all kinds come to Java as they were, and results to Node as they are")
    void payloads(String type) {
        JsonDice dice = new JsonDice(4);
        List<String> payloads = new ArrayList<>();
        for (int i = 0; i < 60; i++) payloads.add(dice.value());
        payloads.add(dice.large());
        try (Queues queues = open(type);
                Worker worker = echo(queues);
                NodePeer node = NodePeers.startAmqp(RabbitServer.shared().address(), prefix)) {
            node.ask("listen", "queue", MAIL);
            for (int i = 0; i < payloads.size(); i++) publish(node, "n" + i, payloads.get(i), "{}", null);
            List<JsonNode> completed = await().atMost(PATIENCE)
                    .until(() -> events(node, "completed"), events -> events.size() == payloads.size());
            for (JsonNode event : completed) {
                int job = Integer.parseInt(event.get("job").asString().substring(1));
                assertThat(Texts.json(event.get("result").asString())).isEqualTo(Texts.json(payloads.get(job)));
            }
            assertThat(worker.runningJobs()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    @DisplayName("a job from Node waits until it is due and is tried again as its options say")
    void delayedAndRetried(String type) {
        AtomicLong begun = new AtomicLong();
        AtomicInteger runs = new AtomicInteger();
        try (Queues queues = open(type);
                Worker worker = queues.worker(MAIL)
                        .onAny((payload, job) -> {
                            begun.compareAndSet(0, System.currentTimeMillis());
                            if (runs.incrementAndGet() < 3) throw new IllegalStateException("not yet");
                            return "sent";
                        })
                        .start();
                NodePeer node = NodePeers.startAmqp(RabbitServer.shared().address(), prefix)) {
            node.ask("listen", "queue", MAIL);
            long due = System.currentTimeMillis() + 400;
            String options = "{\"attempts\":3,\"backoff\":{\"type\":\"fixed\",\"delay\":20}}";
            publish(node, "late", "{}", options, due);
            JsonNode completed = await().atMost(PATIENCE)
                    .until(() -> events(node, "completed"), events -> events.size() == 1)
                    .get(0);
            assertThat(completed.get("job").asString()).isEqualTo("late");
            assertThat(completed.get("result").asString()).isEqualTo("\"sent\"");
            assertThat(begun.get()).isGreaterThanOrEqualTo(due);
            assertThat(events(node, "active")).hasSize(3);
            assertThat(events(node, "delayed")).hasSizeGreaterThanOrEqualTo(2);
            assertThat(worker.runningJobs()).isZero();
        }
    }

    @Test
    @DisplayName("the Node program in docs/backends/rabbitmq.md does what the page says")
    void programInTheDocs() throws Exception {
        String address = RabbitServer.shared().address();
        Path program = NodePeers.amqpPackages().resolve("mail.mjs");
        Files.writeString(program, programOf(Path.of("../docs/backends/rabbitmq.md"), address));
        try (Queues queues = Queues.open(address);
                Worker worker = echo(queues)) {
            Process node = new ProcessBuilder("node", program.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(node.getInputStream().readAllBytes());
            assertThat(node.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(said).contains("active").contains("completed").contains("{\"to\":\"ada@example.org\"}");
            assertThat(node.exitValue()).as(said).isZero();
            assertThat(worker.runningJobs()).isZero();
        }
    }

    private static String programOf(Path page, String address) throws IOException {
        Matcher block = Pattern.compile("```js\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(page));
        assertThat(block.find()).isTrue();
        return block.group(1).replace("amqp://localhost", address);
    }

    private Queues open(String type) {
        return Queues.open(RabbitServer.shared().address() + "?queueType=" + type + "&prefix=" + prefix);
    }

    private static Worker echo(Queues queues) {
        return queues.worker(MAIL).onAny((payload, job) -> payload).start();
    }

    private static void publish(NodePeer node, String id, String body, String options, @Nullable Long due) {
        ObjectNode headers = Texts.object("aurochs-opts", options);
        if (due != null) headers.put("aurochs-due", due);
        ObjectNode properties = Texts.object("type", "welcome", "messageId", id);
        properties.set("headers", headers);
        node.ask("publish", "queue", MAIL, "body", body, "properties", properties);
    }

    private static List<JsonNode> events(NodePeer node, String event) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode each : node.ask("events"))
            if (each.get("event").asString().equals(event)) found.add(each);
        return found;
    }
}
