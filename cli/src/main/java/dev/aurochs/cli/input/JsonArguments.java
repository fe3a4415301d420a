package dev.aurochs.cli.input;

import dev.aurochs.queue.job.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** The JSON argument of {@code add}: a value, {@code @FILE}, {@code -} (standard input), or nothing for {@code {}}. */
public final class JsonArguments {
    private JsonArguments() {}

    /** The one JSON value that was meant, its text unchanged but for blanks around it. */
    public static Json read(@Nullable String argument, InputStream stdin) {
        if (argument == null) return Json.EMPTY_OBJECT;
        if (argument.equals("-")) return value("standard input", standardInput(stdin));
        if (argument.startsWith("@")) return value(argument.substring(1), file(Path.of(argument.substring(1))));
        return value("JSON argument", argument);
    }

    /** The text as JSON when it is exactly one value. */
    public static Optional<Json> oneValue(String text) {
        try {
            return Optional.of(value("text", text));
        } catch (UsageException noJson) {
            return Optional.empty();
        }
    }

    /** The text as a JSON string. */
    public static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }

    /** The whole file as text. */
    public static String file(Path file) {
        try {
            if (Files.isDirectory(file)) throw new UsageException("'" + file + "' is a folder, not a file");
            return decoded(file.toString(), Files.readAllBytes(file));
        } catch (IOException unreadable) {
            boolean exists = Files.exists(file);
            String hint = file.toString().equals("-")
                    ? " ('-' is standard input only as the JSON argument of add;" + " here write /dev/stdin)"
                    : "";
            throw new UsageException("cannot read '" + file + "': "
                    + (exists ? unreadable.getMessage() : "there is no such file") + hint);
        }
    }

    private static String standardInput(InputStream stdin) {
        try {
            return decoded("standard input", stdin.readAllBytes());
        } catch (IOException unreadable) {
            throw new UsageException("cannot read standard input: " + unreadable.getMessage());
        }
    }

    private static String decoded(String label, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw new UsageException(label + ": is not UTF-8 text");
        }
    }

    private static Json value(String label, String text) {
        try (JsonSource source = new JsonSource(label, 1, text)) {
            source.begin();
            Json value = source.raw();
            source.end();
            return value;
        }
    }
}
