package dev.aurochs.queue;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.Json;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The one class that knows Jackson. 64-bit integers and decimals stay exact, moments are ISO-8601 in UTC. */
final class JacksonCodec implements PayloadCodec {
    /** Buffers of each thread's own: a pool for all threads is what those who add small jobs would mostly wait for. */
    private static final JsonFactory BUFFERS = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .build();

    private final JsonMapper mapper = JsonMapper.builder(BUFFERS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    @Override
    public Json encode(String field, @Nullable Object value) {
        if (value == null) return Json.NULL;
        if (value instanceof Json json) {
            check(field, json);
            return json;
        }
        try {
            return new Json(mapper.writeValueAsString(value));
        } catch (JacksonException | StackOverflowError unwritable) {
            throw new InvalidInputException(
                    field,
                    value.getClass().getName(),
                    "cannot be written as JSON: " + firstLine(unwritable),
                    unwritable);
        }
    }

    @Override
    public <T> @Nullable T decode(String field, Json json, Type type) {
        try {
            return mapper.readValue(json.text(), mapper.constructType(type));
        } catch (JacksonException | StackOverflowError unreadable) {
            throw new InvalidInputException(
                    field,
                    json.text(),
                    "cannot be read as " + type.getTypeName() + ": " + firstLine(unreadable),
                    unreadable);
        }
    }

    private void check(String field, Json json) {
        try (JsonParser parser = mapper.createParser(json.text())) {
            boolean any = parser.nextToken() != null;
            if (any) parser.skipChildren();
            InvalidInputException.unless(
                    any && parser.nextToken() == null, field, json.text(), "must be exactly one JSON value");
        } catch (JacksonException invalid) {
            throw new InvalidInputException(field, json.text(), "is not valid JSON: " + firstLine(invalid), invalid);
        }
    }

    private static String firstLine(Throwable problem) {
        String text = problem instanceof JacksonException json ? json.getOriginalMessage() : problem.toString();
        return String.valueOf(text).lines().findFirst().orElse("");
    }
}
