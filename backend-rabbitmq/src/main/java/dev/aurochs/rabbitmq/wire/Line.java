package dev.aurochs.rabbitmq.wire;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection that is made again when it is needed and gone: by whoever needs it, so that callers learn at once
 * that
 * the broker is away, and nobody else tries meanwhile. Thread-safe.
 */
public final class Line implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    private static final int CLOSE_MILLIS = 3_000;

    private final ConnectionFactory factory;
    private final BrokerAddress address;
    private final String name;
    private @Nullable Connection connection;
    private volatile int connections;
    private boolean closed;
    private volatile @Nullable String blocked;

    Line(ConnectionFactory factory, BrokerAddress address, String name) {
        this.factory = factory;
        this.address = address;
        this.name = name;
    }

    /** The open connection, or a new one. */
    public synchronized Connection open() {
        requireOpen();
        if (connection != null && connection.isOpen()) return connection;
        boolean again = connection != null;
        List<Address> hosts = address.hosts().stream()
                .map(host -> new Address(host.name(), host.port()))
                .toList();
        try {
            Connection fresh = factory.newConnection(hosts, name);
            fresh.addBlockedListener(
                    reason -> {
                        blocked = reason;
                        LOG.warn("RabbitMQ at {} takes no messages for now: {}", address, reason);
                    },
                    () -> blocked = null);
            blocked = null;
            connection = fresh;
            connections++;
            if (again) LOG.warn("connected to RabbitMQ at {} again", address);
            return fresh;
        } catch (IOException | TimeoutException | ShutdownSignalException away) {
            throw Troubles.noConnection(address, away);
        }
    }

    /** How often it was made; once more after each loss. */
    public int connections() {
        return connections;
    }

    /** A new channel on it. */
    public Channel channel() {
        try {
            Channel channel = open().createChannel();
            if (channel == null)
                throw new BackendUnavailableException(
                        "RabbitMQ at " + address + " gives no more channels; raise channel_max or close workers",
                        Outcome.NOT_APPLIED,
                        null);
            return channel;
        } catch (IOException | ShutdownSignalException away) {
            throw Troubles.away("opening a channel", Outcome.NOT_APPLIED, away);
        }
    }

    /** Throws while the broker takes no messages from this connection (an alarm about memory or disk). */
    public void requireUnblocked() {
        String reason = blocked;
        if (reason != null) throw alarmed(reason, Outcome.NOT_APPLIED);
    }

    /** What to tell of messages that an alarm has caught on their way; empty when there is none. */
    Optional<BackendUnavailableException> alarmed() {
        String reason = blocked;
        return reason == null ? Optional.empty() : Optional.of(alarmed(reason, Outcome.UNKNOWN));
    }

    private BackendUnavailableException alarmed(String reason, Outcome outcome) {
        return new BackendUnavailableException(
                "RabbitMQ at " + address + " takes no messages for now (" + reason
                        + "); it does again when its memory or disk has room",
                outcome,
                null);
    }

    /** Why the broker takes no messages at present; empty when it does. */
    public String alarm() {
        String reason = blocked;
        return reason == null ? "" : reason;
    }

    boolean isBlocked() {
        return blocked != null;
    }

    synchronized void requireOpen() {
        if (closed) throw new BackendUnavailableException("this RabbitMQ backend is closed", Outcome.NOT_APPLIED, null);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (connection != null) connection.abort(CLOSE_MILLIS);
    }
}
