package dev.aurochs.interop.check;

import dev.aurochs.interop.Texts;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The fields of a job hash, and the scores that repeat them. */
final class EncodingRules {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
    private static final long PRIORITY_UNIT = 1L << 32;
    private static final List<String> REQUIRED = List.of("name", "data", "opts", "timestamp", "delay", "priority");
    private static final List<String> INTEGERS =
            List.of("timestamp", "delay", "priority", "processedOn", "finishedOn", "ats", "atm", "stc");
    private static final List<String> JSON = List.of("data", "opts", "returnvalue", "progress", "stacktrace", "parent");

    private EncodingRules() {}

    static void check(QueueDump dump, Flaws flaws) {
        dump.jobs.forEach((id, fields) -> {
            for (String field : REQUIRED)
                flaws.unless(fields.containsKey(field), Invariant.ENCODING, id, "it has no field '" + field + "'");
            integers(fields, INTEGERS, id, flaws);
            json(fields, JSON, id, flaws);
            shapes(fields, id, flaws);
        });
        for (String state : List.of("completed", "failed")) finished(dump, state, flaws);
        for (QueueDump.Member one : dump.containers.getOrDefault("prioritized", List.of())) priority(dump, one, flaws);
    }

    static void integers(Map<String, String> fields, List<String> names, String id, Flaws flaws) {
        for (String name : names) {
            String value = fields.get(name);
            flaws.unless(
                    value == null || INTEGER.matcher(value).matches(),
                    Invariant.ENCODING,
                    id,
                    "its '" + name + "' is no integer: " + value);
        }
    }

    static void json(Map<String, String> fields, List<String> names, String id, Flaws flaws) {
        for (String name : names) {
            String value = fields.get(name);
            flaws.unless(
                    value == null || parsed(value) != null,
                    Invariant.ENCODING,
                    id,
                    "its '" + name + "' is no JSON: " + value);
        }
    }

    static @Nullable JsonNode parsed(String text) {
        try {
            return Texts.strict(text);
        } catch (JacksonException broken) {
            return null;
        }
    }

    private static void shapes(Map<String, String> fields, String id, Flaws flaws) {
        JsonNode options = parsed(fields.getOrDefault("opts", "{}"));
        flaws.unless(options == null || options.isObject(), Invariant.ENCODING, id, "its 'opts' is no object");
        JsonNode traces = parsed(fields.getOrDefault("stacktrace", "[]"));
        flaws.unless(
                traces == null || traces.isArray() && texts(traces),
                Invariant.ENCODING,
                id,
                "its 'stacktrace' is no array of texts");
        if (fields.containsKey("rjk"))
            flaws.unless(
                    options != null && options.path("repeat").isObject(),
                    Invariant.ENCODING,
                    id,
                    "a scheduler made it, and its opts have no 'repeat'");
        JsonNode parent = parsed(fields.getOrDefault("parent", "null"));
        if (fields.containsKey("parentKey") && parent != null) {
            String key = parent.path("queueKey").asString("") + ":"
                    + parent.path("id").asString("");
            flaws.unless(
                    key.equals(fields.get("parentKey")),
                    Invariant.ENCODING,
                    id,
                    "its 'parent' " + parent + " is not its 'parentKey' " + fields.get("parentKey"));
        }
    }

    private static boolean texts(JsonNode array) {
        for (JsonNode one : array) if (!one.isString()) return false;
        return true;
    }

    private static void finished(QueueDump dump, String state, Flaws flaws) {
        String value = state.equals("completed") ? "returnvalue" : "failedReason";
        for (QueueDump.Member one : dump.containers.getOrDefault(state, List.of())) {
            Map<String, String> fields = dump.jobs.getOrDefault(one.id(), Map.of());
            if (fields.isEmpty()) continue;
            flaws.unless(
                    fields.containsKey(value), Invariant.ENCODING, one.id(), "it is " + state + " without " + value);
            flaws.unless(
                    Long.toString((long) one.score()).equals(fields.get("finishedOn")),
                    Invariant.SCORE,
                    one.id(),
                    "it finished at " + fields.get("finishedOn") + ", its score is " + (long) one.score());
        }
    }

    private static void priority(QueueDump dump, QueueDump.Member one, Flaws flaws) {
        String priority = dump.jobs.getOrDefault(one.id(), Map.of()).get("priority");
        if (priority == null || !INTEGER.matcher(priority).matches()) return;
        flaws.unless(
                (long) (one.score() / PRIORITY_UNIT) == Long.parseLong(priority),
                Invariant.SCORE,
                one.id(),
                "its priority is " + priority + ", its score is " + one.score());
    }
}
