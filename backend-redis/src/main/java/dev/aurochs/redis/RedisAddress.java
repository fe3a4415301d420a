package dev.aurochs.redis;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.redis.wire.ServerAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server and the prefix of its keys, from {@code redis://[user:password@]host:port/database?prefix=bull}.
 *
 * @param prefix what the keys of all queues begin with
 */
record RedisAddress(ServerAddress server, String prefix) {
    static final String PLAIN = "redis";
    static final String ENCRYPTED = "rediss";
    static final String PREFIX = "prefix";
    static final String DEFAULT_PREFIX = "bull";

    private static final String RULE =
            "an address reads redis://host:port/database?prefix=bull, with user:password@ before the host if need be";
    private static final Pattern REST = Pattern.compile(
            "//(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<host>\\[[^\\]]+]|[^:/@\\[\\]]+)(?::(?<port>\\d{1,5}))?(?:/(?<db>\\d{0,5}))?");
    private static final int DEFAULT_PORT = 6_379;
    private static final int HIGHEST_PORT = 65_535;

    static RedisAddress of(BackendAddress address) {
        Matcher rest = REST.matcher(address.rawRest());
        InvalidInputException.unless(rest.matches(), "address", address, RULE);
        int port = number(rest.group("port"), DEFAULT_PORT);
        InvalidInputException.unless(port >= 1 && port <= HIGHEST_PORT, "port", port, "must be 1 to 65535");
        String host = decoded(rest.group("host"));
        boolean bracketed = host.startsWith("[");
        ServerAddress server = new ServerAddress(
                bracketed ? host.substring(1, host.length() - 1) : host,
                port,
                textOrNull(rest.group("user")),
                textOrNull(rest.group("password")),
                number(rest.group("db"), 0),
                address.scheme().equals(ENCRYPTED));
        return new RedisAddress(server, prefix(address));
    }

    private static String prefix(BackendAddress address) {
        String prefix = address.setting(PREFIX).orElse(DEFAULT_PREFIX);
        boolean valid = !prefix.isEmpty()
                && prefix.chars().noneMatch(Character::isISOControl)
                && prefix.chars().noneMatch(Character::isWhitespace);
        InvalidInputException.unless(valid, PREFIX, prefix, "has at least one character, and no blanks");
        return prefix;
    }

    private static int number(@Nullable String digits, int absent) {
        return digits == null || digits.isEmpty() ? absent : Integer.parseInt(digits);
    }

    private static @Nullable String textOrNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : decoded(text);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return server + (prefix.equals(DEFAULT_PREFIX) ? "" : "?" + PREFIX + "=" + prefix);
    }
}
