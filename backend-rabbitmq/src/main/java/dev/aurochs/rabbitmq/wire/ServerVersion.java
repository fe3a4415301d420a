package dev.aurochs.rabbitmq.wire;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a broker of some version can do, by what it says of itself on connecting. The only place that knows
 * versions.
 */
public record ServerVersion(int major, int minor, String text) {
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+).*");

    /** From the properties that a server sends when a client connects; 0.0 when it does not say. */
    public static ServerVersion of(Map<String, ?> serverProperties) {
        Object version = serverProperties.get("version");
        String text = version == null ? "?" : version.toString();
        Matcher numbers = NUMBERS.matcher(text);
        if (!numbers.matches()) return new ServerVersion(0, 0, text);
        return new ServerVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)), text);
    }

    /** True from 3.10 on: older ones know no dead lettering without loss. */
    public boolean isSupported() {
        return atLeast(3, 10);
    }

    /**
     * From 4.0 on a quorum queue drops what was delivered 20 times, unless told otherwise; older ones take the same
     * word for "drop at the first return".
     */
    public boolean limitsDeliveries() {
        return atLeast(4, 0);
    }

    /**
     * True when a queue may say how long a delivery may stay unacknowledged (from 3.12); else the broker's file
     * does.
     */
    public boolean takesConsumerTimeout() {
        return atLeast(3, 12);
    }

    private boolean atLeast(int major, int minor) {
        return this.major > major || this.major == major && this.minor >= minor;
    }
}
