package dev.aurochs.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.rabbitmq.wire.Names;
import dev.aurochs.rabbitmq.wire.QueueArguments;
import dev.aurochs.rabbitmq.wire.QueueType;
import dev.aurochs.rabbitmq.wire.ServerVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The page about this backend says of the broker's queues what the code declares. */
class TopologyTest {
    private static final Path PAGE = Path.of("..", "docs", "backends", "rabbitmq.md");
    private static final Names NAMES = new Names("P");
    private static final QueueName QUEUE = QueueName.of("q");
    private static final RateLimit FIVE = new RateLimit(5, Duration.ofSeconds(1));
    private static final String LEDGER = NAMES.ledger(JobRef.of("q", "id"));
    private static final Duration STAY = FIVE.window().plus(Limiter.useWithin(FIVE));

    @Test
    @DisplayName("the table of queues in the page is that of the code")
    void table() throws IOException {
        List<String> page = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `P."))
                .toList();
        assertThat(page)
                .containsExactly(
                        row(NAMES.waiting(QUEUE), QueueArguments::waiting),
                        row(NAMES.failed(QUEUE), QueueArguments::failed),
                        row(NAMES.paused(QUEUE), QueueArguments::marker),
                        row(NAMES.limit(QUEUE), arguments -> arguments.limit(FIVE.max(), STAY)),
                        row(NAMES.intake(), QueueArguments::plain),
                        row(LEDGER, QueueArguments::ledger),
                        row(NAMES.near(), QueueArguments::plain),
                        row(NAMES.bucket(0), arguments -> arguments.bucket(0, NAMES.near())),
                        row(NAMES.bucket(21), arguments -> arguments.bucket(21, NAMES.near())));
    }

    private static String row(String name, Function<QueueArguments, Map<String, Object>> arguments) {
        return "| `" + name + "` | " + cell(QueueType.CLASSIC, arguments) + " | " + cell(QueueType.QUORUM, arguments)
                + " |";
    }

    /** From 4.1 on there is one more for some. */
    private static String cell(QueueType type, Function<QueueArguments, Map<String, Object>> arguments) {
        Map<String, Object> old = declared("3.10.8", type, arguments);
        Map<String, Object> more = new TreeMap<>(declared("4.1.0", type, arguments));
        more.keySet().removeAll(old.keySet());
        String always = text(old);
        return more.isEmpty() ? always : always + "; newer brokers: " + text(more);
    }

    private static Map<String, Object> declared(
            String version, QueueType type, Function<QueueArguments, Map<String, Object>> arguments) {
        ServerVersion server = ServerVersion.of(Map.of("version", version));
        return arguments.apply(new QueueArguments(type, server, Duration.ofDays(1)));
    }

    private static String text(Map<String, Object> arguments) {
        return arguments.entrySet().stream()
                .map(entry -> "`" + entry.getKey() + "=" + entry.getValue() + "`")
                .collect(Collectors.joining(" "));
    }
}
