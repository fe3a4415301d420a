package dev.aurochs.redis;

import dev.aurochs.queue.job.QueueException;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.redis.layout.Keys;
import dev.aurochs.redis.wire.Connections;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Hears of work for one session. A thread of its own waits in the server for the queue's marker, but only while the
 * session waits: a marker wakes one listener, so that one who is busy must not take it. What it took and the session
 * has no use for, it puts back.
 */
final class WorkListener {
    static final String THREAD = "aurochs-redis-listener";

    private static final Logger LOG = LoggerFactory.getLogger(WorkListener.class);
    private static final int BLOCK_SECONDS = 5;
    /** An answer that is overdue means that the connection is gone. */
    private static final int OVERDUE_MILLIS = BLOCK_SECONDS * 1_000 + 1_500;

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final long PATIENCE_MILLIS = 5_000;

    private final Connections connections;
    private final QueueName queue;
    private final String marker;
    private final String name;

    private final Object lock = new Object();
    private @Nullable Thread thread;
    private @Nullable Connection connection;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private boolean awaited;
    private boolean blocking;
    private boolean heard;
    private boolean woken;
    private boolean closed;

    WorkListener(Connections connections, Keys keys, QueueName queue, String worker) {
        this.connections = connections;
        this.queue = queue;
        this.marker = keys.marker(queue);
        this.name = keys.clientName(queue, worker);
    }

    /** What was heard before is seen by the claim that follows. */
    void beforeClaim() {
        synchronized (lock) {
            heard = false;
        }
    }

    void await(Duration atMost) throws InterruptedException {
        synchronized (lock) {
            if (thread == null) start();
            awaited = true;
            lock.notifyAll();
            long deadline = System.nanoTime() + atMost.toNanos();
            try {
                for (long left = atMost.toNanos(); left > 0 && !heard && !woken && !closed; ) {
                    lock.wait(left / 1_000_000, (int) (left % 1_000_000));
                    left = deadline - System.nanoTime();
                }
            } finally {
                woken = false;
                awaited = false;
            }
        }
    }

    void wake() {
        synchronized (lock) {
            woken = true;
            lock.notifyAll();
        }
    }

    private void start() {
        thread = new Thread(this::listen, THREAD);
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        while (untilAwaited()) {
            try {
                boolean taken = take();
                pauseMillis = FIRST_PAUSE_MILLIS;
                if (taken) tell();
            } catch (JedisException | QueueException away) {
                LOG.debug("the listener on queue '{}' lost its connection", queue, away);
                disconnect();
                if (!pauseThenTell()) return;
            }
        }
    }

    /** False when the listener was closed. */
    private boolean untilAwaited() {
        synchronized (lock) {
            while (!closed && (!awaited || heard)) waitQuietly(0);
            blocking = !closed;
            return !closed;
        }
    }

    private void waitQuietly(long millis) {
        try {
            lock.wait(millis);
        } catch (InterruptedException foreign) {
            LOG.debug("the listener on queue '{}' was interrupted by somebody; it goes on", queue);
        }
    }

    private boolean take() {
        try {
            Object marked = connected()
                    .executeCommand(new CommandArguments(Protocol.Command.BZPOPMIN)
                            .key(marker)
                            .add(BLOCK_SECONDS)
                            .blocking());
            return marked != null;
        } finally {
            synchronized (lock) {
                blocking = false;
            }
        }
    }

    private Connection connected() {
        Connection open;
        synchronized (lock) {
            open = connection;
        }
        if (open != null) return open;
        Connection fresh = connections.open(name, OVERDUE_MILLIS);
        synchronized (lock) {
            connection = fresh;
            if (closed) cut(fresh);
        }
        return fresh;
    }

    private void tell() {
        boolean wanted;
        synchronized (lock) {
            wanted = awaited;
            heard = wanted;
            lock.notifyAll();
        }
        if (!wanted) putBack();
    }

    /** For another listener; one that was closed or is busy has no use for it. */
    private void putBack() {
        connections.with(shared -> shared.executeCommand(
                new CommandArguments(Protocol.Command.ZADD).key(marker).add(0).add("0")));
    }

    /** The session is to ask once when it may have missed something; false when the listener was closed. */
    private boolean pauseThenTell() {
        synchronized (lock) {
            if (!closed) waitQuietly(pauseMillis);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            heard = awaited;
            lock.notifyAll();
            return !closed;
        }
    }

    private void disconnect() {
        synchronized (lock) {
            if (connection != null) cut(connection);
            connection = null;
        }
    }

    private static void cut(Connection connection) {
        try {
            connection.forceDisconnect();
        } catch (IOException | JedisException gone) {
            LOG.debug("the connection was gone already", gone);
        }
    }

    /** Ends the thread and a present wait. Idempotent. */
    void close() {
        Thread ending;
        synchronized (lock) {
            closed = true;
            ending = thread;
            if (connection != null) cut(connection);
            lock.notifyAll();
        }
        if (ending == null || ending == Thread.currentThread()) return;
        try {
            ending.join(PATIENCE_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
