package dev.aurochs.tck.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A broker and the port mapper that Erlang insists on: both its own, so that those of the machine are left alone. */
record RabbitNode(LocalProcess mapper, LocalProcess broker, RabbitControl control) implements Runner {
    private static final int PATIENCE_MILLIS = 2_000;

    /** @param configuration lines of its {@code rabbitmq.conf} */
    static RabbitNode started(Path mapperProgram, Path brokerProgram, Probe probe, List<String> configuration) {
        int mapperPort = Programs.freePort();
        LocalProcess mapper = LocalProcess.started(mapper(mapperProgram, mapperPort));
        try {
            Launch launch = broker(brokerProgram, mapperPort, probe, configuration);
            RabbitControl control =
                    new RabbitControl(brokerProgram.resolveSibling("rabbitmqctl"), launch.environment());
            return new RabbitNode(mapper, LocalProcess.started(launch), control);
        } catch (RuntimeException failed) {
            mapper.close();
            throw failed;
        }
    }

    private static Launch mapper(Path program, int port) {
        List<String> command = List.of(program.toString(), "-address", "127.0.0.1", "-port", Integer.toString(port));
        return new Launch(command, Map.of(), Folders.create("epmd"), port, RabbitNode::listens);
    }

    private static boolean listens(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static Launch broker(Path program, int mapperPort, Probe probe, List<String> configuration) {
        Path folder = Folders.create("rabbitmq");
        int port = Programs.freePort();
        Map<String, String> environment = Map.ofEntries(
                Map.entry("HOME", folder.toString()),
                Map.entry("ERL_EPMD_PORT", Integer.toString(mapperPort)),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                // The script then becomes the broker instead of watching over it: signals reach the right process.
                Map.entry("RUNNING_UNDER_SYSTEMD", "true"),
                Map.entry("RABBITMQ_NODENAME", "aurochs-" + port + "@localhost"),
                Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
                Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(Programs.freePort())),
                Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"),
                Map.entry("RABBITMQ_BASE", folder.toString()),
                Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString()),
                Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
                Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()),
                Map.entry("RABBITMQ_CONF_ENV_FILE", written(folder, "env.conf", "")),
                Map.entry(
                        "RABBITMQ_CONFIG_FILE",
                        written(folder, "rabbitmq.conf", String.join("\n", configuration) + "\n")),
                Map.entry("RABBITMQ_ADVANCED_CONFIG_FILE", written(folder, "advanced.config", "[].\n")),
                Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", written(folder, "plugins", "[].\n")));
        return new Launch(List.of(program.toString()), environment, folder, port, probe);
    }

    /** A file that says nothing, in place of the machine's. */
    private static String written(Path folder, String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content).toString();
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot write into " + folder, refused);
        }
    }

    @Override
    public String host() {
        return broker.host();
    }

    @Override
    public int port() {
        return broker.port();
    }

    @Override
    public void start() {
        broker.start();
    }

    @Override
    public void stop() {
        broker.stop();
    }

    @Override
    public void kill() {
        broker.kill();
    }

    @Override
    public void suspend() {
        broker.suspend();
    }

    @Override
    public void resume() {
        broker.resume();
    }

    @Override
    public void close() {
        broker.close();
        mapper.close();
    }
}
