package dev.aurochs.tck.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rabbitmq")
class RabbitServerTest {
    private static final byte[] GREETING = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
    private static final int METHOD = 1;

    @Test
    @DisplayName("the shared broker is one for all, greets, and can be neither killed nor stopped")
    void shared() throws IOException {
        RabbitServer broker = RabbitServer.shared();
        broker.close();
        assertThat(RabbitServer.shared()).isSameAs(broker);
        assertThat(greeted(broker)).isEqualTo(METHOD);
        assertThatThrownBy(broker::kill)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("startPrivate");
        assertThat(RabbitServer.at(broker.address()).port()).isEqualTo(broker.port());
    }

    @Test
    @DisplayName("an address where nobody answers is refused by its name")
    void wrongAddress() {
        assertThatThrownBy(() -> RabbitServer.at("amqp://127.0.0.1:1"))
                .isInstanceOf(ServerMissing.class)
                .hasMessageContaining("no RabbitMQ answers at amqp://127.0.0.1:1")
                .hasMessageContaining(RabbitServer.VARIABLE);
        assertThatThrownBy(() -> RabbitServer.at("localhost")).hasMessageContaining("amqp://host:port");
    }

    @Test
    @DisplayName("killed, stopped and suspended it comes back on its port; closed it leaves no process")
    void harmed() throws Exception {
        Set<ProcessHandle> before = descendants();
        RabbitServer broker = RabbitServer.startPrivate();
        Set<ProcessHandle> started = descendants();
        started.removeAll(before);
        assertThat(commands(started)).contains("epmd", "beam.smp");
        int port = broker.port();
        broker.kill();
        assertThatThrownBy(() -> greeted(broker)).isInstanceOf(IOException.class);
        broker.start();
        assertThat(greeted(broker)).isEqualTo(METHOD);
        broker.suspend();
        assertThatThrownBy(() -> greeted(broker)).isInstanceOf(SocketTimeoutException.class);
        broker.resume();
        assertThat(greeted(broker)).isEqualTo(METHOD);
        broker.stop();
        assertThatThrownBy(() -> greeted(broker)).isInstanceOf(IOException.class);
        broker.start();
        assertThat(broker.port()).isEqualTo(port);
        started.addAll(descendants());
        started.removeAll(before);
        broker.close();
        for (ProcessHandle process : started) process.onExit().get(1, TimeUnit.MINUTES);
    }

    /** The first byte of what it answers. */
    private static int greeted(RabbitServer broker) throws IOException {
        try (Socket socket = new Socket(broker.host(), broker.port())) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(GREETING);
            return socket.getInputStream().read();
        }
    }

    private static Set<ProcessHandle> descendants() {
        return new HashSet<>(ProcessHandle.current().descendants().toList());
    }

    private static List<String> commands(Set<ProcessHandle> processes) {
        return processes.stream()
                .flatMap(process -> process.info().command().stream())
                .map(command -> Path.of(command).getFileName().toString())
                .collect(Collectors.toList());
    }
}
