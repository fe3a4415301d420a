package dev.aurochs.tck.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A RabbitMQ broker: the one that {@value #VARIABLE} names ({@code amqp://host:port}), else a container where
 * Testcontainers is among the dependencies and a Docker engine answers, else {@code rabbitmq-server} from this machine,
 * started privately on 127.0.0.1 without management. Clients come in as {@code guest}. Thread-safe.
 */
public final class RabbitServer extends TestServer {
    /** The environment variable with the address of a broker to use. */
    public static final String VARIABLE = "AUROCHS_TEST_RABBIT";

    private static final String PROGRAM = "rabbitmq-server";
    private static final String MAPPER = "epmd";
    private static final String IMAGE = "rabbitmq:3.13";
    private static final int IMAGE_PORT = 5672;
    /** Debian's program on the PATH is for root alone and runs the broker as somebody else; this is what it wraps. */
    private static final Path UNWRAPPED = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

    private static final byte[] GREETING = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
    private static final int METHOD = 1;
    private static final int PATIENCE_MILLIS = 2_000;
    private static @Nullable RabbitServer shared;

    private final String address;

    private RabbitServer(Runner runner, String address) {
        super(runner);
        this.address = address;
    }

    /** One broker for all tests of this JVM, ended with it. Nobody empties it: tests use names of their own. */
    public static synchronized RabbitServer shared() {
        if (shared == null) shared = named(System.getenv(VARIABLE));
        return shared;
    }

    private static RabbitServer named(@Nullable String address) {
        if (address != null && !address.isBlank()) return at(address.strip());
        RabbitServer own = startPrivate();
        return new RabbitServer(new Borrowed(own.host(), own.port()), own.address());
    }

    static RabbitServer at(String address) {
        URI uri = URI.create(address);
        if (uri.getHost() == null || uri.getPort() < 0)
            throw new ServerMissing(VARIABLE + " is \"" + address + "\"; give amqp://host:port");
        if (!answers(uri.getHost(), uri.getPort()))
            throw new ServerMissing("no RabbitMQ answers at " + address + ", which " + VARIABLE + " names");
        return new RabbitServer(new Borrowed(uri.getHost(), uri.getPort()), address);
    }

    /**
     * A broker of the caller's own, which is to be closed. The environment variable plays no part: a broker that
     * somebody names must not be killed.
     */
    public static RabbitServer startPrivate() {
        return over(Containers.start(IMAGE, IMAGE_PORT, List.of(PROGRAM), RabbitServer::answers)
                .orElseGet(() -> node(List.of())));
    }

    /**
     * The same, always a process of this machine, so that it can be configured and {@link #control controlled}.
     *
     * @param configuration lines of its {@code rabbitmq.conf}
     */
    public static RabbitServer startPrivate(String... configuration) {
        return over(node(List.of(configuration)));
    }

    private static RabbitServer over(Runner runner) {
        return new RabbitServer(runner, "amqp://" + runner.host() + ":" + runner.port());
    }

    /** A port of 127.0.0.1 on which nobody listens: for a listener of a broker that is to be configured. */
    public static int freePort() {
        return Programs.freePort();
    }

    /** Runs {@code rabbitmqctl} on it; answers what it printed. For a broker that was started with a configuration. */
    public String control(String... command) {
        if (!(runner() instanceof RabbitNode node))
            throw new UnsupportedOperationException("only a broker from startPrivate(configuration) is controlled");
        return node.control().run(List.of(command));
    }

    private static Runner node(List<String> configuration) {
        Optional<Path> broker = Files.isExecutable(UNWRAPPED) ? Optional.of(UNWRAPPED) : Programs.find(PROGRAM);
        Optional<Path> mapper = Programs.find(MAPPER);
        if (broker.isEmpty() || mapper.isEmpty())
            throw new ServerMissing("these tests need a RabbitMQ broker, and " + (broker.isEmpty() ? "none" : "no epmd")
                    + " was found: install one (Debian: apt-get install rabbitmq-server), start Docker, or name one"
                    + " with " + VARIABLE + "=amqp://host:port");
        return RabbitNode.started(mapper.get(), broker.get(), RabbitServer::answers, configuration);
    }

    /** A broker that is ready answers the greeting with a method; another version answers with a greeting. */
    private static boolean answers(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(GREETING);
            return socket.getInputStream().read() == METHOD;
        } catch (IOException nobody) {
            return false;
        }
    }

    /** {@code amqp://host:port}, or what {@value #VARIABLE} says. */
    @Override
    public String address() {
        return address;
    }
}
