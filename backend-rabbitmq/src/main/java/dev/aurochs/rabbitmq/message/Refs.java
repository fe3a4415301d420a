package dev.aurochs.rabbitmq.message;

import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.job.QueueName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** Where jobs are found, as JSON objects with {@code queue} and {@code id}. */
final class Refs {
    static final ObjectMapper JSON = new ObjectMapper();

    private Refs() {}

    static ObjectNode write(JobRef job) {
        return JSON.createObjectNode()
                .put("queue", job.queue().value())
                .put("id", job.id().value());
    }

    static JobRef read(JsonNode json) {
        return new JobRef(
                QueueName.of(json.path("queue").asString()),
                JobId.of(json.path("id").asString()));
    }

    static ObjectNode write(ParentLink link) {
        return write(link.parent()).put("onFailure", link.onFailure().name());
    }

    static ParentLink readLink(JsonNode json) {
        return new ParentLink(
                read(json), ChildFailurePolicy.valueOf(json.path("onFailure").asString("WAIT")));
    }

    static @Nullable ParentLink readLink(@Nullable String text) {
        return text == null ? null : readLink(JSON.readTree(text));
    }
}
