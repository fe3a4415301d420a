package dev.aurochs.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.Json;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads as JSON (rules N4, N11). */
@Timeout(60)
class JacksonCodecTest {
    private final JacksonCodec codec = new JacksonCodec();

    record Reading(long count, BigDecimal value, Instant at, Optional<String> note) {}

    record Tree(String name, List<Tree> below) {}

    @DisplayName("N4: 64-bit integers and long decimals come back exact, typed and untyped")
    @Test
    void numbers() {
        for (Number number : List.of(
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                9_007_199_254_740_993L,
                new BigInteger("123456789012345678901234567890"),
                new BigDecimal("0.1234567890123456789012345678901"),
                new BigDecimal("1.10"),
                new BigDecimal("-1E+3"))) {
            Json json = codec.encode("payload", Map.of("n", number));
            assertThat(decode(json, new TypeRef<Map<String, Object>>() {}.type())
                            .toString())
                    .isEqualTo(Map.of("n", plain(number)).toString());
            assertThat(codec.encode("payload", number))
                    .hasToString(plain(number).toString());
        }
        assertThat(this.<BigDecimal>decode(new Json("1.10"), BigDecimal.class)).hasToString("1.10");
        assertThat(this.<Long>decode(new Json("9007199254740993"), Long.class)).isEqualTo(9_007_199_254_740_993L);
    }

    private static Object plain(Number number) {
        return number instanceof BigDecimal decimal ? new BigDecimal(decimal.toPlainString()) : number;
    }

    @DisplayName("N11: moments are ISO-8601 in UTC, durations ISO-8601, absent options null")
    @Test
    void moments() {
        Instant at = Instant.parse("2027-03-01T12:00:00.123456789Z");
        Reading reading = new Reading(1, BigDecimal.ONE, at, Optional.empty());
        Json json = codec.encode("payload", reading);
        assertThat(json)
                .hasToString("{\"count\":1,\"value\":1,\"at\":\"2027-03-01T12:00:00.123456789Z\",\"note\":null}");
        assertThat(this.<Reading>decode(json, Reading.class)).isEqualTo(reading);
        assertThat(codec.encode("p", Duration.ofSeconds(90))).hasToString("\"PT1M30S\"");
        OffsetDateTime noon = OffsetDateTime.parse("2027-03-01T13:00:00+01:00");
        assertThat(this.<Instant>decode(codec.encode("p", noon), Instant.class)).isEqualTo(noon.toInstant());
    }

    @DisplayName("N11: unknown fields are ignored; missing ones are absent")
    @Test
    void unknownFields() {
        Tree tree = decode(
                new Json("{\"name\":\"a\",\"colour\":{\"deep\":[1,2]},\"below\":[{\"name\":\"b\"}]}"), Tree.class);
        assertThat(tree.below()).hasSize(1);
        assertThat(tree.below().get(0).below()).isNull();
    }

    @DisplayName("N11: generic types are read by TypeRef")
    @Test
    void typeRef() {
        List<Tree> trees = decode(new Json("[{\"name\":\"a\"},{\"name\":\"b\"}]"), new TypeRef<List<Tree>>() {}.type());
        assertThat(trees).extracting(Tree::name).containsExactly("a", "b");
        assertThatThrownBy(RawRef::new)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("new TypeRef<");
    }

    @SuppressWarnings("rawtypes")
    private static final class RawRef extends TypeRef {}

    @DisplayName("N4: JSON that is given as such passes unchanged, spaces and all; null is null")
    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "null", " [ 1 ,\n2 ] ", "1e400", "\"\\ud800\"", "\"\u00e4\"", "12345678901234567890.10"})
    void rawJson(String text) {
        Json json = new Json(text);
        assertThat(codec.encode("payload", json)).isSameAs(json);
        assertThat(codec.encode("payload", null)).isEqualTo(Json.NULL);
    }

    @DisplayName("N4: text that is not exactly one JSON value is refused")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1",
                "[1,]",
                "1 2",
                "{} x",
                "'a'",
                "{a:1}",
                "nul",
                "NaN",
                "01",
                "{\"a\":1,\"a\":2}",
                "\"\n\""
            })
    void notJson(String text) {
        InvalidInputException refusal =
                catchThrowableOfType(InvalidInputException.class, () -> codec.encode("payload", new Json(text)));
        assertThat(refusal).as(text).isNotNull();
        assertThat(refusal.field()).isEqualTo("payload");
        assertThat(refusal.value()).isEqualTo(text);
        assertThat(refusal.rule()).containsIgnoringCase("json");
    }

    @DisplayName("What cannot be written is refused by name, not by a stack overflow")
    @Test
    void unwritable() {
        Object[] self = new Object[1];
        self[0] = self;
        record Broken() {
            public String getName() {
                throw new IllegalStateException("not today");
            }
        }
        for (Object value : List.of(self, new Broken()))
            assertThatThrownBy(() -> codec.encode("progress", value))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("progress '" + value.getClass().getName())
                    .hasMessageContaining("cannot be written as JSON");
    }

    @DisplayName("Very deep and very large numbers are refused or read, never the end of a thread")
    @Test
    void extremes() {
        String deep = "[".repeat(200_000) + "]".repeat(200_000);
        assertThatThrownBy(() -> codec.encode("payload", new Json(deep))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> decode(new Json(deep), Object.class)).isInstanceOf(InvalidInputException.class);
        String nested = "{\"below\":[".repeat(400) + "]}".repeat(400);
        assertThatThrownBy(() -> decode(new Json(nested), Tree.class)).isInstanceOf(InvalidInputException.class);
        String digits = "9".repeat(100_000);
        assertThatThrownBy(() -> decode(new Json(digits), Object.class)).isInstanceOf(InvalidInputException.class);
        assertThat(this.<BigDecimal>decode(new Json("1e999999999"), BigDecimal.class))
                .isNotNull();
        assertThatThrownBy(() -> codec.encode("p", new BigDecimal("1e999999999")))
                .as("written plainly it would have a billion digits")
                .isInstanceOf(InvalidInputException.class);
    }

    @DisplayName("A payload of another type is refused: field, value, type and place")
    @Test
    void wrongType() {
        assertThatThrownBy(() -> decode(new Json("{\"name\":[1]}"), Tree.class))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("payload '{\"name\":[1]}': cannot be read as " + Tree.class.getName());
        assertThatThrownBy(() -> decode(new Json("1 2"), Integer.class)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> decode(new Json("{\"name\":1,\"name\":2}"), Tree.class))
                .isInstanceOf(InvalidInputException.class);
        assertThat(this.<Object>decode(Json.NULL, Tree.class)).isNull();
    }

    private <T> T decode(Json json, Type type) {
        return codec.<T>decode("payload", json, type);
    }
}
