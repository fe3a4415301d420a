package dev.aurochs.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.tck.server.RabbitServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a broker is reached: encrypted, with its certificate trusted by those who were told to; in a virtual host. */
@Timeout(120)
class ConnectionTest {
    @TempDir
    private static Path folder;

    private static Certificate certificate;
    private static int port;
    private static RabbitServer server;

    @BeforeAll
    static void begin() throws Exception {
        certificate = Certificate.in(folder);
        port = RabbitServer.freePort();
        server = RabbitServer.startPrivate(
                "listeners.ssl.1 = 127.0.0.1:" + port,
                "ssl_options.cacertfile = " + certificate.file(),
                "ssl_options.certfile = " + certificate.file(),
                "ssl_options.keyfile = " + certificate.keyFile(),
                "ssl_options.verify = verify_none");
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Test
    @DisplayName("a JVM whose trust store has the certificate adds and runs over amqps")
    void trusted() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djavax.net.ssl.trustStore=" + certificate.trustStore(),
                "-Djavax.net.ssl.trustStorePassword=" + Certificate.PASSWORD,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("java.class.path"),
                TlsVisitor.class.getName(),
                "amqps://localhost:" + port,
                "amqps://127.0.0.1:" + port);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said.lines())
                .as(said)
                .hasSize(2)
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("ran over amqps://localhost:" + port + "?queueType=classic"),
                        // The certificate does not name this host.
                        line -> assertThat(line)
                                .startsWith("no encrypted connection to RabbitMQ at amqps://127.0.0.1:" + port)
                                .contains("must name the host"));
    }

    @Test
    @DisplayName("a certificate that is not trusted is told as that, with what to do")
    void untrusted() {
        assertThatThrownBy(() -> Queues.open("amqps://localhost:" + port))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContainingAll("no encrypted connection to RabbitMQ at", "trustStore");
    }

    @Test
    @DisplayName("a virtual host with a user of its own is a world of its own")
    void virtualHost() {
        server.control("add_vhost", "my/host");
        server.control("add_user", "ada", "s3:cret");
        server.control("set_permissions", "-p", "my/host", "ada", ".*", ".*", ".*");
        String host = server.host() + ":" + server.port();
        String address = "amqp://ada:s3%3Acret@127.0.0.1:1," + host + "/my%2Fhost";
        try (Queues there = Queues.open(address);
                Queues elsewhere = Queues.open("amqp://" + host)) {
            there.queue("q").add("job");
            assertThat(there.queue("q").counts().of(JobState.WAITING)).hasValue(1);
            assertThat(elsewhere.queue("q").counts().of(JobState.WAITING)).hasValue(0);
            assertThat(there.info().address()).doesNotContain("cret");
        }
        assertThatThrownBy(() -> Queues.open("amqp://ada:s3%3Acret@" + host))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("no virtual host '/' for user 'ada'")
                .hasMessageNotContaining("cret");
    }
}
