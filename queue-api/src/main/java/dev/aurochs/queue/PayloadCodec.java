package dev.aurochs.queue;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.Json;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Turns payloads and results into JSON and back. Implementations are thread-safe and never create classes that the
 * JSON names.
 */
public interface PayloadCodec {
    /** The value as JSON; a {@link Json} is checked and passed on unchanged. Throws {@link InvalidInputException}. */
    Json encode(String field, @Nullable Object value);

    /** The JSON as a {@code type}; unknown fields are ignored. Throws {@link InvalidInputException}. */
    <T> @Nullable T decode(String field, Json json, Type type);
}
