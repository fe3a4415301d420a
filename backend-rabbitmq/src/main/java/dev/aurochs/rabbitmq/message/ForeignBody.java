package dev.aurochs.rabbitmq.message;

import dev.aurochs.queue.job.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** The payload in a message of another program: one JSON value in UTF-8, nothing for an empty object. */
final class ForeignBody {
    private static final ObjectReader WHOLE = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private ForeignBody() {}

    static Json payload(byte[] body) throws UnreadableException {
        if (body.length == 0) return Json.EMPTY_OBJECT;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            WHOLE.readTree(text);
            return new Json(text);
        } catch (CharacterCodingException | JacksonException no) {
            throw new UnreadableException("its body is not one JSON value in UTF-8");
        }
    }
}
