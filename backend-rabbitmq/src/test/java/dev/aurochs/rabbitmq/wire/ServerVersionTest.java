package dev.aurochs.rabbitmq.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerVersionTest {
    @ParameterizedTest
    @DisplayName("what a version can do, by what the server says of itself")
    @CsvSource({
        "3.8.9, false, false, false",
        "3.9.29, false, false, false",
        "3.10.0, true, false, false",
        "3.10.8, true, false, false",
        "3.11.28, true, false, false",
        "3.12.0, true, true, false",
        "3.13.7, true, true, false",
        "4.0.0, true, true, true",
        "4.1.0-rc.2, true, true, true",
        "4.3.1, true, true, true",
        "10.0.0, true, true, true"
    })
    void gates(String text, boolean supported, boolean timeout, boolean limitsDeliveries) {
        ServerVersion version = ServerVersion.of(Map.of("version", text, "product", "RabbitMQ"));
        assertThat(version.isSupported()).isEqualTo(supported);
        assertThat(version.takesConsumerTimeout()).isEqualTo(timeout);
        assertThat(version.limitsDeliveries()).isEqualTo(limitsDeliveries);
    }

    @Test
    @DisplayName("a server that does not say what it is, is not supported")
    void unknown() {
        assertThat(ServerVersion.of(Map.of()).isSupported()).isFalse();
        assertThat(ServerVersion.of(Map.of("version", "Zwölf")).isSupported()).isFalse();
    }

    @Test
    @DisplayName("deliveries are unlimited: said from 4.0 on, and never before, where it would mean none")
    void deliveryLimit() {
        assertThat(arguments("3.13.7", QueueType.QUORUM)).doesNotContainKey("x-delivery-limit");
        assertThat(arguments("4.0.0", QueueType.QUORUM)).containsEntry("x-delivery-limit", -1);
        assertThat(arguments("4.0.0", QueueType.CLASSIC)).doesNotContainKey("x-delivery-limit");
    }

    @Test
    @DisplayName("how long a job may run is said where a queue may say it")
    void longRuns() {
        assertThat(arguments("3.11.0", QueueType.CLASSIC)).doesNotContainKey("x-consumer-timeout");
        assertThat(arguments("3.12.0", QueueType.CLASSIC)).containsEntry("x-consumer-timeout", 86_400_000L);
    }

    private static Map<String, Object> arguments(String version, QueueType type) {
        return new QueueArguments(type, ServerVersion.of(Map.of("version", version)), Duration.ofDays(1)).waiting();
    }
}
