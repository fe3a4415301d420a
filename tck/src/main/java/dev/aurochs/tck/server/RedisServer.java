package dev.aurochs.tck.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server: the one that {@value #VARIABLE} names ({@code redis://host:port}), else a container where
 * Testcontainers is among the dependencies and a Docker engine answers, else {@code redis-server} from the PATH,
 * started privately on 127.0.0.1. Thread-safe.
 */
public final class RedisServer extends TestServer {
    /** The environment variable with the address of a server to use. */
    public static final String VARIABLE = "AUROCHS_TEST_REDIS";

    private static final String PROGRAM = "redis-server";
    private static final String IMAGE = "redis:7.4";
    private static final int IMAGE_PORT = 6379;
    private static final int PATIENCE_MILLIS = 2_000;
    private static @Nullable RedisServer shared;

    private final String address;

    /** What a server has written down when it is killed. */
    public enum Journal {
        /** Nothing at all, also after {@link #stop}. */
        NONE,
        /** All but the last second (Redis: {@code everysec}). */
        EVERY_SECOND,
        /** Everything that was answered (Redis: {@code always}). */
        ALWAYS
    }

    private RedisServer(Runner runner, String address) {
        super(runner);
        this.address = address;
    }

    /**
     * One server for all tests of this JVM, ended with it; without a journal when it was started here. Nobody empties
     * it: tests use names of their own.
     */
    public static synchronized RedisServer shared() {
        if (shared == null) shared = named(System.getenv(VARIABLE));
        return shared;
    }

    private static RedisServer named(@Nullable String address) {
        if (address != null && !address.isBlank()) return at(address.strip());
        RedisServer own = startPrivate(Journal.NONE);
        return new RedisServer(new Borrowed(own.host(), own.port()), own.address());
    }

    static RedisServer at(String address) {
        URI uri = URI.create(address);
        if (uri.getHost() == null || uri.getPort() < 0)
            throw new ServerMissing(VARIABLE + " is \"" + address + "\"; give redis://host:port");
        if (!answers(uri.getHost(), uri.getPort()))
            throw new ServerMissing("no Redis answers at " + address + ", which " + VARIABLE + " names");
        return new RedisServer(new Borrowed(uri.getHost(), uri.getPort()), address);
    }

    /**
     * A server of the caller's own, which is to be closed. The environment variable plays no part: a server that
     * somebody names must not be killed.
     *
     * @param options further arguments in the words of {@code redis-server}, such as {@code "--maxmemory", "10mb"}
     */
    public static RedisServer startPrivate(Journal journal, String... options) {
        List<String> arguments = arguments(journal, options);
        Runner runner = Containers.start(IMAGE, IMAGE_PORT, command(PROGRAM, arguments), RedisServer::answers)
                .orElseGet(() -> process(arguments));
        return new RedisServer(runner, "redis://" + runner.host() + ":" + runner.port());
    }

    private static Runner process(List<String> arguments) {
        Path program = Programs.find(PROGRAM)
                .orElseThrow(() -> new ServerMissing("these tests need a Redis server, and none was found: install one"
                        + " (Debian: apt-get install redis-server), start Docker, or name one with " + VARIABLE
                        + "=redis://host:port"));
        Path folder = Folders.create("redis");
        int port = Programs.freePort();
        List<String> command = command(program.toString(), arguments);
        command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port), "--dir", folder.toString()));
        return LocalProcess.started(new Launch(command, Map.of(), folder, port, RedisServer::answers));
    }

    private static List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        return command;
    }

    private static List<String> arguments(Journal journal, String... options) {
        List<String> arguments = new ArrayList<>(List.of("--save", "", "--loglevel", "warning"));
        arguments.addAll(List.of("--maxmemory-policy", "noeviction"));
        arguments.addAll(
                switch (journal) {
                    case NONE -> List.of("--appendonly", "no");
                    case EVERY_SECOND -> List.of("--appendonly", "yes", "--appendfsync", "everysec");
                    case ALWAYS -> List.of("--appendonly", "yes", "--appendfsync", "always");
                });
        arguments.addAll(List.of(options));
        return arguments;
    }

    /** A server that still loads its data, or wants a password first, has words of its own. */
    private static boolean answers(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String answer = in.readLine();
            return answer != null && (answer.startsWith("+PONG") || answer.startsWith("-NOAUTH"));
        } catch (IOException nobody) {
            return false;
        }
    }

    /** {@code redis://host:port}, or what {@value #VARIABLE} says. */
    @Override
    public String address() {
        return address;
    }
}
