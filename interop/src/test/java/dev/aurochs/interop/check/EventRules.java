package dev.aurochs.interop.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The entries of the event stream. Events of other names are users' own and may have any fields. */
final class EventRules {
    private static final Map<String, List<String>> FIELDS = Map.ofEntries(
            Map.entry("added", List.of("jobId", "name")),
            Map.entry("waiting", List.of("jobId")),
            Map.entry("delayed", List.of("jobId", "delay")),
            Map.entry("waiting-children", List.of("jobId")),
            Map.entry("active", List.of("jobId", "prev")),
            Map.entry("progress", List.of("jobId", "data")),
            Map.entry("completed", List.of("jobId", "returnvalue", "prev")),
            Map.entry("failed", List.of("jobId", "failedReason", "prev")),
            Map.entry("retries-exhausted", List.of("jobId", "attemptsMade")),
            Map.entry("stalled", List.of("jobId")),
            Map.entry("drained", List.of()),
            Map.entry("paused", List.of()),
            Map.entry("resumed", List.of()),
            Map.entry("removed", List.of("jobId", "prev")),
            Map.entry("cleaned", List.of("count")),
            Map.entry("duplicated", List.of("jobId")),
            Map.entry("deduplicated", List.of("jobId", "deduplicationId", "deduplicatedJobId")));
    private static final Map<String, Set<String>> MAY_HAVE =
            Map.of("waiting", Set.of("prev"), "waiting-children", Set.of("prev"));
    private static final Map<String, String> JSON = Map.of("progress", "data", "completed", "returnvalue");
    /** The moment by the caller's clock, which Aurochs writes behind the others; listeners pass over it. */
    private static final String MOMENT = "at";

    private static final Map<String, String> NUMBERS =
            Map.of("delayed", "delay", "retries-exhausted", "attemptsMade", "cleaned", "count");

    private EventRules() {}

    static void check(QueueDump dump, Flaws flaws) {
        for (List<String> entry : dump.events) check(entry, flaws);
    }

    private static void check(List<String> entry, Flaws flaws) {
        flaws.unless(
                entry.get(0).equals("event"), Invariant.EVENTS, entry.toString(), "'event' is not its first field");
        int at = entry.indexOf("event");
        String name = at < 0 ? "" : entry.get(at + 1);
        List<String> needed = FIELDS.get(name);
        if (needed == null) return;
        for (String field : needed)
            flaws.unless(value(entry, field) != null, Invariant.EVENTS, entry.toString(), "it has no '" + field + "'");
        for (int i = 0; i < entry.size(); i += 2) {
            String field = entry.get(i);
            boolean known = field.equals("event")
                    || field.equals(MOMENT) && entry.get(i + 1).matches("[0-9]+")
                    || needed.contains(field)
                    || MAY_HAVE.getOrDefault(name, Set.of()).contains(field);
            flaws.unless(known, Invariant.EVENTS, entry.toString(), "it has a field '" + field + "'");
        }
        String json = value(entry, JSON.getOrDefault(name, ""));
        flaws.unless(
                json == null || EncodingRules.parsed(json) != null,
                Invariant.EVENTS,
                entry.toString(),
                "its value is no JSON and would stop every listener");
        String number = value(entry, NUMBERS.getOrDefault(name, ""));
        flaws.unless(
                number == null || number.matches("[0-9]+"), Invariant.EVENTS, entry.toString(), "it needs an integer");
    }

    private static @Nullable String value(List<String> entry, String field) {
        for (int i = 0; i + 1 < entry.size(); i += 2) if (entry.get(i).equals(field)) return entry.get(i + 1);
        return null;
    }
}
