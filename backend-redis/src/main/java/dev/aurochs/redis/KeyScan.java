package dev.aurochs.redis;

import dev.aurochs.redis.wire.Reply;
import dev.aurochs.redis.wire.Wire;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.Protocol;

/** Goes over all keys of the database, a few thousand at a time, so that nobody else waits long. */
final class KeyScan {
    private static final int AT_ONCE = 5_000;

    private final Wire wire;

    KeyScan(Wire wire) {
        this.wire = wire;
    }

    /** Every key of that pattern that is there all the while. */
    Set<String> keys(String pattern) {
        Set<String> keys = new TreeSet<>();
        String cursor = "0";
        do {
            Reply part = wire.command(Protocol.Command.SCAN, cursor, "MATCH", pattern, "COUNT", AT_ONCE);
            for (Reply key : part.at(1).list()) keys.add(key.text());
            cursor = part.at(0).text();
        } while (!cursor.equals("0"));
        return keys;
    }
}
