package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.rabbitmq.wire.BrokerAddress;
import dev.aurochs.rabbitmq.wire.QueueType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A broker, what kind of queues to use there, and what they are called, from
 * {@code amqp://[user:password@]host:port,host2/vhost?queueType=classic|quorum&prefix=aurochs}.
 */
record RabbitAddress(BrokerAddress broker, QueueType queueType, String prefix) {
    static final String PLAIN = "amqp";
    static final String ENCRYPTED = "amqps";
    static final String QUEUE_TYPE = "queueType";
    static final String PREFIX = "prefix";
    static final String DEFAULT_PREFIX = "aurochs";

    private static final String RULE =
            "an address reads amqp://host:port,host2/vhost?queueType=classic, with user:password@ before the hosts if need be";
    private static final Pattern REST =
            Pattern.compile("//(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^/@]+)(?:/(?<vhost>[^/]*))?");
    private static final Pattern HOST = Pattern.compile("(?<name>\\[[^\\]]+]|[^:\\[\\]]+)(?::(?<port>\\d{1,5}))?");
    private static final Pattern PREFIX_RULE = Pattern.compile("[A-Za-z0-9_-]{1,40}");
    private static final int PLAIN_PORT = 5_672;
    private static final int ENCRYPTED_PORT = 5_671;
    private static final int HIGHEST_PORT = 65_535;

    static RabbitAddress of(BackendAddress address) {
        Matcher rest = REST.matcher(address.rawRest());
        InvalidInputException.unless(rest.matches(), "address", address, RULE);
        boolean encrypted = address.scheme().equals(ENCRYPTED);
        String vhost = textOrNull(rest.group("vhost"));
        BrokerAddress broker = new BrokerAddress(
                hosts(rest.group("hosts"), encrypted, address),
                textOrNull(rest.group("user")),
                textOrNull(rest.group("password")),
                vhost == null ? "/" : vhost,
                encrypted);
        return new RabbitAddress(broker, queueType(address), prefix(address));
    }

    private static List<BrokerAddress.Host> hosts(String list, boolean encrypted, BackendAddress address) {
        List<BrokerAddress.Host> hosts = new ArrayList<>();
        for (String text : list.split(",", -1)) {
            Matcher host = HOST.matcher(text);
            InvalidInputException.unless(host.matches(), "address", address, RULE);
            String port = host.group("port");
            int number = port == null ? encrypted ? ENCRYPTED_PORT : PLAIN_PORT : Integer.parseInt(port);
            InvalidInputException.unless(number >= 1 && number <= HIGHEST_PORT, "port", number, "must be 1 to 65535");
            String name = decoded(host.group("name"));
            hosts.add(
                    new BrokerAddress.Host(name.startsWith("[") ? name.substring(1, name.length() - 1) : name, number));
        }
        return hosts;
    }

    private static QueueType queueType(BackendAddress address) {
        String type = address.setting(QUEUE_TYPE).orElse(QueueType.CLASSIC.label());
        for (QueueType known : QueueType.values()) if (known.label().equals(type)) return known;
        throw new InvalidInputException(QUEUE_TYPE, type, "must be classic or quorum");
    }

    private static String prefix(BackendAddress address) {
        String prefix = address.setting(PREFIX).orElse(DEFAULT_PREFIX);
        InvalidInputException.unless(
                PREFIX_RULE.matcher(prefix).matches() && !prefix.startsWith("amq"),
                PREFIX,
                prefix,
                "has 1 to 40 letters, digits, '_' or '-', and does not begin with amq, which is the broker's");
        return prefix;
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
        StringBuilder text = new StringBuilder(broker.toString()).append('?').append(QUEUE_TYPE);
        text.append('=').append(queueType.label());
        if (!prefix.equals(DEFAULT_PREFIX))
            text.append('&').append(PREFIX).append('=').append(prefix);
        return text.toString();
    }
}
