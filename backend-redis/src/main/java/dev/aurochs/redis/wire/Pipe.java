package dev.aurochs.redis.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** Calls on one connection that do not wait for the answers of those before them. Not thread-safe. */
public final class Pipe {
    private final Wire wire;
    private final Connection connection;

    Pipe(Wire wire, Connection connection) {
        this.wire = wire;
        this.connection = connection;
    }

    /** Sends a call, as {@link Wire#run} does; its answer is to be taken later. */
    public void send(Script script, String key, Instant now, Args args) {
        connection.sendCommand(wire.call(script, key, now, args));
        // Jedis sends what it holds back before it reads, be it nothing.
        connection.getMany(0);
    }

    /**
     * Waits for the answer of the oldest call that has none yet; null when the server has forgotten the script. What
     * the server refuses is thrown as by {@link Wire#run}, and concerns this call alone.
     */
    public @Nullable Reply answer() {
        try {
            return new Reply(connection.getOne());
        } catch (JedisNoScriptException forgotten) {
            return null;
        } catch (JedisDataException refusal) {
            throw wire.connections().translated(refusal);
        }
    }
}
