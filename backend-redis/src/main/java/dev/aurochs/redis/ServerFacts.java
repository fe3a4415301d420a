package dev.aurochs.redis;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.redis.wire.ServerAddress;
import dev.aurochs.redis.wire.Wire;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol;

/** What a server says about itself. */
final class ServerFacts {
    private static final Logger LOG = LoggerFactory.getLogger(ServerFacts.class);
    private static final int OLDEST_MAJOR = 6;
    private static final int OLDEST_MINOR = 2;
    static final String KEEPS_ALL = "noeviction";

    private final Map<String, String> info;

    private ServerFacts(Map<String, String> info) {
        this.info = info;
    }

    static ServerFacts ask(Wire wire) {
        Map<String, String> info = new HashMap<>();
        for (String line : wire.command(Protocol.Command.INFO).text().split("\r?\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) info.put(line.substring(0, colon), line.substring(colon + 1));
        }
        return new ServerFacts(info);
    }

    /** Refuses a server that cannot do what the scripts need; warns of one that throws jobs away. */
    void check(ServerAddress address) {
        String version = info.get("redis_version");
        if (version == null || !isRecent(version))
            throw new BackendUnavailableException(
                    address + " is Redis " + version + "; Aurochs needs Redis 6.2 or newer", Outcome.NOT_APPLIED, null);
        if (number("cluster_enabled") == 1)
            throw new BackendUnavailableException(
                    address + " is a node of a cluster, which this version cannot use; name a server that is not in"
                            + " cluster mode",
                    Outcome.NOT_APPLIED,
                    null);
        String policy = info.getOrDefault("maxmemory_policy", KEEPS_ALL);
        if (!policy.equals(KEEPS_ALL))
            LOG.warn(
                    "{} may throw jobs away when its memory is full: its maxmemory-policy is {}, and should be {}",
                    address,
                    policy,
                    KEEPS_ALL);
    }

    /** What the server says under a name; {@code absent} when it says nothing. */
    String text(String name, String absent) {
        return info.getOrDefault(name, absent);
    }

    /** The number under a name; 0 when there is none. */
    long number(String name) {
        String text = text(name, "");
        return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    private static boolean isRecent(String version) {
        String[] parts = version.split("\\.");
        try {
            int major = Integer.parseInt(parts[0]);
            int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
            return major > OLDEST_MAJOR || major == OLDEST_MAJOR && minor >= OLDEST_MINOR;
        } catch (NumberFormatException unheard) {
            return false;
        }
    }
}
