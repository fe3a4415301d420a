package dev.aurochs.cli;

import dev.aurochs.cli.input.KeyPrefix;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the jobs are: {@code --backend}, else {@code AUROCHS_BACKEND}, else a RocksDB folder beside the caller. */
final class BackendOption {
    static final String VARIABLE = "AUROCHS_BACKEND";
    static final String DEFAULT = "rocksdb:./aurochs-data";

    @Option(
            names = "--backend",
            paramLabel = "URI",
            order = 90,
            description = {
                "Where the jobs are: rocksdb:PATH, redis://HOST:PORT/DATABASE, amqp://HOST:PORT/VHOST;",
                "rediss:// and amqps:// are over TLS.",
                "Default: the variable AUROCHS_BACKEND, else " + DEFAULT + "."
            })
    private @Nullable String address;

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            order = 91,
            description = {
                "What the keys in Redis begin with, instead of 'bull', or queues in RabbitMQ, not 'aurochs';",
                "other backends have none."
            })
    private @Nullable String prefix;

    /** The address that rules here; it may hold a password. */
    String address(Map<String, String> environment) {
        String fallback = environment.getOrDefault(VARIABLE, "");
        String chosen = address != null ? address : fallback.isBlank() ? DEFAULT : fallback;
        return KeyPrefix.added(chosen, prefix);
    }
}
