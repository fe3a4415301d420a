package dev.aurochs.queue.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aurochs.queue.job.InvalidInputException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses (rule N9). */
class BackendAddressTest {
    @DisplayName("N9: every form of the contract is taken apart")
    @ParameterizedTest
    @CsvSource({
        "memory:, memory, ''",
        "memory:NAME, memory, NAME",
        "rocksdb:./data, rocksdb, ./data",
        "rocksdb:/var/lib/a b, rocksdb, /var/lib/a b",
        "rocksdb:C:\\data\\q, rocksdb, C:\\data\\q",
        "redis://host:6379/3, redis, //host:6379/3",
        "rediss://u@host/0, rediss, //u@host/0",
        "'redis-sentinel://h1:26379,h2/0?master=m', redis-sentinel, '//h1:26379,h2/0'",
        "'redis-cluster://h1:7000,h2:7001', redis-cluster, '//h1:7000,h2:7001'",
        "'amqp://h1,h2/vhost?queueType=quorum', amqp, '//h1,h2/vhost'",
        "amqps://[::1]:5671/, amqps, '//[::1]:5671/'",
    })
    void forms(String text, String scheme, String rest) {
        BackendAddress address = BackendAddress.parse(text);
        assertThat(address.scheme()).isEqualTo(scheme);
        assertThat(address.rest()).isEqualTo(rest);
        assertThat(address).hasToString(text);
    }

    @DisplayName("N9: settings follow the first '?', in their order")
    @Test
    void settings() {
        BackendAddress address = BackendAddress.parse("rocksdb:x?durability=always&a=b=c&empty=&q=?");
        assertThat(address.settings())
                .containsExactly(
                        Map.entry("durability", "always"),
                        Map.entry("a", "b=c"),
                        Map.entry("empty", ""),
                        Map.entry("q", "?"));
        assertThat(address.setting("durability")).contains("always");
        assertThat(address.setting("prefix")).isEmpty();
    }

    @DisplayName("N9: percent escapes are decoded, '+' stays a plus")
    @Test
    void escapes() {
        BackendAddress address = BackendAddress.parse("rocksdb:/a%20b+%C3%BC%3F?na%6De=1%262+3");
        assertThat(address.rest()).isEqualTo("/a b+ü?");
        assertThat(address.rawRest()).isEqualTo("/a%20b+%C3%BC%3F");
        assertThat(address.settings()).containsExactly(Map.entry("name", "1&2+3"));
    }

    @DisplayName("N9: what is no address is refused with an example")
    @ParameterizedTest
    @ValueSource(strings = {"", ":", "memory", "./data", "C:\\data", "Rocksdb:x", "1:x", "ro cks:x"})
    void noAddress(String text) {
        assertThatThrownBy(() -> BackendAddress.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("address '")
                .hasMessageContaining("rocksdb:./data?durability=always");
    }

    @DisplayName("N9: settings without a name or value, given twice, or badly escaped are refused")
    @ParameterizedTest
    @ValueSource(strings = {"memory:?", "memory:?a", "memory:?=b", "memory:?a=1&", "memory:?a=1&a=2", "memory:?a=%zz"})
    void badSettings(String text) {
        assertThatThrownBy(() -> BackendAddress.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("address");
    }

    @DisplayName("N9: a bad escape in the rest is refused when it is read")
    @Test
    void badRest() {
        assertThatThrownBy(() -> BackendAddress.parse("rocksdb:100%").rest())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("hexadecimal");
    }

    @DisplayName("N9: a password is never printed")
    @ParameterizedTest
    @CsvSource({
        "redis://user:s3cret@host:6379/0, redis://user:***@host:6379/0",
        "redis://:s3cret@host, redis://:***@host",
        "redis://user:s3cret@s3cret@host/0, redis://user:***@host/0",
        "redis://user:s3:cret:s3cret@host, redis://user:***@host",
        "redis://user:s3cret/x@host/0, redis://user:***@host/0",
        "redis://me@corp:s3cret@host/0, redis://me@corp:***@host/0",
        "'redis-sentinel://u:s3cret@h1:26379,h2/0?master=m', 'redis-sentinel://u:***@h1:26379,h2/0?master=m'",
        "redis://h/0?password=s3cret&prefix=bull, redis://h/0?password=***&prefix=bull",
        "redis://h/0?sentinelPassword=s3cret, redis://h/0?sentinelPassword=***",
        "redis://h/0?passphrase=s3cret, redis://h/0?passphrase=***",
        "redis://h/0?clientSecret=s3cret, redis://h/0?clientSecret=***",
    })
    void masked(String text, String shown) {
        assertThat(BackendAddress.parse(text)).hasToString(shown);
    }

    @DisplayName("N9: a refusal does not print the password either")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "REDIS://user:s3cret@host/0",
                "//user:s3cret@host/0",
                "re dis://user:s3cret@host",
                "redis://user:s3cret%zz@host/0",
                "redis://user:x?s3cret@host/0",
                "redis://h/0?password=s3cret%zz",
                "redis://h/0?password=s3cret&password=s3cret",
                "redis://h/0?a=1&s3cret",
                "s3cret",
            })
    void refusalsAreMasked(String text) {
        InvalidInputException refusal = catchThrowableOfType(
                InvalidInputException.class, () -> BackendAddress.parse(text).rest());
        boolean isPassword = !text.equals("s3cret") && !text.endsWith("&s3cret");
        assertThat(refusal).isNotNull();
        if (isPassword) {
            assertThat(refusal.getMessage()).doesNotContain("s3cret");
            assertThat(refusal.value()).doesNotContain("s3cret");
        }
    }
}
