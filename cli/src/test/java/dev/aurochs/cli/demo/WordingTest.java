package dev.aurochs.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "999,999 B",
        "1000,1.0 kB",
        "9949,9.9 kB",
        "9950,10 kB",
        "999499,999 kB",
        "999500,1.0 MB",
        "2345678,2.3 MB",
        "999949999,999.9 MB",
        "1500000000,1.5 GB"
    })
    void sizes(long bytes, String text) {
        assertThat(Wording.size(bytes)).isEqualTo(text);
    }

    @Test
    void changes() {
        assertThat(Wording.change(2_300_000, 66_000)).isEqualTo("2.3 MB to 66 kB, 97 % smaller");
        assertThat(Wording.change(1_600, 1_600)).isEqualTo("1.6 kB, kept as it is");
        assertThat(Wording.change(1_000_000, 999_999)).isEqualTo("1.0 MB to 1.0 MB, a little smaller");
        assertThat(Wording.change(1_000_000, 10)).isEqualTo("1.0 MB to 10 B, over 99 % smaller");
    }

    @ParameterizedTest
    @CsvSource({"10,10 ms", "400,0.4 s", "3000,3 s", "12540,12.5 s"})
    void seconds(long millis, String text) {
        assertThat(Wording.seconds(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Test
    void wordsForAShell() {
        assertThat(Wording.shell("run1-lake.jpg")).isEqualTo("run1-lake.jpg");
        assertThat(Wording.shell("run1-größe 1.jpg")).isEqualTo("'run1-größe 1.jpg'");
        assertThat(Wording.shell("it's")).isEqualTo("'it'\\''s'");
        assertThat(Wording.shell("rocksdb:./aurochs-demo/jobs")).isEqualTo("rocksdb:./aurochs-demo/jobs");
    }
}
