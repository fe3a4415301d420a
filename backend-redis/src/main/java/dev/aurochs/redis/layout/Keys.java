package dev.aurochs.redis.layout;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.QueueName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The names of keys under one prefix: {@code prefix:queue:what}, {@code prefix:queue:job}.
 *
 * @param prefix the first part of every key, {@code bull} by default
 */
public record Keys(String prefix) {
    /** Of every queue that was ever added to. */
    private static final String META = "meta";

    /** Matches the settings of every queue under every prefix. */
    public static final String META_OF_ANY_PREFIX = "*:*:" + META;

    private static final String HELD = "de:";
    private static final String REMEMBERED = "dn:";

    public String meta(QueueName queue) {
        return key(queue, META);
    }

    public String events(QueueName queue) {
        return key(queue, "events");
    }

    public String marker(QueueName queue) {
        return key(queue, "marker");
    }

    public String log(JobRef job) {
        return job(job) + ":logs";
    }

    public String job(JobRef job) {
        return key(job.queue(), job.id().value());
    }

    /** How a job names the queue of its parent: without the last colon. */
    public String queue(QueueName queue) {
        return prefix + ":" + queue;
    }

    private String key(QueueName queue, String name) {
        return prefix + ":" + queue + ":" + name;
    }

    /** The job of a key; empty for keys under another prefix, and for what no queue can be called. */
    public Optional<JobRef> jobAt(String key) {
        if (!key.startsWith(prefix + ":")) return Optional.empty();
        int colon = key.indexOf(':', prefix.length() + 1);
        if (colon < 0 || colon == key.length() - 1) return Optional.empty();
        return queueNamed(key.substring(prefix.length() + 1, colon))
                .map(queue -> new JobRef(queue, JobId.of(key.substring(colon + 1))));
    }

    /** The queue of what {@link #queue} makes. */
    public Optional<QueueName> queueAt(String key) {
        return key.startsWith(prefix + ":") ? queueNamed(key.substring(prefix.length() + 1)) : Optional.empty();
    }

    private static Optional<QueueName> queueNamed(String name) {
        try {
            return Optional.of(QueueName.of(name));
        } catch (InvalidInputException foreign) {
            return Optional.empty();
        }
    }

    /** True when a key that looks like a job's is that of a queue's settings. */
    public boolean isMeta(JobRef job) {
        return job.id().value().equals(META);
    }

    /** The due moment in the score of a delayed job; the rest of it keeps the order within one millisecond. */
    public static long dueMillis(long score) {
        return score / 4_096;
    }

    /** What matches the settings of every queue. */
    public String everyMeta() {
        return escaped(prefix) + ":*:" + META;
    }

    /** The prefix of a queue's settings; empty for what belongs to no queue. */
    public static Optional<String> prefixOfMeta(String key) {
        String queue = key.substring(0, key.length() - META.length() - 1);
        int colon = queue.lastIndexOf(':');
        return colon <= 0 || colon == queue.length() - 1 ? Optional.empty() : Optional.of(queue.substring(0, colon));
    }

    private static String escaped(String text) {
        return text.replaceAll("([\\\\*?\\[\\]])", "\\\\$1");
    }

    /** What matches the deduplication ids of a queue, held and remembered. */
    public List<String> everyDeduplication(QueueName queue) {
        return List.of(escaped(key(queue, HELD)) + "*", escaped(key(queue, REMEMBERED)) + "*");
    }

    /** The deduplication id in a key that {@link #everyDeduplication} matches. */
    public String deduplicationAt(QueueName queue, String key) {
        return key.substring(key(queue, HELD).length());
    }

    /** What a worker's waiting connection is called, so that dashboards find the worker. */
    public String clientName(QueueName queue, String worker) {
        String coded = Base64.getEncoder().encodeToString(queue.value().getBytes(StandardCharsets.UTF_8));
        return prefix + ":" + coded + ":w:" + printable(worker);
    }

    /** What a listener's connection is called. */
    public String listenerName(QueueName queue) {
        String coded = Base64.getEncoder().encodeToString(queue.value().getBytes(StandardCharsets.UTF_8));
        return prefix + ":" + coded + ":qe";
    }

    /** The server takes no blanks in names of connections. */
    private static String printable(String name) {
        return name.replaceAll("[^!-~]", "_");
    }
}
