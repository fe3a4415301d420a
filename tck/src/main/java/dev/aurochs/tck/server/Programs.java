package dev.aurochs.tck.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** What this machine has to offer: programs and free ports. */
final class Programs {
    /** Below the range of outgoing connections: nobody is given such a port while a server is down. */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 32_000;

    private Programs() {}

    /** The program of this name in a folder of the PATH. */
    static Optional<Path> find(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A port of 127.0.0.1 on which nobody listens. */
    static int freePort() {
        IOException last = null;
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw new UncheckedIOException("no free port on 127.0.0.1", last == null ? new IOException() : last);
    }
}
