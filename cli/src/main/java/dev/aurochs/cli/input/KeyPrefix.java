package dev.aurochs.cli.input;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The option {@code --prefix}: short for a setting of a Redis or RabbitMQ address. */
public final class KeyPrefix {
    private KeyPrefix() {}

    /** The address with the prefix in it, or as it is when there is none. */
    public static String added(String address, @Nullable String prefix) {
        if (prefix == null) return address;
        String scheme = address.contains(":") ? address.substring(0, address.indexOf(':')) : address;
        if (!scheme.startsWith("redis") && !scheme.startsWith("amqp"))
            throw new UsageException("option --prefix '" + prefix
                    + "': only Redis and RabbitMQ have a prefix, and the backend is " + scheme + ":; leave it out");
        if (address.matches(".*[?&]prefix=.*"))
            throw new UsageException("option --prefix '" + prefix + "': the backend's address has a prefix already");
        String encoded = URLEncoder.encode(prefix, StandardCharsets.UTF_8).replace("+", "%20");
        return address + (address.contains("?") ? "&" : "?") + "prefix=" + encoded;
    }
}
