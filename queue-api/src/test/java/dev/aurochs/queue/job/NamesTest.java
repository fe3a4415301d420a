package dev.aurochs.queue.job;

import static dev.aurochs.queue.job.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queue names (rule N1), own ids (N2) and lease tokens (N10). */
class NamesTest {
    private static final String ASTRAL = "\uD83D\uDC02";

    @DisplayName("N1: queue names may have anything but ':', control characters and a second {…}")
    @ParameterizedTest
    @ValueSource(strings = {"a", "mail", "{app}mail", "mail{app}", "a b", ".", "..", "a/b", "ü", "*", "a{b}c", "'\"\\"})
    void queueNamesTaken(String name) {
        assertThat(QueueName.of(name).value()).isEqualTo(name);
        assertThat(QueueName.of(name)).hasToString(name);
    }

    @DisplayName("N1: queue names refused")
    @ParameterizedTest
    @ValueSource(
            strings = {"", "a:b", ":", "a\n", "\u0000", "\u007f", "\u0085", "{", "}", "{}", "a}b{", "{a}{b}", "{a{b}}"})
    void queueNamesRefused(String name) {
        refused("queue name", name, () -> QueueName.of(name));
    }

    @DisplayName("N1: a queue name has at most 100 characters and 100 bytes")
    @Test
    void queueNameLength() {
        assertThatCode(() -> QueueName.of("q".repeat(100))).doesNotThrowAnyException();
        assertThatCode(() -> QueueName.of("ü".repeat(50))).doesNotThrowAnyException();
        refused("queue name", "q".repeat(101), () -> QueueName.of("q".repeat(101)));
        refused("queue name", "ü".repeat(51), () -> QueueName.of("ü".repeat(51)));
    }

    @DisplayName("N1, N2: null and half characters are refused, not stored as question marks")
    @Test
    void notText() {
        refused("queue name", null, () -> QueueName.of(none()));
        refused("job id", null, () -> JobId.custom(none()));
        refused("job id", null, () -> JobId.of(none()));
        refused("queue name", "a\uD83D", () -> QueueName.of("a\uD83D"));
        refused("job id", "\uDC02a", () -> JobId.custom("\uDC02a"));
        refused("job id", "\uDC02\uD83D", () -> JobId.custom("\uDC02\uD83D"));
    }

    @DisplayName("N2: own ids may have anything else")
    @ParameterizedTest
    @ValueSource(strings = {"order-7", "7a", "0x", "a b", "ü", "-1", "1.5", "WAIT", "waiting", "٣", "{a}{b}", "../x"})
    void ownIdsTaken(String id) {
        assertThat(JobId.custom(id).value()).isEqualTo(id);
    }

    static Stream<String> reserved() {
        return Stream.of("id wait active prioritized delayed waiting-children completed failed paused pc marker meta"
                        + " events stalled stalled-check limiter repeat de dn metrics delay priority")
                .flatMap(names -> Stream.of(names.split(" ")));
    }

    @DisplayName("N2: own ids refused: the reserved names")
    @ParameterizedTest
    @MethodSource
    void reserved(String id) {
        refused("job id", id, () -> JobId.custom(id));
        assertThat(JobId.of(id).value()).isEqualTo(id);
    }

    @DisplayName("N2: own ids refused: empty, digits only, colons, control characters")
    @ParameterizedTest
    @ValueSource(strings = {"", "0", "7", "007", "12345678901234567890123", "0:1", "a:b", "a\tb", "a\u0000"})
    void ownIdsRefused(String id) {
        refused("job id", id, () -> JobId.custom(id));
    }

    @DisplayName("N2: an own id has at most 128 characters and 200 bytes")
    @Test
    void ownIdLength() {
        for (String longest : List.of("x".repeat(128), "ü".repeat(100), ASTRAL.repeat(50)))
            assertThatCode(() -> JobId.custom(longest)).doesNotThrowAnyException();
        for (String tooLong : List.of("x".repeat(129), "ü".repeat(101), ASTRAL.repeat(51)))
            refused("job id", tooLong, () -> JobId.custom(tooLong));
    }

    @DisplayName("N2: stored ids of any form can be read")
    @ParameterizedTest
    @ValueSource(strings = {"1", "repeat:daily:1700000000000", "wait", "a\nb"})
    void storedIds(String id) {
        assertThat(JobId.of(id).value()).isEqualTo(id);
    }

    @DisplayName("N2: random ids are allowed as own ids and differ")
    @Test
    void randomIds() {
        JobId one = JobId.random();
        assertThat(JobId.custom(one.value())).isEqualTo(one);
        assertThat(JobId.random()).isNotEqualTo(one);
    }

    @DisplayName("N10: the lease token \"0\" means no lease")
    @Test
    void leaseTokens() {
        refused("lease token", "0", () -> new LeaseToken("0"));
        refused("lease token", "", () -> new LeaseToken(""));
        refused("lease token", null, () -> new LeaseToken(none()));
        assertThat(new LeaseToken("00").value()).isEqualTo("00");
        assertThat(LeaseToken.random()).isNotEqualTo(LeaseToken.random());
    }

    @DisplayName("A job's address reads queue:id")
    @Test
    void refs() {
        assertThat(JobRef.of("mail", "7")).hasToString("mail:7").isEqualTo(JobRef.of("mail", "7"));
        assertThat(QueueName.of("a")).isLessThan(QueueName.of("b"));
    }

    /** What a caller without null checks might pass. */
    @SuppressWarnings("NullAway")
    private static String none() {
        return null;
    }
}
