package dev.aurochs.redis;

import dev.aurochs.redis.wire.Wire;
import java.time.Duration;
import java.util.Set;
import redis.clients.jedis.Protocol;

/** The keys that a test left behind. */
final class RedisKeys {
    private RedisKeys() {}

    static Set<String> under(Wire wire, String prefix) {
        return new KeyScan(wire).keys(prefix + ":*");
    }

    /** As if so much time had passed in the server. */
    static void age(Wire wire, String prefix, Duration span) {
        for (String key : under(wire, prefix)) {
            long left = wire.command(Protocol.Command.PTTL, key).number();
            if (left < 0) continue;
            if (left > span.toMillis()) wire.command(Protocol.Command.PEXPIRE, key, left - span.toMillis());
            else wire.command(Protocol.Command.DEL, key);
        }
    }

    static void deleteAll(Wire wire, String prefix) {
        for (String key : under(wire, prefix)) wire.command(Protocol.Command.UNLINK, key);
    }
}
