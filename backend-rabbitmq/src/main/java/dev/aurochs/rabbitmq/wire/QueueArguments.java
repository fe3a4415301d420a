package dev.aurochs.rabbitmq.wire;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * With which arguments each kind of queue is declared: the one table of it. Part of a queue's identity on the
 * broker.
 */
public final class QueueArguments {
    /** How many buckets there are for long delays. */
    public static final int BUCKETS = 22;
    /** The levels above the lowest that a classic queue of jobs tells apart. */
    public static final int HIGHEST_LEVEL = 10;

    private static final long SHORTEST_BUCKET_MILLIS = 1_000;
    private static final String TYPE = "x-queue-type";
    private static final String MOST = "x-max-length";
    private static final String OVERFLOW = "x-overflow";
    private static final String REFUSE = "reject-publish";
    private static final String TTL = "x-message-ttl";

    private final QueueType type;
    private final ServerVersion version;
    private final Duration longestRun;

    /** @param longestRun how long a delivery may stay unacknowledged, where a queue may say so */
    public QueueArguments(QueueType type, ServerVersion version, Duration longestRun) {
        this.type = type;
        this.version = version;
        this.longestRun = longestRun;
    }

    public QueueType type() {
        return type;
    }

    /** Jobs that may run. */
    public Map<String, Object> waiting() {
        Map<String, Object> arguments = plain();
        if (type == QueueType.CLASSIC) arguments.put("x-max-priority", HIGHEST_LEVEL);
        if (version.takesConsumerTimeout()) arguments.put("x-consumer-timeout", longestRun.toMillis());
        return arguments;
    }

    /** Jobs that failed: edited by one at a time. */
    public Map<String, Object> failed() {
        Map<String, Object> arguments = plain();
        arguments.put("x-single-active-consumer", true);
        return arguments;
    }

    /**
     * What a parent waits for: read by one at a time. Always classic: a quorum queue that was made just before a crash
     * of a 3.x broker comes back without a leader.
     */
    public Map<String, Object> ledger() {
        Map<String, Object> arguments = typed(QueueType.CLASSIC);
        arguments.put("x-single-active-consumer", true);
        return arguments;
    }

    /** One message at most, or none. */
    public Map<String, Object> marker() {
        Map<String, Object> arguments = typed(QueueType.CLASSIC);
        arguments.put(MOST, 1);
        arguments.put(OVERFLOW, REFUSE);
        return arguments;
    }

    /** As many messages as grants in a window; they age out by themselves. */
    public Map<String, Object> limit(int max, Duration window) {
        Map<String, Object> arguments = typed(QueueType.CLASSIC);
        arguments.put(MOST, max);
        arguments.put(OVERFLOW, REFUSE);
        arguments.put(TTL, window.toMillis());
        return arguments;
    }

    /** Messages that go on to {@code near} after a fixed while, and are never lost on that way. */
    public Map<String, Object> bucket(int number, String near) {
        Map<String, Object> arguments = typed(QueueType.QUORUM);
        arguments.put(TTL, bucketMillis(number));
        arguments.put("x-dead-letter-exchange", "");
        arguments.put("x-dead-letter-routing-key", near);
        arguments.put("x-dead-letter-strategy", "at-least-once");
        arguments.put(OVERFLOW, REFUSE);
        return arguments;
    }

    /** How long a message stays in a bucket. */
    public static long bucketMillis(int number) {
        return SHORTEST_BUCKET_MILLIS << number;
    }

    /** Any queue that keeps jobs. */
    public Map<String, Object> plain() {
        Map<String, Object> arguments = typed(type);
        if (type == QueueType.QUORUM && version.limitsDeliveries()) arguments.put("x-delivery-limit", -1);
        return arguments;
    }

    /** Always said, because a virtual host may have another default. */
    private static Map<String, Object> typed(QueueType type) {
        Map<String, Object> arguments = new TreeMap<>();
        arguments.put(TYPE, type.label());
        return arguments;
    }
}
