package dev.aurochs.rabbitmq.wire;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a broker is and who comes in.
 *
 * @param hosts tried in their order until one answers
 * @param user null for {@code guest}
 */
public record BrokerAddress(
        List<Host> hosts, @Nullable String user, @Nullable String password, String virtualHost, boolean encrypted) {
    public BrokerAddress {
        hosts = List.copyOf(hosts);
    }

    /** One node. */
    public record Host(String name, int port) {
        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    /** Without user and password. */
    @Override
    public String toString() {
        String list = hosts.stream().map(Host::toString).collect(Collectors.joining(","));
        String scheme = encrypted ? "amqps" : "amqp";
        return scheme + "://" + list + (virtualHost.equals("/") ? "" : "/" + virtualHost);
    }
}
