package dev.aurochs.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.rabbitmq.wire.BrokerAddress;
import dev.aurochs.rabbitmq.wire.QueueType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @Test
    @DisplayName("hosts, user, virtual host and settings are taken apart")
    void whole() {
        RabbitAddress address = of("amqps://me:s%3Acret@one:1,two,[::1]:3/my%2Fhost?queueType=quorum&prefix=jobs");
        BrokerAddress broker = address.broker();
        assertThat(broker.hosts())
                .containsExactly(
                        new BrokerAddress.Host("one", 1),
                        new BrokerAddress.Host("two", 5_671),
                        new BrokerAddress.Host("::1", 3));
        assertThat(broker.user()).isEqualTo("me");
        assertThat(broker.password()).isEqualTo("s:cret");
        assertThat(broker.virtualHost()).isEqualTo("my/host");
        assertThat(broker.encrypted()).isTrue();
        assertThat(address.queueType()).isEqualTo(QueueType.QUORUM);
        assertThat(address.prefix()).isEqualTo("jobs");
        assertThat(address.toString())
                .doesNotContain("cret")
                .contains("one:1,two:5671")
                .contains("queueType=quorum");
    }

    @Test
    @DisplayName("left out: port 5672, the virtual host /, classic queues, the prefix aurochs")
    void defaults() {
        RabbitAddress address = of("amqp://localhost");
        assertThat(address.broker().hosts()).containsExactly(new BrokerAddress.Host("localhost", 5_672));
        assertThat(address.broker().virtualHost()).isEqualTo("/");
        assertThat(address.queueType()).isEqualTo(QueueType.CLASSIC);
        assertThat(address.prefix()).isEqualTo("aurochs");
        assertThat(address).hasToString("amqp://localhost:5672?queueType=classic");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amqp:",
                "amqp://",
                "amqp://host:0",
                "amqp://host:99999",
                "amqp://a,,b",
                "amqp://host/a/b",
                "amqp://host?queueType=stream",
                "amqp://host?prefix=a.b",
                "amqp://host?prefix=amqx"
            })
    @DisplayName("what does not read so is refused")
    void refused(String text) {
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> of(text));
    }

    private static RabbitAddress of(String text) {
        return RabbitAddress.of(BackendAddress.parse(text));
    }
}
