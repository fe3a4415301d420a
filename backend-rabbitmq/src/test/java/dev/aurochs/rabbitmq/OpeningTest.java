package dev.aurochs.rabbitmq;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.tck.server.RabbitServer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What cannot be opened is told in one line, without a password. */
class OpeningTest {
    private static final String HOST =
            RabbitServer.shared().host() + ":" + RabbitServer.shared().port();

    @Test
    @DisplayName("a wrong password is told with the user's name alone")
    void wrongPassword() {
        assertThatThrownBy(() -> Queues.open("amqp://ada:s3cret@" + HOST))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContainingAll("refuses user 'ada'", HOST)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    @DisplayName("a virtual host that is not there is named, with what to do")
    void noVirtualHost() {
        assertThatThrownBy(() -> Queues.open("amqp://" + HOST + "/nowhere"))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContainingAll("no virtual host 'nowhere'", "add_vhost");
    }

    @Test
    @DisplayName("a broker that is not there is named")
    void nobody() {
        assertThatThrownBy(() -> Queues.open("amqp://127.0.0.1:1"))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("no RabbitMQ answers at amqp://127.0.0.1:1");
    }

    @Test
    @DisplayName("the first of several hosts that answers is taken")
    void severalHosts() {
        Queues.open("amqp://127.0.0.1:1," + HOST).close();
    }

    @Test
    @DisplayName("a queue that was declared elsewhere with other arguments stays; the error names both sets")
    void otherArguments() throws Exception {
        String prefix = UUID.randomUUID().toString();
        String name = prefix + ".mail.wait";
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(RabbitServer.shared().host());
        factory.setPort(RabbitServer.shared().port());
        try (Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            channel.queueDeclare(name, true, false, false, Map.of("x-queue-type", "classic"));
            try (Queues queues = Queues.open("amqp://" + HOST + "?prefix=" + prefix)) {
                assertThatThrownBy(() -> queues.queue("mail").add("a"))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContainingAll(name, "x-max-priority=10", "none", "Nothing was changed");
            }
            channel.queueDeclarePassive(name);
            for (String part : new String[] {".mail.wait", ".mail.failed", ".mail.paused", ".delay.near"})
                channel.queueDelete(prefix + part);
        }
    }
}
