package dev.aurochs.redis;

import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.QueueBackendProvider;
import dev.aurochs.redis.wire.Connections;
import dev.aurochs.redis.wire.Wire;
import java.util.Map;
import java.util.Set;

/** Opens {@code redis://[user:password@]host:port/database?prefix=bull}, and {@code rediss://} over TLS. */
public final class RedisBackendProvider implements QueueBackendProvider {
    @Override
    public Set<String> schemes() {
        return Set.of(RedisAddress.PLAIN, RedisAddress.ENCRYPTED);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                RedisAddress.PREFIX,
                "what the keys of all queues begin with; the same for all who share them (default "
                        + RedisAddress.DEFAULT_PREFIX + ")");
    }

    /** Asks the server once, so that a wrong address, password or version is told here and not later. */
    @Override
    public QueueBackend open(BackendAddress address) {
        RedisAddress where = RedisAddress.of(address);
        Connections connections = new Connections(where.server());
        boolean opened = false;
        try {
            Wire wire = new Wire(connections, where.prefix());
            ServerFacts.ask(wire).check(where.server());
            opened = true;
            return new RedisBackend(where, wire);
        } finally {
            if (!opened) connections.close();
        }
    }
}
