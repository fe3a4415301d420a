package dev.aurochs.tck.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.tck.server.RedisServer.Journal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("redis")
class RedisServerTest {
    private static final String OK = "+OK";

    @Test
    @DisplayName("the shared server is one for all, answers, and can be neither killed nor stopped")
    void shared() throws IOException {
        RedisServer server = RedisServer.shared();
        server.close();
        assertThat(RedisServer.shared()).isSameAs(server);
        assertThat(Wire.ask(server, "PING")).containsExactly("+PONG");
        assertThat(server.address()).startsWith("redis://");
        List<Runnable> harm = List.of(server::kill, server::stop, server::start, server::suspend, server::resume);
        for (Runnable one : harm)
            assertThatThrownBy(one::run)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("startPrivate");
    }

    @Test
    @DisplayName("an address that is given is used as it is, if somebody answers there")
    void given() throws IOException {
        try (RedisServer server = RedisServer.startPrivate(Journal.NONE)) {
            RedisServer same = RedisServer.at(server.address());
            assertThat(same.port()).isEqualTo(server.port());
            assertThat(same.address()).isEqualTo(server.address());
            assertThatThrownBy(same::kill).isInstanceOf(UnsupportedOperationException.class);
            server.stop();
            assertThatThrownBy(() -> RedisServer.at(server.address()))
                    .isInstanceOf(ServerMissing.class)
                    .hasMessageContaining("no Redis answers at " + server.address())
                    .hasMessageContaining(RedisServer.VARIABLE);
        }
        assertThatThrownBy(() -> RedisServer.at("localhost")).hasMessageContaining("redis://host:port");
    }

    @ParameterizedTest
    @EnumSource(Journal.class)
    @DisplayName("killed and started again it has its port, and what its journal kept")
    void killed(Journal journal) throws IOException {
        try (RedisServer server = RedisServer.startPrivate(journal)) {
            int port = server.port();
            assertThat(Wire.ask(server, "SET key value")).containsExactly(OK);
            server.kill();
            assertThatThrownBy(() -> Wire.ask(server, "PING")).isInstanceOf(IOException.class);
            server.start();
            assertThat(server.port()).isEqualTo(port);
            // What is written down each second survives the end of the process; a second may be lost with the machine.
            assertThat(Wire.ask(server, "GET key")).containsExactly(journal == Journal.NONE ? "$-1" : "value");
        }
    }

    @Test
    @DisplayName("stopped and started again it has what its journal kept; stopping twice does nothing")
    void stopped() throws IOException {
        try (RedisServer server = RedisServer.startPrivate(Journal.EVERY_SECOND)) {
            assertThat(Wire.ask(server, "SET key value")).containsExactly(OK);
            server.suspend();
            server.stop();
            server.stop();
            server.kill();
            server.start();
            assertThat(Wire.ask(server, "GET key")).containsExactly("value");
            assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    @DisplayName("suspended it keeps a connection and says nothing; resumed it answers what was asked meanwhile")
    void suspended() throws IOException {
        try (RedisServer server = RedisServer.startPrivate(Journal.NONE);
                Wire wire = new Wire(server)) {
            wire.send("PING");
            assertThat(wire.answer()).containsExactly("+PONG");
            server.suspend();
            wire.send("PING");
            assertThat(wire.isSilentFor(200)).isTrue();
            server.resume();
            assertThat(wire.answer()).containsExactly("+PONG");
        }
    }

    @Test
    @DisplayName("it evicts nothing, and takes further options")
    void options() throws IOException {
        try (RedisServer server = RedisServer.startPrivate(Journal.NONE, "--maxmemory", "10mb")) {
            assertThat(Wire.ask(server, "CONFIG GET maxmemory-policy")).contains("noeviction");
            assertThat(Wire.ask(server, "CONFIG GET maxmemory")).contains(Integer.toString(10 << 20));
            assertThat(Wire.ask(server, "CONFIG GET save")).containsExactly("save", "");
        }
    }

    @Test
    @DisplayName("an option that Redis does not know fails with Redis' own words, and leaves nothing behind")
    void wrongOption() {
        assertThatThrownBy(() -> RedisServer.startPrivate(Journal.NONE, "--no-such-option", "1"))
                .isInstanceOf(ServerMissing.class)
                .hasMessageContaining("no-such-option");
    }

    @Test
    @DisplayName("a closed server's data are gone")
    void closed() throws IOException {
        RedisServer server = RedisServer.startPrivate(Journal.ALWAYS);
        Path folder = Path.of(Wire.ask(server, "CONFIG GET dir").get(1));
        server.close();
        server.close();
        assertThat(folder).doesNotExist();
        assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("a JVM that ends without closing its server leaves neither the process nor its folder")
    void forgotten() throws Exception {
        Process owner = owner().start();
        List<ProcessHandle> left = new ArrayList<>();
        Path folder = folderOf(owner, left);
        owner.getOutputStream().close();
        assertThat(owner.waitFor()).isZero();
        awaitEnd(left);
        assertThat(folder).doesNotExist();
    }

    @Test
    @DisplayName("a JVM that is killed leaves neither the process nor its folder")
    void ownerKilled() throws Exception {
        Process owner = owner().start();
        List<ProcessHandle> left = new ArrayList<>();
        Path folder = folderOf(owner, left);
        owner.destroyForcibly();
        awaitEnd(left);
        assertThat(folder).doesNotExist();
    }

    @Test
    @DisplayName("where there is no server the message says how to install one")
    void missing() throws Exception {
        ProcessBuilder builder = owner();
        builder.environment().put("PATH", "/nowhere");
        builder.environment().remove("DOCKER_HOST");
        Process owner = builder.redirectErrorStream(true).start();
        try (BufferedReader out = owner.inputReader()) {
            assertThat(out.lines().collect(Collectors.joining("\n")))
                    .contains("apt-get install redis-server")
                    .contains(RedisServer.VARIABLE);
        }
        assertThat(owner.waitFor()).isNotZero();
    }

    private static ProcessBuilder owner() {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ServerOwner.class.getName());
    }

    /** Where its server keeps its data, as soon as it runs; and all processes that it has started. */
    private static Path folderOf(Process owner, List<ProcessHandle> descendants) throws IOException {
        String folder = owner.inputReader().readLine();
        assertThat(folder).as("a JVM that starts a server").isNotNull();
        descendants.addAll(owner.descendants().toList());
        assertThat(Path.of(folder)).exists();
        return Path.of(folder);
    }

    private static void awaitEnd(List<ProcessHandle> processes) throws Exception {
        assertThat(processes).isNotEmpty();
        for (ProcessHandle process : processes) process.onExit().get(1, TimeUnit.MINUTES);
    }
}
