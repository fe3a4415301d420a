package dev.aurochs.redis.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of one script call, in the order in which the script takes them. Not thread-safe. */
public final class Args {
    private static final byte[] ABSENT = {};

    private final List<byte[]> values = new ArrayList<>();

    public Args add(String text) {
        values.add(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public Args add(long number) {
        return add(Long.toString(number));
    }

    public Args add(boolean flag) {
        return add(flag ? "1" : "0");
    }

    /** What is null is told as an empty text. */
    public Args addOptional(@Nullable Object value) {
        if (value == null) values.add(ABSENT);
        else add(value.toString());
        return this;
    }

    /** How many texts follow, then each name with its value. */
    public Args addAll(Map<String, String> fields) {
        add(2L * fields.size());
        fields.forEach((name, value) -> add(name).add(value));
        return this;
    }

    /** All that another call was to be told, in its order. */
    public Args addAll(Args others) {
        values.addAll(others.values);
        return this;
    }

    List<byte[]> values() {
        return values;
    }
}
