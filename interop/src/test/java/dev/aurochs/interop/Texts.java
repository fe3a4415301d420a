package dev.aurochs.interop;

import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON for tests, which may be written as <code>{a:'b'}</code>. */
public final class Texts {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private Texts() {}

    public static JsonNode json(String text) {
        return MAPPER.readTree(text);
    }

    /** Reads what is JSON to the letter, and throws otherwise. */
    public static JsonNode strict(String text) {
        JsonNode read = STRICT.readTree(text);
        if (read.isMissingNode()) throw new tools.jackson.core.exc.StreamReadException(null, "empty");
        return read;
    }

    /** An object of names and values in turn; values are texts, numbers, booleans or JSON. */
    public static ObjectNode object(Object... fields) {
        ObjectNode object = MAPPER.createObjectNode();
        for (int i = 0; i < fields.length; i += 2) object.set((String) fields[i], MAPPER.valueToTree(fields[i + 1]));
        return object;
    }
}
