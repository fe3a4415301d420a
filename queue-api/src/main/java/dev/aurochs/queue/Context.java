package dev.aurochs.queue;

import dev.aurochs.queue.internal.Intake;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.spi.QueueBackend;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What one {@link Queues} shares with everything it hands out. */
record Context(QueueBackend backend, InstantSource time, PayloadCodec codec, Intake intake) {
    /** The value as JSON that fits the backend. */
    Json encode(String field, @Nullable Object value) {
        Json json = codec.encode(field, value);
        int most = maxBytes();
        InvalidInputException.unless(
                json.byteLength() <= most,
                field,
                json.byteLength() + " bytes",
                "must not be larger than " + most + " bytes");
        return json;
    }

    int maxBytes() {
        return backend.info().limits().maxPayloadBytes();
    }
}
