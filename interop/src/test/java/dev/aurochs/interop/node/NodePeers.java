package dev.aurochs.interop.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where the peers' packages are: {@code npm ci} puts them into the build folder once, as the lock files say.
 * Thread-safe.
 */
public final class NodePeers {
    private static final String NEEDS =
            "the interop tests need Node 18 or newer and npm on the PATH (Debian: apt-get install nodejs npm)";
    private static final Path SOURCES = Path.of("node").toAbsolutePath();
    private static final Path INSTALLED = Path.of("target", "node").toAbsolutePath();
    private static final long INSTALL_MINUTES = 5;
    private static final String AMQPLIB = "amqplib-2.3.1";
    private static final Map<String, Path> READY = new HashMap<>();

    private NodePeers() {}

    /** Starts a peer on the server at {@code address}, {@code redis://host:port}, with the usual prefix. */
    public static NodePeer start(BullMq release, String address) {
        return start(release.toString(), "peer.mjs", packages(release.folder()), address, "bull");
    }

    /** Starts a program that publishes and listens on the broker at {@code address}. */
    public static NodePeer startAmqp(String address, String prefix) {
        return start("amqplib", "amqp.mjs", amqpPackages(), address, prefix);
    }

    /** A folder in which programs find amqplib. */
    public static Path amqpPackages() {
        return packages(AMQPLIB);
    }

    private static NodePeer start(String name, String program, Path packages, String address, String prefix) {
        String path = SOURCES.resolve(program).toString();
        return new NodePeer(name, List.of("node", path, packages.toString(), address, prefix));
    }

    private static synchronized Path packages(String name) {
        return READY.computeIfAbsent(name, NodePeers::installed);
    }

    private static Path installed(String name) {
        Path folder = INSTALLED.resolve(name);
        Path done = folder.resolve("node_modules/.package-lock.json");
        try {
            if (Files.exists(done)) return folder;
            Files.createDirectories(folder);
            for (String file : List.of("package.json", "package-lock.json"))
                Files.copy(
                        SOURCES.resolve(name).resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            npmCi(folder);
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(NEEDS, failed);
        }
    }

    private static void npmCi(Path folder) throws IOException {
        Path log = folder.resolve("npm.log");
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended;
        try {
            ended = npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException stop) {
            npm.destroyForcibly();
            throw new IllegalStateException("interrupted while npm ci ran in " + folder, stop);
        }
        if (ended && npm.exitValue() == 0) return;
        npm.destroyForcibly();
        String said = Files.readString(log, StandardCharsets.UTF_8);
        throw new IllegalStateException("npm ci failed in " + folder + "; " + NEEDS + "\n" + said);
    }
}
