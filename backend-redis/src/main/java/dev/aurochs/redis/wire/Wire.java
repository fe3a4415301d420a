package dev.aurochs.redis.wire;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** Runs scripts and single commands in the server. Thread-safe. */
public final class Wire {
    private final Connections connections;
    private final String prefix;

    /** @param prefix what the keys of all queues begin with, without the colon */
    public Wire(Connections connections, String prefix) {
        this.connections = connections;
        this.prefix = prefix;
    }

    /**
     * One atomic step.
     *
     * @param key any key of the queue, by which a cluster finds the node
     */
    public Reply run(Script script, String key, Instant now, Args args) {
        return connections.with(connection -> new Reply(run(connection, script, key, now, args)));
    }

    /** A server forgets its scripts when it is restarted; then it is told again. */
    private Object run(Connection connection, Script script, String key, Instant now, Args args) {
        try {
            return connection.executeCommand(call(script, key, now, args));
        } catch (JedisNoScriptException forgotten) {
            byte[] source = script.text().source();
            return connection.executeCommand(call(Protocol.Command.EVAL, source, key, now, args));
        }
    }

    /**
     * Calls that do not wait for each other's answers, on a connection that is lent to {@code calls}. When it throws,
     * the connection is given up: answers may be left on it.
     */
    public void pipe(Consumer<Pipe> calls) {
        connections.with(connection -> {
            try {
                calls.accept(new Pipe(this, connection));
                return true;
            } catch (RuntimeException | Error broken) {
                connection.setBroken();
                throw broken;
            }
        });
    }

    CommandArguments call(Script script, String key, Instant now, Args args) {
        return call(Protocol.Command.EVALSHA, script.text().digest(), key, now, args);
    }

    private CommandArguments call(ProtocolCommand command, byte[] script, String key, Instant now, Args args) {
        CommandArguments call = new CommandArguments(command).add(script).add(1).key(key);
        call.add(prefix).add(now.toEpochMilli());
        for (byte[] value : args.values()) call.add(value);
        return call;
    }

    public Reply command(ProtocolCommand command, Object... arguments) {
        CommandArguments call = new CommandArguments(command);
        for (Object argument : arguments) call.add(argument);
        return connections.with(connection -> new Reply(connection.executeCommand(call)));
    }

    /** A command on a connection of the caller's own. */
    public static Reply command(Connection connection, ProtocolCommand command, List<?> arguments) {
        CommandArguments call = new CommandArguments(command);
        for (Object argument : arguments) call.add(argument);
        return new Reply(connection.executeCommand(call));
    }

    public Connections connections() {
        return connections;
    }
}
