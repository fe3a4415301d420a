package dev.aurochs.cli;

import dev.aurochs.cli.input.UsageException;
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
                "Where the jobs are, such as rocksdb:PATH. Default: the variable",
                "AUROCHS_BACKEND, else " + DEFAULT + "."
            })
    private @Nullable String address;

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            order = 91,
            description = "Key prefix in Redis; other backends have none.")
    private @Nullable String prefix;

    /** The address that rules here; it may hold a password. */
    String address(Map<String, String> environment) {
        String fallback = environment.getOrDefault(VARIABLE, "");
        String chosen = address != null ? address : fallback.isBlank() ? DEFAULT : fallback;
        return prefix == null ? chosen : withPrefix(chosen, prefix);
    }

    private static String withPrefix(String address, String prefix) {
        String scheme = address.contains(":") ? address.substring(0, address.indexOf(':')) : address;
        if (!scheme.startsWith("redis"))
            throw new UsageException("option --prefix '" + prefix
                    + "': only Redis has a key prefix, and the backend is " + scheme + ":; leave it out");
        if (address.matches(".*[?&]prefix=.*"))
            throw new UsageException("option --prefix '" + prefix + "': the backend's address has a prefix already");
        String encoded = java.net.URLEncoder.encode(prefix, java.nio.charset.StandardCharsets.UTF_8);
        return address + (address.contains("?") ? "&" : "?") + "prefix=" + encoded.replace("+", "%20");
    }
}
