package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.InvalidInputException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a backend is: {@code scheme:rest?setting=value&…}, percent-decoded. {@code java.net.URI} is not used: it
 * refuses
 * {@code memory:}, host lists and Windows paths.
 */
public final class BackendAddress {
    private static final String RULE =
            "an address reads scheme:rest?setting=value&…, such as rocksdb:./data?durability=always";
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");
    /** From the first colon behind the slashes to the last '@': too much is hidden rather than too little. */
    private static final Pattern PASSWORD = Pattern.compile("(//[^:]*):.*@");

    private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(pass|pwd|secret|token|credential).*");
    private static final String HIDDEN = "***";

    private final String scheme;
    private final String rest;
    private final Map<String, String> settings;

    private BackendAddress(String scheme, String rest, Map<String, String> settings) {
        this.scheme = scheme;
        this.rest = rest;
        this.settings = settings;
    }

    /** Throws {@link InvalidInputException} when the text is no address. */
    public static BackendAddress parse(String address) {
        InvalidInputException.present(address, "address");
        int colon = address.indexOf(':');
        boolean hasScheme =
                colon > 0 && SCHEME.matcher(address.substring(0, colon)).matches();
        if (!hasScheme) throw new InvalidInputException("address", masked(address), RULE);
        String tail = address.substring(colon + 1);
        int question = tail.indexOf('?');
        String rest = question < 0 ? tail : tail.substring(0, question);
        Map<String, String> settings = question < 0 ? Map.of() : parseSettings(tail.substring(question + 1));
        return new BackendAddress(address.substring(0, colon), rest, settings);
    }

    private static Map<String, String> parseSettings(String text) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            InvalidInputException.unless(
                    equals > 0, "address setting", printable(pair, text, settings), "a setting reads name=value");
            String name = decoded(pair.substring(0, equals), pair.substring(0, equals));
            String value = pair.substring(equals + 1);
            String before = settings.put(name, decoded(value, isSecret(name) ? HIDDEN : value));
            InvalidInputException.unless(before == null, "address setting", name, "is given twice");
        }
        return Collections.unmodifiableMap(settings);
    }

    private static String decoded(String text, String shown) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            throw new InvalidInputException("address", shown, "'%' must be followed by two hexadecimal digits");
        }
    }

    /** A setting that cannot be read may be the rest of a password that was not escaped. */
    private static String printable(String pair, String all, Map<String, String> before) {
        boolean mayBeSecret = all.indexOf('@') >= 0
                || isSecret(pair)
                || before.keySet().stream().anyMatch(BackendAddress::isSecret);
        return mayBeSecret ? HIDDEN : pair;
    }

    public String scheme() {
        return scheme;
    }

    /** What stands between the scheme's colon and the settings, percent-decoded. */
    public String rest() {
        return decoded(rest, masked(rest));
    }

    /** The same, as it was written, for providers that split it before decoding its parts. */
    public String rawRest() {
        return rest;
    }

    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    public Map<String, String> settings() {
        return settings;
    }

    /** The address without password; safe to print. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(scheme).append(':').append(masked(rest));
        char separator = '?';
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String value = isSecret(setting.getKey()) ? HIDDEN : setting.getValue();
            text.append(separator).append(setting.getKey()).append('=').append(value);
            separator = '&';
        }
        return text.toString();
    }

    private static String masked(String text) {
        return PASSWORD.matcher(text).replaceFirst("$1:" + HIDDEN + "@");
    }

    private static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).matches();
    }
}
