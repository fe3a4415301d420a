package dev.aurochs.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables, times and documents. */
class OutputTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void columnsAreAlignedNumbersToTheRight() {
        Table table = Table.withHeadings("NAME", "COUNT", "WHAT")
                .row("a", 5, "x")
                .row("long name", 12_345, "Zoë\nand more")
                .row("b", "?", "");
        assertThat(table.lines())
                .containsExactly(
                        "NAME       COUNT  WHAT",
                        "a              5  x",
                        "long name  12345  Zoë and more",
                        "b              ?");
        assertThat(Table.plain().lines()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, just now",
        "999, just now",
        "-500, in a moment",
        "42000, 42 s ago",
        "-42000, in 42 s",
        "185000, 3 min 5 s ago",
        "180000, 3 min ago",
        "7800000, 2 h 10 min ago",
        "-266400000, in 3 d 2 h"
    })
    void timesAreRelativeForPeople(long millisAgo, String shown) {
        assertThat(new Times(NOW, true).show(NOW.minusMillis(millisAgo))).isEqualTo(shown);
    }

    @Test
    void timesAreIsoForPrograms() {
        assertThat(new Times(NOW, false).show(NOW.plusNanos(999))).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(new Times(NOW, false).show(null)).isEqualTo("-");
        assertThat(Times.rough(Duration.ofMillis(20))).isEqualTo("20 ms");
    }

    @Test
    void documentsKeepOrderAndStoredJson() {
        Document inner = new Document().put("n", (Number) null).put("t", true);
        assertThat(new Document()
                        .put("b", "quote \" and \u001b")
                        .put("a", new Json("{ \"x\" : 1.10 }"))
                        .put("list", List.of(inner))
                        .putTexts("texts", List.of("one", "two"))
                        .put("at", NOW))
                .hasToString(
                        "{\"b\":\"quote \\\" and \\u001B\",\"a\":{ \"x\" : 1.10 },\"list\":[{\"n\":null,\"t\":true}],"
                                + "\"texts\":[\"one\",\"two\"],\"at\":\"2026-01-02T03:04:05.678Z\"}");
    }

    @Test
    void textsAreMadeSafeToShow() {
        assertThat(Texts.oneLine("a\tb\nc\u001b[31m")).isEqualTo("a b c [31m");
        assertThat(Texts.lines("a\tb\r\nc\u001b[31m")).isEqualTo("a\tb\nc?[31m");
        assertThat(Texts.cut("abcdef", 4)).isEqualTo("abc…");
        assertThat(Texts.cut("abcd", 4)).isEqualTo("abcd");
        assertThat(Texts.firstLine("\n  \nx\ny")).isEqualTo("x");
    }
}
