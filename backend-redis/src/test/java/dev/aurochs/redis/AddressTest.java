package dev.aurochs.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.tck.server.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, and servers that do not let somebody in. */
class AddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://h | redis://h:6379/0",
                "redis://h:7000/3 | redis://h:7000/3",
                "redis://user:secret@h:7000/3?prefix=mine | redis://h:7000/3?prefix=mine",
                "redis://:secret@h | redis://h:6379/0",
                "rediss://h | rediss://h:6379/0",
                "redis://[::1]:7000 | redis://::1:7000/0"
            })
    @DisplayName("N9: what an address says, without its password")
    void reads(String address, String shown) {
        assertThat(RedisAddress.of(BackendAddress.parse(address))).hasToString(shown);
    }

    @Test
    @DisplayName("N9: user and password are decoded")
    void decodes() {
        RedisAddress address = RedisAddress.of(BackendAddress.parse("redis://a%40b:c%3Ad+e@h"));
        assertThat(address.server().user()).isEqualTo("a@b");
        assertThat(address.server().password()).isEqualTo("c:d+e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis:h",
                "redis://",
                "redis://h:port",
                "redis://h:0",
                "redis://h:70000",
                "redis://h/x",
                "redis://h/0?prefix=",
                "redis://h/0?prefix=a%20b"
            })
    @DisplayName("N9: what is no address is refused")
    void refuses(String address) {
        assertThatThrownBy(() -> RedisAddress.of(BackendAddress.parse(address)))
                .isInstanceOf(InvalidInputException.class);
    }

    private static QueueBackend open(String address) {
        return new RedisBackendProvider().open(BackendAddress.parse(address));
    }

    @Test
    @DisplayName("a wrong password is told, and not printed")
    void wrongPassword() {
        try (RedisServer server = RedisServer.startPrivate(RedisServer.Journal.NONE, "--requirepass", "right")) {
            String address = "redis://:wrong-one@" + server.host() + ":" + server.port();
            assertThatThrownBy(() -> open(address))
                    .isInstanceOf(BackendUnavailableException.class)
                    .hasMessageContaining("refuses the user or password")
                    .hasMessageNotContaining("wrong-one");
            assertThatThrownBy(() -> open(server.address()))
                    .isInstanceOf(BackendUnavailableException.class)
                    .hasMessageContaining("refuses the user or password");
            open("redis://:right@" + server.host() + ":" + server.port()).close();
        }
    }

    @Test
    @DisplayName("a database that is not there is told")
    void wrongDatabase() {
        assertThatThrownBy(() -> open(RedisServer.shared().address() + "/999"))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("has no such database");
    }

    @Test
    @DisplayName("a server that is not there is told")
    void nobodyThere() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> open("redis://127.0.0.1:" + port))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageStartingWith("redis://127.0.0.1:" + port + "/0 cannot be reached: ");
    }

    @Test
    @DisplayName("a node of a cluster is refused before anything is stored")
    void clusterNode() {
        try (RedisServer server = RedisServer.startPrivate(RedisServer.Journal.NONE, "--cluster-enabled", "yes")) {
            assertThatThrownBy(() -> open(server.address()))
                    .isInstanceOf(BackendUnavailableException.class)
                    .hasMessageContaining("is a node of a cluster");
        }
    }

    @Test
    @DisplayName("a server that is not Redis is told")
    void anotherServer() throws Exception {
        try (ServerSocket web = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answerAll(web, "HTTP/1.1 400 Bad Request\r\n\r\n"));
            server.setDaemon(true);
            server.start();
            assertThatThrownBy(() -> open("redis://127.0.0.1:" + web.getLocalPort()))
                    .isInstanceOf(BackendUnavailableException.class)
                    .hasMessageContaining("does not answer like Redis");
        }
    }

    @Test
    @DisplayName("a server that is too old is told")
    void tooOld() throws Exception {
        try (ServerSocket old = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answerAll(old, "-ERR unknown command `HELLO`\r\n"));
            server.setDaemon(true);
            server.start();
            assertThatThrownBy(() -> open("redis://127.0.0.1:" + old.getLocalPort()))
                    .isInstanceOf(BackendUnavailableException.class)
                    .hasMessageContaining("is older than Redis 6; Aurochs needs Redis 6.2 or newer");
        }
    }

    @Test
    @DisplayName("a user who may not do a step is told which")
    void notPermitted() {
        try (RedisServer server = RedisServer.startPrivate(
                RedisServer.Journal.NONE, "--user", "app", "on", ">word", "~*", "+@all", "-info")) {
            assertThatThrownBy(() -> open("redis://app:word@" + server.host() + ":" + server.port()))
                    .isInstanceOf(BackendUnavailableException.class)
                    .hasMessageContaining("does not let this user do that: NOPERM")
                    .hasMessageContaining("info");
        }
    }

    private static void answerAll(ServerSocket web, String answer) {
        try {
            while (true) {
                try (Socket socket = web.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
