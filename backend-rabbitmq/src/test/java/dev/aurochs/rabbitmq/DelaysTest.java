package dev.aurochs.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.rabbitmq.wire.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelaysTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final Names NAMES = new Names("p");

    @Test
    @DisplayName("what is due waits no longer")
    void due() {
        assertThat(place(0)).isEmpty();
        assertThat(place(-5)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("near its end a job is held in hand, before that it is in the longest bucket that is over in time")
    @CsvSource({
        "1, p.delay.near",
        "2000, p.delay.near",
        "2001, p.delay.b0",
        "2499, p.delay.b0",
        "2500, p.delay.b1",
        "4499, p.delay.b1",
        "4500, p.delay.b2",
        "2592000000, p.delay.b21",
        "315532800000, p.delay.b21"
    })
    void places(long millis, String queue) {
        assertThat(place(millis)).contains(queue);
    }

    private static Optional<String> place(long millis) {
        return Delays.place(NAMES, NOW.plus(Duration.ofMillis(millis)), NOW);
    }
}
