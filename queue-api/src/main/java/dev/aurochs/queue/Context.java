package dev.aurochs.queue;

import dev.aurochs.queue.internal.Intake;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.spi.QueueBackend;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * What one {@link Queues} shares with everything it hands out.
 *
 * @param callbacks completes the stages that callers get, so that none of their code runs on a backend's thread
 */
record Context(QueueBackend backend, InstantSource time, PayloadCodec codec, Intake intake, ExecutorService callbacks) {
    /** The value as JSON that fits the backend. */
    Json encode(String field, @Nullable Object value) {
        Json json = codec.encode(field, value);
        int most = maxBytes();
        InvalidInputException.unless(
                json.byteLength() <= most,
                field,
                json.byteLength() + " bytes",
                "must not be larger than " + most + " bytes");
        InvalidInputException.unless(
                isWhole(json.text()),
                field,
                json,
                "must not contain half a character; write a lone surrogate as a \\u escape");
        return json;
    }

    int maxBytes() {
        return backend.info().limits().maxPayloadBytes();
    }

    /** False when a surrogate stands alone: no store could give that back unchanged. */
    private static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) continue;
            if (Character.charCount(text.codePointAt(i)) == 1) return false;
            i++;
        }
        return true;
    }
}
