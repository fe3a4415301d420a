package dev.aurochs.redis;

import dev.aurochs.queue.spi.HealthNote;
import dev.aurochs.redis.layout.Keys;
import dev.aurochs.redis.wire.Wire;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import redis.clients.jedis.Protocol;

/** The queues of a database, those under other prefixes too. */
final class ServerQueues {
    private static final String SUBJECT = "database";
    private static final int MOST_NAMED = 5;

    private final Wire wire;
    private final String prefix;

    ServerQueues(Wire wire, String prefix) {
        this.wire = wire;
        this.prefix = prefix;
    }

    HealthNote note() {
        Map<String, Integer> others = new TreeMap<>();
        Set<String> own = new TreeSet<>();
        for (String key : new KeyScan(wire).keys(Keys.META_OF_ANY_PREFIX))
            Keys.prefixOfMeta(key).ifPresent(found -> {
                if (found.equals(prefix)) own.add(key);
                else others.merge(found, 1, Integer::sum);
            });
        String found = many(own.size()) + " under the prefix " + prefix + versions(own);
        return HealthNote.good(SUBJECT, others.isEmpty() ? found : found + "; beside them " + named(others));
    }

    /** BullMQ leaves its version in the settings of a queue that it opens to add jobs. */
    private String versions(Set<String> metas) {
        Set<String> versions = new TreeSet<>();
        int shared = 0;
        for (String meta : metas) {
            String version =
                    wire.command(Protocol.Command.HGET, meta, "version").text();
            if (version.isEmpty()) continue;
            versions.add(version);
            shared++;
        }
        return shared == 0 ? "" : ", " + shared + " of them opened by " + String.join(", ", versions) + " too";
    }

    private static String named(Map<String, Integer> others) {
        String first = others.entrySet().stream()
                .limit(MOST_NAMED)
                .map(other -> many(other.getValue()) + " under " + other.getKey())
                .collect(Collectors.joining(", "));
        int more = others.size() - MOST_NAMED;
        return first + (more > 0 ? " and more under " + more + " other prefixes" : "");
    }

    private static String many(int queues) {
        return queues == 1 ? "1 queue" : queues + " queues";
    }
}
