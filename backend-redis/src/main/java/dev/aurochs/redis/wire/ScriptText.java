package dev.aurochs.redis.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of a script with the parts that it uses in front, and the name under which the server remembers it.
 *
 * <p>{@code --@use part} puts a part in front. {@code --@late part} makes it a function of that name, which builds the
 * part when it is first called and answers what the part's {@code --@gives} names: whoever does not need it in a call
 * does not pay for its functions. {@code --@inline part} puts the statements of a part in its place, each time anew.
 */
record ScriptText(byte[] source, byte[] digest) {
    private static final String FOLDER = "/dev/aurochs/redis/scripts/";
    private static final String USE = "--@use ";
    private static final String LATE = "--@late ";
    private static final String INLINE = "--@inline ";
    private static final String GIVES = "--@gives ";

    static ScriptText load(String name) {
        Assembly assembly = new Assembly(Set.of());
        assembly.append(name + ".lua");
        byte[] source = assembly.text.toString().getBytes(StandardCharsets.UTF_8);
        return new ScriptText(source, digest(source));
    }

    /** A script in the making; each part comes once. */
    private static final class Assembly {
        private final Set<String> parts;
        private final StringBuilder text = new StringBuilder();

        Assembly(Set<String> known) {
            parts = new HashSet<>(known);
        }

        void append(String file) {
            if (parts.add(file)) text.append(ownText(file));
        }

        /** What a file says itself; what it uses has been appended then. */
        private String ownText(String file) {
            StringBuilder own = new StringBuilder();
            for (String line : read(file).split("\n")) {
                String code = line.strip();
                if (code.startsWith(USE)) append(part(code.substring(USE.length())));
                else if (code.startsWith(LATE)) appendLate(code.substring(LATE.length()));
                else if (code.startsWith(INLINE)) own.append(ownText(part(code.substring(INLINE.length()))));
                else if (!code.isEmpty() && !code.startsWith("--"))
                    own.append(code).append('\n');
            }
            return own.toString();
        }

        /** What a late part uses and nobody has used before it has within itself. */
        private void appendLate(String name) {
            if (!parts.add("late " + name)) return;
            Assembly own = new Assembly(parts);
            own.append(part(name));
            String given = gives(name).map(each -> each + "=" + each).collect(Collectors.joining(","));
            text.append("local late_%1$s\nlocal function %1$s()\nif not late_%1$s then\n".formatted(name))
                    .append(own.text)
                    .append("late_%1$s={%2$s}\nend\nreturn late_%1$s\nend\n".formatted(name, given));
        }

        private static Stream<String> gives(String name) {
            return read(part(name))
                    .lines()
                    .filter(line -> line.startsWith(GIVES))
                    .flatMap(line -> Stream.of(line.substring(GIVES.length()).split(", ")));
        }

        private static String part(String name) {
            return "lib/" + name + ".lua";
        }
    }

    private static String read(String file) {
        try (InputStream stream = ScriptText.class.getResourceAsStream(FOLDER + file)) {
            if (stream == null) throw new IllegalStateException("this jar lacks the script " + file);
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static byte[] digest(byte[] source) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(source);
            return HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JVM has SHA-1", missing);
        }
    }
}
