package dev.aurochs.interop.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.tck.server.RedisServer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** The checker finds what was damaged on purpose, and nothing in a sound queue. */
class ConsistencyCheckerTest {
    private static RedisClient redis;

    private final String queue = "damaged-" + UUID.randomUUID();

    @BeforeAll
    static void open() {
        redis = RedisClient.create(RedisServer.shared().address());
    }

    @AfterAll
    static void close() {
        redis.close();
    }

    private String key(String suffix) {
        return "bull:" + queue + ":" + suffix;
    }

    private static Map<String, String> record() {
        return new HashMap<>(Map.of(
                "name", "n", "data", "{}", "opts", "{}", "timestamp", "1700000000000", "delay", "0", "priority", "0"));
    }

    private void job(String id, String... more) {
        Map<String, String> fields = record();
        for (int i = 0; i < more.length; i += 2) fields.put(more[i], more[i + 1]);
        redis.hset(key(id), fields);
    }

    private void waiting(String id) {
        job(id);
        redis.lpush(key("wait"), id);
        redis.zadd(key("marker"), 0, "0");
    }

    private void expect(Invariant invariant, String subject) {
        assertThat(new ConsistencyChecker(redis, "bull").flawsWithoutWorkers(queue))
                .singleElement()
                .satisfies(flaw -> {
                    assertThat(flaw.invariant()).isEqualTo(invariant);
                    assertThat(flaw.subject()).contains(subject);
                });
    }

    @Test
    @DisplayName("an empty queue and one with a job of each kind have no flaws")
    void sound() {
        assertThat(new ConsistencyChecker(redis, "bull").flawsWithoutWorkers(queue))
                .isEmpty();
        waiting("1");
        job("2", "processedOn", "1700000000001", "ats", "1");
        redis.lpush(key("active"), "2");
        redis.set(key("2:lock"), "token");
        job("3", "returnvalue", "null", "finishedOn", "1700000000005", "atm", "1");
        redis.zadd(key("completed"), 1700000000005d, "3");
        job("4", "parentKey", key("5"), "parent", "{\"id\":\"5\",\"queueKey\":\"bull:" + queue + "\"}");
        redis.lpush(key("wait"), "4");
        job("5");
        redis.zadd(key("waiting-children"), 1, "5");
        redis.sadd(key("5:dependencies"), key("4"));
        job("repeat:s:1800000000000", "rjk", "s", "opts", "{\"repeat\":{\"every\":1000,\"count\":1}}");
        redis.zadd(key("delayed"), 1800000000000d * 4096, "repeat:s:1800000000000");
        redis.zadd(key("repeat"), 1800000000000d, "s");
        redis.hset(key("repeat:s"), Map.of("name", "n", "every", "1000", "ic", "1"));
        redis.set(key("de:d"), "1");
        redis.zadd(key("marker"), 1800000000000d, "1");
        assertThat(new ConsistencyChecker(redis, "bull").flawsWithoutWorkers(queue))
                .isEmpty();
    }

    @Test
    @DisplayName("a job in two containers, or twice in one")
    void twoPlaces() {
        waiting("1");
        redis.lpush(key("wait"), "1");
        expect(Invariant.ONE_PLACE, "1");
    }

    @Test
    @DisplayName("an id without hash")
    void noRecord() {
        waiting("1");
        redis.del(key("1"));
        expect(Invariant.HAS_RECORD, "1");
    }

    @Test
    @DisplayName("a hash that no container knows")
    void orphan() {
        job("1");
        expect(Invariant.NO_ORPHAN, "1");
    }

    @Test
    @DisplayName("a part of a job that is gone")
    void leftOver() {
        redis.rpush(key("1:logs"), "line");
        expect(Invariant.NO_ORPHAN, "1");
    }

    @Test
    @DisplayName("an active job without lock, and a lock without active job")
    void locks() {
        job("1");
        redis.lpush(key("active"), "1");
        expect(Invariant.RUNNING_IS_LOCKED, "1");
        redis.del(key("active"));
        redis.lpush(key("wait"), "1");
        redis.zadd(key("marker"), 0, "0");
        redis.set(key("1:lock"), "token");
        expect(Invariant.LOCK_IS_RUNNING, "1");
    }

    @Test
    @DisplayName("a pending child that is gone, that has completed, or that does not know its parent")
    void children() {
        job("5");
        redis.zadd(key("waiting-children"), 1, "5");
        redis.sadd(key("5:dependencies"), key("4"));
        assertThat(new ConsistencyChecker(redis, "bull").flaws(queue)).hasSize(2);
        job("4", "returnvalue", "1", "finishedOn", "7", "parentKey", key("5"));
        redis.hset(key("4"), "parent", "{\"id\":\"5\",\"queueKey\":\"bull:" + queue + "\"}");
        redis.zadd(key("completed"), 7, "4");
        expect(Invariant.PENDING_CHILD, "5");
        redis.del(key("completed"));
        redis.zadd(key("failed"), 7, "4");
        redis.hset(key("4"), "failedReason", "no");
        redis.hdel(key("4"), "parentKey");
        expect(Invariant.PENDING_CHILD, "5");
    }

    @Test
    @DisplayName("a parent that waits for nobody")
    void nobody() {
        job("5");
        redis.zadd(key("waiting-children"), 1, "5");
        expect(Invariant.PARENT_WAITS, "5");
    }

    @Test
    @DisplayName("a deduplication id held by a job that is gone or has finished")
    void deduplication() {
        redis.set(key("de:d"), "9");
        expect(Invariant.DEDUPLICATION_OWNER, "9");
        redis.set(key("de:d"), "9", SetParams.setParams().px(60_000));
        assertThat(new ConsistencyChecker(redis, "bull").flaws(queue)).isEmpty();
    }

    @Test
    @DisplayName("a scheduler whose chain is broken")
    void schedule() {
        redis.zadd(key("repeat"), 1800000000000d, "s");
        redis.hset(key("repeat:s"), Map.of("name", "n", "every", "1000", "ic", "1"));
        expect(Invariant.SCHEDULE_GOES_ON, "s");
        redis.hset(key("repeat:s"), "limit", "3");
        assertThat(new ConsistencyChecker(redis, "bull").flaws(queue)).isEmpty();
    }

    @Test
    @DisplayName("waiting or delayed jobs that wake nobody")
    void wakes() {
        waiting("1");
        redis.del(key("marker"));
        expect(Invariant.WAKE, queue);
        redis.hset(key("meta"), "paused", "1");
        assertThat(new ConsistencyChecker(redis, "bull").flawsWithoutWorkers(queue))
                .isEmpty();
        redis.del(key("meta"), key("wait"));
        redis.zadd(key("delayed"), 4096d * 1800000000000d, "1");
        expect(Invariant.DELAY_WAKE, queue);
    }

    @Test
    @DisplayName("numbers and JSON that others cannot read")
    void encoding() {
        waiting("1");
        redis.hset(key("1"), "timestamp", "1.7e+12");
        expect(Invariant.ENCODING, "1");
        redis.hset(key("1"), Map.of("timestamp", "17", "data", "{broken"));
        expect(Invariant.ENCODING, "1");
        redis.hset(key("1"), Map.of("data", "", "rjk", "s"));
        assertThat(new ConsistencyChecker(redis, "bull").flaws(queue)).hasSize(2);
        redis.hdel(key("1"), "rjk", "data");
        expect(Invariant.ENCODING, "1");
    }

    @Test
    @DisplayName("scores that say something else than the hash")
    void scores() {
        job("1", "priority", "3");
        redis.zadd(key("prioritized"), 4d * (1L << 32) + 1, "1");
        redis.zadd(key("marker"), 0, "0");
        expect(Invariant.SCORE, "1");
    }

    @Test
    @DisplayName("events that would stop a listener, and keys that nobody knows")
    void eventsAndKeys() {
        redis.xadd(
                key("events"),
                new redis.clients.jedis.params.XAddParams(),
                Map.of("event", "completed", "jobId", "1", "returnvalue", "", "prev", "active"));
        assertThat(new ConsistencyChecker(redis, "bull").flaws(queue))
                .isNotEmpty()
                .allSatisfy(flaw -> assertThat(flaw.invariant()).isEqualTo(Invariant.EVENTS));
        redis.del(key("events"));
        redis.sadd(key("whatever"), "x");
        expect(Invariant.KNOWN_KEYS, "whatever");
        assertThatThrownBy(() -> new ConsistencyChecker(redis, "bull").check(queue))
                .hasMessageContaining("whatever")
                .hasMessageContaining("KNOWN_KEYS");
    }
}
