package dev.aurochs.rabbitmq.wire;

import com.rabbitmq.client.ConnectionFactory;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/**
 * The two connections of a backend: one that consumes and acknowledges, one that publishes, because an alarm about
 * memory or disk stops publishing connections as a whole.
 */
public final class Link implements AutoCloseable {
    /** The threads that read what the broker sends, and see that it is still there. */
    public static final String THREAD = "aurochs-rabbitmq-connection";

    private static final int HEARTBEAT_SECONDS = 10;
    private static final int PATIENCE_MILLIS = 10_000;

    private final BrokerAddress address;
    private final Line consuming;
    private final Line publishing;
    private final ServerVersion version;

    private Link(BrokerAddress address) {
        this.address = address;
        ConnectionFactory factory = factory(address);
        consuming = new Line(factory, address, "aurochs consumers");
        publishing = new Line(factory, address, "aurochs publishers");
        version = ServerVersion.of(consuming.open().getServerProperties());
    }

    private void openBoth() {
        boolean opened = false;
        try {
            publishing.open();
            opened = true;
        } finally {
            if (!opened) close();
        }
    }

    /** Connects, so that a wrong address, user or version is told at once. */
    public static Link to(BrokerAddress address) {
        Link link = new Link(address);
        if (link.version.isSupported()) {
            link.openBoth();
            return link;
        }
        link.close();
        throw new BackendUnavailableException(
                "RabbitMQ at " + address + " is version " + link.version.text() + "; 3.10 or newer is needed",
                Outcome.NOT_APPLIED,
                null);
    }

    private static ConnectionFactory factory(BrokerAddress address) {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setVirtualHost(address.virtualHost());
        if (address.user() != null) factory.setUsername(address.user());
        if (address.password() != null) factory.setPassword(address.password());
        if (address.encrypted()) encrypt(factory);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setConnectionTimeout(PATIENCE_MILLIS / 2);
        factory.setHandshakeTimeout(PATIENCE_MILLIS);
        factory.setShutdownTimeout(PATIENCE_MILLIS / 2);
        factory.setChannelRpcTimeout(PATIENCE_MILLIS);
        factory.setThreadFactory(Link::thread);
        factory.setSharedExecutor(new CallerRuns());
        factory.setExceptionHandler(new QuietExceptions());
        return factory;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, THREAD);
        thread.setDaemon(true);
        return thread;
    }

    /** With the JVM's own trust store; the certificate must name the host. */
    private static void encrypt(ConnectionFactory factory) {
        try {
            factory.useSslProtocol(SSLContext.getDefault());
            factory.enableHostnameVerification();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has a default SSL context", impossible);
        }
    }

    public BrokerAddress address() {
        return address;
    }

    public Line consuming() {
        return consuming;
    }

    public Line publishing() {
        return publishing;
    }

    /** Of the broker that answered at first. */
    public ServerVersion version() {
        return version;
    }

    /** Throws when the backend was closed. */
    public void requireOpen() {
        consuming.requireOpen();
    }

    @Override
    public void close() {
        publishing.close();
        consuming.close();
    }
}
