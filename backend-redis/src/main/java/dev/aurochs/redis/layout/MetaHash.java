package dev.aurochs.redis.layout;

import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.job.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The settings of a queue. {@code heldUntil} is this library's own. */
public final class MetaHash {
    private MetaHash() {}

    public static QueueSettings read(Map<String, String> meta) {
        String max = meta.get("max");
        String window = meta.get("duration");
        String concurrency = meta.get("concurrency");
        String heldUntil = meta.getOrDefault("heldUntil", "");
        String cap = meta.get("opts.maxLenEvents");
        return new QueueSettings(
                meta.containsKey("paused"),
                max == null || window == null
                        ? Optional.empty()
                        : Optional.of(new RateLimit(Integer.parseInt(max), Duration.ofMillis(Long.parseLong(window)))),
                concurrency == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(concurrency)),
                heldUntil.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(heldUntil))),
                cap == null ? QueueSettings.DEFAULT_EVENT_CAP : Integer.parseInt(cap));
    }
}
