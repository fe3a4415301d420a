package dev.aurochs.redis.wire;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * Where a server is and how to get in. {@link #toString} names neither user nor password.
 *
 * @param tls true for an encrypted connection
 */
public record ServerAddress(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        int database,
        boolean tls) {
    HostAndPort endpoint() {
        return new HostAndPort(host, port);
    }

    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://") + host + ":" + port + "/" + database;
    }
}
