package dev.aurochs.interop;

import static dev.aurochs.interop.Texts.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.interop.node.BullMq;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.resps.StreamEntry;
import tools.jackson.databind.JsonNode;

/** Limits hold over the workers of both sides together. */
@ExtendWith(LabExtension.class)
class LimitsInteropTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private static void addMany(NodeQueue node, int jobs, String behave) {
        StringBuilder all = new StringBuilder("[");
        for (int i = 0; i < jobs; i++)
            all.append("{name:'n',data:{behave:").append(behave).append("}},");
        all.setCharAt(all.length() - 1, ']');
        node.peer().ask("addBulk", "queue", node.name(), "jobs", json(all.toString()));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("global concurrency: never more than so many run, and all get their turn")
    void concurrency(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("concurrency")).listen();
        node.call("setGlobalConcurrency", 3);
        node.worker("w", "{concurrency:4,drainDelay:1}");
        lab.work(node.name(), options -> options.concurrency(4));
        addMany(node, 60, "{kind:'after',ms:5}");
        node.await("completed", 60);
        int running = 0;
        int most = 0;
        for (StreamEntry entry : lab.redis().xrange(lab.key(node.name(), "events"), "-", "+")) {
            String event = entry.getFields().get("event");
            if ("active".equals(event)) running++;
            if ("completed".equals(event)) running--;
            most = Math.max(most, running);
        }
        assertThat(most).isBetween(1, 3);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("the workers' rate limit is one for both: so many start, the others wait for the window to end")
    void workerLimit(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("limit")).listen();
        node.call("pause");
        addMany(node, 12, "{kind:'echo'}");
        node.worker("w", "{concurrency:3,limiter:{max:5,duration:" + LONG.toMillis() + "}}");
        lab.work(node.name(), options -> options.concurrency(3).rateLimit(new RateLimit(5, LONG)));
        node.call("resume");
        node.await("completed", 5);
        assertStill(lab, node, 5);
        assertThat(node.call("getRateLimitTtl").asLong()).isBetween(1L, LONG.toMillis());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a limit set on the queue by either side holds for workers that have none")
    void queueLimit(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("global-limit")).listen();
        Queue java = lab.java().queue(node.name());
        java.setRateLimit(new RateLimit(4, LONG));
        addMany(node, 10, "{kind:'echo'}");
        lab.work(node.name(), options -> options.concurrency(2));
        node.worker("w", "{concurrency:2}");
        node.await("completed", 4);
        assertStill(lab, node, 4);
    }

    @Test
    @DisplayName("windows that end let the next jobs start, until all have run")
    void windows(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("windows")).listen();
        addMany(node, 20, "{kind:'echo'}");
        node.worker("w", "{concurrency:2,limiter:{max:5,duration:200}}");
        lab.work(node.name(), options -> options.concurrency(2).rateLimit(new RateLimit(5, Duration.ofMillis(200))));
        node.await("completed", 20);
        List<Long> starts = lab.redis().xrange(lab.key(node.name(), "events"), "-", "+").stream()
                .filter(entry -> "active".equals(entry.getFields().get("event")))
                .map(entry -> entry.getID().getTime())
                .toList();
        // In any window at most twice the limit starts; the server's clock stamps both starts and windows.
        for (int i = 0; i + 10 < starts.size(); i++)
            assertThat(starts.get(i + 10) - starts.get(i))
                    .as("starts %s", starts)
                    .isGreaterThanOrEqualTo(190);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a hold by Node's hand stops Java's limited workers, and is lifted by Java")
    void nodeHolds(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("node-holds")).listen();
        Queue java = lab.java().queue(node.name());
        java.setRateLimit(new RateLimit(100, Duration.ofSeconds(1)));
        node.call("rateLimit", LONG.toMillis());
        assertThat(java.settings().heldUntil()).isPresent();
        addMany(node, 2, "{kind:'echo'}");
        new JavaSide(lab.java(), node.name()).step();
        assertStill(lab, node, 0);
        java.liftHold();
        assertThat(node.call("getRateLimitTtl").asLong()).isNotPositive();
        new JavaSide(lab.java(), node.name()).step();
        node.await("completed", 1);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a hold by Java's hand stops Node's limited workers and Java's own, and is lifted by Node")
    void javaHolds(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("java-holds")).listen();
        Queue java = lab.java().queue(node.name());
        java.hold(LONG);
        assertThat(node.call("getRateLimitTtl").asLong()).isPositive();
        addMany(node, 2, "{kind:'echo'}");
        node.worker("w", "{limiter:{max:100,duration:1000},maximumRateLimitDelay:100}");
        new JavaSide(lab.java(), node.name()).step();
        assertStill(lab, node, 0);
        node.call("removeRateLimitKey");
        node.await("completed", 2);
        addMany(node, 1, "{kind:'hold'}");
        node.await("active", 3);
        addMany(node, 1, "{kind:'echo'}");
        new JavaSide(lab.java(), node.name()).step();
        node.await("completed", 3);
        node.peer().ask("release", "name", "w");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a run that meets a limit elsewhere holds the queue and comes again at no attempt, on both sides")
    void runHolds(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("run-holds")).listen();
        String onJava = node.add("n", "{behave:{kind:'rateLimited',ms:150}}");
        lab.work(node.name(), options -> options.rateLimit(new RateLimit(100, Duration.ofSeconds(1))))
                .setConcurrency(1);
        JsonNode first = node.await("completed", onJava);
        assertThat(first.path("returnvalue").asInt()).isZero();
        assertThat(node.look(onJava).path("attemptsMade").asInt()).isEqualTo(1);
        Map<String, String> record = lab.redis().hgetAll(lab.key(node.name(), onJava));
        assertThat(record).containsEntry("ats", "2");
    }

    /** So many have completed, and no other has begun. */
    private static void assertStill(Lab lab, NodeQueue node, int completed) {
        // Whoever could start another one has had its turn by then.
        node.peer().ask("ping");
        assertThat(node.call("getJobCounts", "completed", "active"))
                .isEqualTo(json("{completed:" + completed + ",active:0}"));
        long active = lab.redis().xrange(lab.key(node.name(), "events"), "-", "+").stream()
                .filter(entry -> "active".equals(entry.getFields().get("event")))
                .count();
        assertThat(active).isEqualTo(completed);
    }
}
