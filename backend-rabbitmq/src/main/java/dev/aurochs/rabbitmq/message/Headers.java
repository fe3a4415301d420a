package dev.aurochs.rabbitmq.message;

import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message's headers, read leniently: other clients send numbers in other widths, and texts as they like. */
record Headers(Map<String, Object> values) {
    @Nullable
    String text(String name) {
        Object value = values.get(name);
        return value == null ? null : value.toString();
    }

    long number(String name, long absent) {
        Object value = values.get(name);
        if (value instanceof Number number) return number.longValue();
        return value == null ? absent : Long.parseLong(value.toString());
    }

    @Nullable
    Instant momentOrNull(String name) {
        return values.containsKey(name) ? Instant.ofEpochMilli(number(name, 0)) : null;
    }

    Instant moment(String name, @Nullable Date otherwise, Instant absent) {
        Instant moment = momentOrNull(name);
        if (moment != null) return moment;
        return otherwise == null ? absent : otherwise.toInstant();
    }
}
