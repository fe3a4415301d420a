package dev.aurochs.redis.layout;

import dev.aurochs.queue.job.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The failed runs of a job in two fields: {@code stacktrace}, a list of texts as all clients write it, and
 * {@code faults}, what this library knows beside the text. Another client adds to the first alone.
 */
public final class FailureFields {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FailureFields() {}

    /** The texts that dashboards show: stack traces, or messages where there is none. */
    public static String stacktrace(List<Failure> failures) {
        ArrayNode texts = JSON.createArrayNode();
        for (Failure failure : failures) texts.add(shown(failure));
        return texts.toString();
    }

    private static String shown(Failure failure) {
        return failure.stack().isEmpty() ? failure.message() : failure.stack();
    }

    public static String faults(List<Failure> failures) {
        ArrayNode faults = JSON.createArrayNode();
        for (Failure failure : failures) {
            ObjectNode fault = faults.addObject();
            if (failure.type() != null) fault.put("type", failure.type());
            fault.put("message", failure.message());
            if (failure.at() != null) fault.put("at", failure.at().toEpochMilli());
            if (failure.stack().isEmpty()) fault.put("stack", false);
            fault.put("length", shown(failure).length());
        }
        return faults.toString();
    }

    static List<Failure> read(@Nullable String stacktrace, @Nullable String faults) {
        if (stacktrace == null) return List.of();
        JsonNode texts = JSON.readTree(stacktrace);
        JsonNode known = faults == null ? JSON.createArrayNode() : JSON.readTree(faults);
        List<Failure> failures = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) failures.add(failure(texts.get(i).asString(), known.path(i)));
        return failures;
    }

    private static Failure failure(String text, JsonNode fault) {
        if (fault.path("length").asInt(-1) != text.length()) return ofAnother(text);
        return new Failure(
                fault.has("type") ? fault.get("type").asString() : null,
                fault.path("message").asString(),
                fault.path("stack").asBoolean(true) ? text : "",
                fault.has("at") ? Instant.ofEpochMilli(fault.get("at").asLong()) : null);
    }

    private static Failure ofAnother(String text) {
        int end = text.indexOf('\n');
        return new Failure(null, end < 0 ? text : text.substring(0, end), text, null);
    }
}
