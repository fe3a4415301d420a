package dev.aurochs.rabbitmq.wire;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.QueueName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the broker's queues and exchanges are called: all begin with the prefix. In a job queue's name, dots, stars,
 * hashes and percent signs are escaped, because routing keys give them a meaning; a name that gets too long that way is
 * cut and ends with its digest.
 */
public final class Names {
    private static final String LIMIT = "limit";
    private static final String SPECIAL = ".*#%";
    /** Leaves room for prefix and suffix in the 255 bytes that AMQP allows. */
    private static final int LONGEST = 150;

    private static final int DIGEST_BYTES = 16;

    private final String prefix;

    public Names(String prefix) {
        this.prefix = prefix;
    }

    /** Jobs that may run. */
    public String waiting(QueueName queue) {
        return of(queue, "wait");
    }

    /** Jobs that failed for good. */
    public String failed(QueueName queue) {
        return of(queue, "failed");
    }

    /** Holds one message while the queue is paused. */
    public String paused(QueueName queue) {
        return of(queue, "paused");
    }

    /** Holds one message for each grant of the present window. */
    public String limit(QueueName queue) {
        return of(queue, LIMIT);
    }

    static boolean isLimit(String broker) {
        return broker.endsWith('.' + LIMIT);
    }

    /** Jobs that are due soon, of all queues. */
    public String near() {
        return prefix + ".delay.near";
    }

    /** Jobs that wait for a while longer, of all queues; each bucket twice as long as the one before. */
    public String bucket(int number) {
        return prefix + ".delay.b" + number;
    }

    /** Units of jobs that stand or fall together, on their way to their places. */
    public String intake() {
        return prefix + ".flow.intake";
    }

    /** What a parent waits for: the parent itself, and how its children ended. */
    public String ledger(JobRef parent) {
        return prefix + ".flow."
                + escaped(parent.queue().value() + ':' + parent.id().value());
    }

    /** The topic exchange for what happened. */
    public String events() {
        return prefix + ".events";
    }

    /** The topic exchange for what all processes should know at once. */
    public String control() {
        return prefix + ".ctl";
    }

    /** The routing key of one kind of event. */
    public String eventKey(QueueName queue, String event) {
        return escaped(queue.value()) + '.' + event;
    }

    private String of(QueueName queue, String part) {
        return prefix + '.' + escaped(queue.value()) + '.' + part;
    }

    /** The queue's name as a word of a routing key. */
    public static String escaped(String name) {
        StringBuilder escaped = new StringBuilder(name.length());
        for (char c : name.toCharArray()) {
            if (SPECIAL.indexOf(c) < 0) escaped.append(c);
            else escaped.append('%').append(Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT));
        }
        return bytes(escaped.toString()).length <= LONGEST ? escaped.toString() : "%~" + digest(name);
    }

    private static String digest(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(name));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
