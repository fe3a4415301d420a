package dev.aurochs.redis.wire;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.job.QueueException;
import java.time.Duration;
import java.util.function.Function;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Connections to one server: shared ones for calls that answer at once, own ones for those who wait. Thread-safe. */
public final class Connections implements AutoCloseable {
    private static final int MOST = 64;
    private static final int CONNECT_MILLIS = 3_000;
    private static final int ANSWER_MILLIS = 10_000;
    private static final Duration LONGEST_BORROW = Duration.ofSeconds(10);
    /** A connection that rested longer is asked whether it still lives. */
    private static final Duration TRUSTED = Duration.ofMillis(100);

    private final ServerAddress address;
    private final ConnectionPool pool;

    public Connections(ServerAddress address) {
        this.address = address;
        GenericObjectPoolConfig<Connection> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(MOST);
        config.setMaxIdle(MOST);
        config.setMaxWait(LONGEST_BORROW);
        config.setTestOnBorrow(true);
        config.setJmxEnabled(false);
        pool = new ConnectionPool(new RestedFactory(address), config);
    }

    private static final class RestedFactory extends ConnectionFactory {
        RestedFactory(ServerAddress address) {
            super(address.endpoint(), config(address, ANSWER_MILLIS).build());
        }

        @Override
        public boolean validateObject(PooledObject<Connection> pooled) {
            if (pooled.getIdleDuration().compareTo(TRUSTED) < 0)
                return pooled.getObject().isConnected() && !pooled.getObject().isBroken();
            return answers(pooled.getObject());
        }

        /** One that was cut off is given up and told of nobody: the next one is opened, or that fails. */
        private static boolean answers(Connection connection) {
            try {
                return connection.isConnected() && connection.ping();
            } catch (JedisException gone) {
                return false;
            }
        }
    }

    private static DefaultJedisClientConfig.Builder config(ServerAddress address, int answerMillis) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder();
        if (address.tls()) config.sslOptions(SslOptions.defaults());
        return config.resp2()
                .connectionTimeoutMillis(CONNECT_MILLIS)
                .socketTimeoutMillis(answerMillis)
                .user(address.user())
                .password(address.password())
                .database(address.database());
    }

    /** Lends a connection for one exchange. */
    public <T> T with(Function<Connection, T> exchange) {
        try (Connection connection = borrow()) {
            return exchange.apply(connection);
        } catch (JedisConnectionException gone) {
            pool.clear();
            throw Troubles.broken(gone, address.toString());
        } catch (JedisDataException refused) {
            throw Troubles.refused(refused, address.toString());
        }
    }

    /** Throws when the backend was closed. */
    public void requireOpen() {
        if (pool.isClosed()) throw closed();
    }

    private Connection borrow() {
        requireOpen();
        try {
            return pool.getResource();
        } catch (JedisException failure) {
            if (failure.getCause() instanceof InterruptedException)
                Thread.currentThread().interrupt();
            throw pool.isClosed() ? closed() : opening(failure);
        }
    }

    private BackendUnavailableException closed() {
        return new BackendUnavailableException("this backend on " + address + " is closed", Outcome.NOT_APPLIED, null);
    }

    private QueueException opening(JedisException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof JedisDataException refusal) return Troubles.refused(refusal, address.toString());
        return Troubles.unreachable(failure, address.toString());
    }

    /**
     * A connection of the caller's own, for waiting; the caller closes it.
     *
     * @param name what the server and dashboards call it
     * @param answerMillis how long an answer may take
     */
    public Connection open(String name, int answerMillis) {
        requireOpen();
        try {
            return new Connection(
                    address.endpoint(),
                    config(address, answerMillis).clientName(name).build());
        } catch (JedisAccessControlException refused) {
            throw Troubles.refused(refused, address.toString());
        } catch (JedisException failure) {
            throw opening(failure);
        }
    }

    public boolean isClosed() {
        return pool.isClosed();
    }

    /** Translates what a connection of the caller's own threw. */
    public QueueException translated(JedisException failure) {
        if (failure instanceof JedisDataException refusal) return Troubles.refused(refusal, address.toString());
        return Troubles.broken(failure, address.toString());
    }

    @Override
    public void close() {
        pool.close();
    }
}
