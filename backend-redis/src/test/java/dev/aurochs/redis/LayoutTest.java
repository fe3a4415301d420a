package dev.aurochs.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.testing.ManualWorker;
import dev.aurochs.redis.wire.Connections;
import dev.aurochs.redis.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol;

/** What is on a server, compared with what {@code docs/backends/redis.md} says. */
class LayoutTest {
    private static final Path PAGE = Path.of("..", "docs", "backends", "redis.md");
    private static final Duration LATER = Duration.ofMinutes(1);

    @Test
    @DisplayName("every key that the features leave behind stands in the table of keys")
    void keys() throws IOException {
        Set<String> documented = documentedKeys();
        RedisFixture fixture = new RedisFixture();
        try (Connections connections = new Connections(fixture.address().server())) {
            Wire wire = new Wire(connections, fixture.prefix());
            Set<String> shapes = new TreeSet<>();
            try (QueueBackend backend = fixture.open();
                    Queues queues = Queues.over(backend, InstantSource.system())) {
                useEverything(
                        queues,
                        () -> RedisKeys.under(wire, fixture.prefix()).forEach(key -> shapes.add(shape(wire, key))));
            }
            assertThat(shapes).isSubsetOf(documented);
            assertThat(shapes)
                    .contains("Q:wait", "Q:prioritized", "Q:delayed", "Q:active", "Q:waiting-children", "Q:completed")
                    .contains("Q:failed", "Q:meta", "Q:events", "Q:repeat", "Q:repeat:ID", "Q:de:ID", "Q:dn:ID")
                    .contains("J", "J:lock", "J:logs", "J:dependencies", "J:processed", "J:failed", "J:unsuccessful");
        } finally {
            fixture.close();
        }
    }

    /** The first column of the table of keys, one by one. */
    private static Set<String> documentedKeys() throws IOException {
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf("## Keys"), page.indexOf("## What Aurochs adds"));
        Set<String> keys = new TreeSet<>();
        for (String line : table.split("\n")) {
            if (!line.startsWith("| `")) continue;
            Matcher name = Pattern.compile("`([^`]+)`").matcher(line.substring(0, line.indexOf('|', 2)));
            while (name.find()) keys.add(name.group(1));
        }
        return keys;
    }

    /** The key with its queue, job and other ids left out. */
    private static String shape(Wire wire, String key) {
        String[] parts = key.split(":", 3);
        String rest = parts[2];
        for (String begin : List.of("de:", "dn:")) if (rest.startsWith(begin)) return "Q:" + begin + "ID";
        if (rest.matches("repeat:[^:]+")) return "Q:repeat:ID";
        if (rest.startsWith("metrics:")) return rest.endsWith(":data") ? "Q:metrics:KIND:data" : "Q:metrics:KIND";
        int last = rest.lastIndexOf(':');
        boolean isHash = wire.command(Protocol.Command.TYPE, key).text().equals("hash");
        if (isHash && !rest.equals("meta") && !rest.endsWith(":processed") && !rest.endsWith(":failed")) return "J";
        return last < 0 ? "Q:" + rest : "J" + rest.substring(last);
    }

    /** @param look called when everything has been used, while a job runs */
    private static void useEverything(Queues queues, Runnable look) {
        Queue queue = queues.queue("q");
        queue.setRateLimit(new RateLimit(1_000, LATER));
        queue.add(
                "done",
                null,
                JobOptions.builder()
                        .deduplication(Deduplication.throttle("t", LATER))
                        .build());
        queue.add("broken", null);
        queues.flows().add(parentOf("good", ChildFailurePolicy.WAIT));
        queues.flows().add(parentOf("ignored", ChildFailurePolicy.IGNORE));
        queues.flows().add(parentOf("fatal", ChildFailurePolicy.FAIL_PARENT));
        WorkerOptions options =
                WorkerOptions.builder().keepFailed(Retention.all()).build();
        try (ManualWorker worker = queues.worker("q")
                .options(options)
                .onAny((payload, job) -> {
                    job.log("a line");
                    return job.name().equals("good") || job.name().equals("done") ? null : RunResult.fail("no");
                })
                .manual()) {
            worker.runAll(100);
            queue.add(
                    "kept",
                    null,
                    JobOptions.builder()
                            .deduplication(Deduplication.keepLast("k"))
                            .build());
            worker.hold().orElseThrow();
            queue.add(
                    "next",
                    null,
                    JobOptions.builder()
                            .deduplication(Deduplication.keepLast("k"))
                            .build());
            queues.flows().add(parentOf("waits", ChildFailurePolicy.WAIT));
            queue.add("urgent", null, JobOptions.builder().priority(3).build());
            queue.add("later", null, JobOptions.builder().delay(LATER).build());
            queue.schedules().upsert("daily", Recurrence.every(LATER), "again");
            queue.add("last", null);
            look.run();
        }
    }

    private static FlowNode parentOf(String child, ChildFailurePolicy policy) {
        JobOptions options = JobOptions.builder().childFailurePolicy(policy).build();
        return FlowNode.of("q", "parent of " + child)
                .withChildren(FlowNode.of("q", child).withOptions(options));
    }
}
