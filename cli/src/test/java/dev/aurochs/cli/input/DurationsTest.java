package dev.aurochs.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations: {@code 0}, or digits followed at once by a unit; nothing else. */
class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "0s, 0, 0",
        "250ms, 250, 250ms",
        "5s, 5000, 5s",
        "10m, 600000, 10m",
        "2h, 7200000, 2h",
        "7d, 604800000, 7d",
        "007s, 7000, 7s",
        "90s, 90000, 90s",
        "60s, 60000, 1m",
        "1500ms, 1500, 1500ms"
    })
    void readsAndWrites(String text, long millis, String shortest) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
        assertThat(Durations.format(Duration.ofMillis(millis))).isEqualTo(shortest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "00", "5", "s", "5 s", " 5s", "5s ", "5S", "5sec", "1.5s", "-5s", "+5s", "1h30m", "P1D", "٥s"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessage("'" + text + "': a duration is 0, or digits followed at once by ms, s, m, h or d:"
                        + " 250ms, 5s, 10m, 2h, 7d");
    }
}
