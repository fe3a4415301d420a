package dev.aurochs.redis.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a script answered, or a part of it: a text, a number or a list. Immutable. */
public final class Reply {
    private final @Nullable Object raw;

    Reply(@Nullable Object raw) {
        this.raw = raw;
    }

    public boolean isAbsent() {
        return raw == null;
    }

    public boolean isList() {
        return raw instanceof List;
    }

    /** The text; a list has none, and is read as the empty one. */
    public String text() {
        if (raw instanceof byte[] bytes) return new String(bytes, StandardCharsets.UTF_8);
        return raw instanceof Long number ? number.toString() : "";
    }

    public long number() {
        return raw instanceof Long number ? number : Long.parseLong(text());
    }

    /** The parts of a list; none of what is no list. */
    public List<Reply> list() {
        if (!(raw instanceof List<?> parts)) return List.of();
        List<Reply> replies = new ArrayList<>(parts.size());
        for (Object part : parts) replies.add(new Reply(part));
        return replies;
    }

    /** What became of something, in an answer of a verdict and what it is about. */
    public String verdict() {
        return at(0).text();
    }

    /** What a verdict is about; empty when it is about nothing. */
    public String subject() {
        return at(1).text();
    }

    /** The part at a place of a list. */
    public Reply at(int index) {
        return new Reply(raw instanceof List<?> parts && index < parts.size() ? parts.get(index) : null);
    }

    /** The part that follows a name in a list of names and values. */
    public Reply get(String name) {
        if (raw instanceof List<?> parts)
            for (int i = 0; i + 1 < parts.size(); i += 2)
                if (new Reply(parts.get(i)).text().equals(name)) return at(i + 1);
        return new Reply(null);
    }

    /** A list of names and values, in its order. */
    public Map<String, Reply> named() {
        Map<String, Reply> named = new LinkedHashMap<>();
        if (raw instanceof List<?> parts)
            for (int i = 0; i + 1 < parts.size(); i += 2) named.put(at(i).text(), at(i + 1));
        return named;
    }

    /** The same, where values are texts; of a name that comes twice the last value counts. */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        if (raw instanceof List<?> parts)
            for (int i = 0; i + 1 < parts.size(); i += 2)
                fields.put(at(i).text(), at(i + 1).text());
        return fields;
    }
}
