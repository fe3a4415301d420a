package dev.aurochs.cli.output;

import dev.aurochs.cli.input.JsonArguments;
import dev.aurochs.queue.job.Json;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A JSON object on its way out: keys in the order they were put, stored JSON unchanged, moments in ISO-8601. */
public final class Document {
    private final StringJoiner fields = new StringJoiner(",", "{", "}");

    public Document put(String key, @Nullable String value) {
        return raw(key, value == null ? "null" : JsonArguments.quoted(value));
    }

    public Document put(String key, @Nullable Number value) {
        return raw(key, String.valueOf(value));
    }

    public Document put(String key, boolean value) {
        return raw(key, String.valueOf(value));
    }

    public Document put(String key, @Nullable Instant value) {
        return put(key, value == null ? null : value.toString());
    }

    /** Puts stored JSON as it is. */
    public Document put(String key, @Nullable Json value) {
        return raw(key, value == null ? "null" : value.text());
    }

    public Document put(String key, @Nullable Document value) {
        return raw(key, String.valueOf(value));
    }

    public Document put(String key, List<Document> values) {
        return raw(key, array(values));
    }

    /** Puts texts as an array. */
    public Document putTexts(String key, List<String> values) {
        StringJoiner texts = new StringJoiner(",", "[", "]");
        values.forEach(value -> texts.add(JsonArguments.quoted(value)));
        return raw(key, texts.toString());
    }

    private Document raw(String key, String json) {
        fields.add(JsonArguments.quoted(key) + ":" + json);
        return this;
    }

    /** The documents as one JSON array. */
    public static String array(List<Document> documents) {
        StringJoiner array = new StringJoiner(",", "[", "]");
        documents.forEach(document -> array.add(document.toString()));
        return array.toString();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
