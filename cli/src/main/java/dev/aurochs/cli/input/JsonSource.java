package dev.aurochs.cli.input;

import dev.aurochs.queue.job.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON text token by token, so that every refusal can name line, column and path, and values can be taken
 * over as they were written. Not thread-safe.
 */
final class JsonSource implements AutoCloseable {
    /** A flow nests twice a generation, and may have 500 generations; the rest is for data. */
    private static final int DEEPEST = 1_100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private final String label;
    private final int firstLine;
    private final String text;
    private final JsonParser parser;

    /**
     * @param label what is read, in the reader's words: {@code jobs.ndjson}, {@code JSON argument}
     * @param firstLine the number of the text's first line within what is read, from 1
     */
    JsonSource(String label, int firstLine, String text) {
        this.label = label;
        this.firstLine = firstLine;
        this.text = text;
        this.parser = JSON.createParser(ObjectReadContext.empty(), text);
    }

    /** Moves to the one value of the text. */
    void begin() {
        if (next() == null) throw refused("is empty; exactly one JSON value is expected");
    }

    /** Refuses anything behind the value. */
    void end() {
        if (next() != null) throw refused("goes on after the value; exactly one JSON value is expected");
    }

    /** Calls {@code field} with each key of the object at hand, standing on that key's value. */
    void object(String path, List<String> known, Consumer<String> field) {
        if (token() != JsonToken.START_OBJECT) throw refused(named(path) + "must be an object, not " + found());
        Set<String> seen = new HashSet<>();
        while (next() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            String where = path.isEmpty() ? key : path + "." + key;
            if (!known.contains(key))
                throw refused("unknown key '" + where + "'; known here: " + String.join(", ", known));
            if (!seen.add(key)) throw refused("key '" + where + "' is given twice");
            next();
            field.accept(key);
        }
    }

    /** Calls {@code element} standing on each element of the array at hand. */
    void array(String path, Runnable element) {
        if (token() != JsonToken.START_ARRAY) throw refused(named(path) + "must be an array, not " + found());
        while (next() != JsonToken.END_ARRAY) element.run();
    }

    /** The value at hand as it was written. */
    Json raw() {
        try {
            int from = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
            if (token() == JsonToken.VALUE_STRING) parser.getString();
            parser.skipChildren();
            int to = Math.toIntExact(parser.currentLocation().getCharOffset());
            return new Json(text.substring(from, to));
        } catch (JacksonException broken) {
            throw broken(broken);
        }
    }

    String string(String path) {
        if (token() != JsonToken.VALUE_STRING) throw refused(named(path) + "must be a text, not " + found());
        try {
            return parser.getString();
        } catch (JacksonException broken) {
            throw broken(broken);
        }
    }

    boolean bool(String path) {
        if (!isBoolean()) throw refused(named(path) + "must be true or false, not " + found());
        return token() == JsonToken.VALUE_TRUE;
    }

    long whole(String path, long least, long most) {
        try {
            boolean fits = token() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                    && parser.getLongValue() >= least
                    && parser.getLongValue() <= most;
            if (!fits)
                throw refused(
                        named(path) + "must be a whole number from " + least + " to " + most + ", not " + found());
            return parser.getLongValue();
        } catch (JacksonException broken) {
            throw broken(broken);
        }
    }

    double number(String path) {
        if (!isNumber()) throw refused(named(path) + "must be a number, not " + found());
        return parser.getDoubleValue();
    }

    boolean isNumber() {
        return token() == JsonToken.VALUE_NUMBER_INT || token() == JsonToken.VALUE_NUMBER_FLOAT;
    }

    boolean isBoolean() {
        return token() == JsonToken.VALUE_TRUE || token() == JsonToken.VALUE_FALSE;
    }

    /** A refusal that names the place at hand. */
    UsageException refused(String problem) {
        return new UsageException(place(parser.currentTokenLocation()) + ": " + problem);
    }

    @Override
    public void close() {
        parser.close();
    }

    private JsonToken token() {
        return parser.currentToken();
    }

    private @org.jspecify.annotations.Nullable JsonToken next() {
        try {
            return parser.nextToken();
        } catch (JacksonException broken) {
            throw broken(broken);
        }
    }

    private UsageException broken(JacksonException broken) {
        TokenStreamLocation at = broken.getLocation() == null ? parser.currentLocation() : broken.getLocation();
        return new UsageException(place(at) + ": is no JSON: " + broken.getOriginalMessage());
    }

    private String place(TokenStreamLocation at) {
        return label + ", line " + (firstLine + at.getLineNr() - 1) + ", column " + Math.max(1, at.getColumnNr());
    }

    private String found() {
        return switch (token()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_NULL -> "null";
            default -> raw().text();
        };
    }

    private static String named(String path) {
        return path.isEmpty() ? "" : "'" + path + "' ";
    }
}
