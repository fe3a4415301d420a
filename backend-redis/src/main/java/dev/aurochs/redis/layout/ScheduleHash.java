package dev.aurochs.redis.layout;

import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.job.ScheduleRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A schedule as the fields of its hash. {@code given} is this library's own: the offset that was asked for, beside
 * {@code offset}, which also keeps the phase of the first run.
 */
public final class ScheduleHash {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UTC = "UTC";

    private ScheduleHash() {}

    /** The fields that a schedule is stored with, but for those that its runs change. */
    public static Map<String, String> write(Schedule schedule) {
        Map<String, String> fields = new LinkedHashMap<>();
        Recurrence recurrence = schedule.recurrence();
        fields.put("name", schedule.jobName());
        if (recurrence.every() != null) {
            fields.put("every", Long.toString(recurrence.every().toMillis()));
            fields.put("given", Long.toString(recurrence.offset().toMillis()));
        }
        put(fields, "pattern", recurrence.cron());
        put(fields, "tz", recurrence.zone());
        put(fields, "limit", recurrence.limit());
        put(fields, "startDate", millis(recurrence.start()));
        put(fields, "endDate", millis(recurrence.end()));
        fields.put("data", schedule.payload().text());
        fields.put("opts", OptionsJson.write(schedule.options(), null).toString());
        return fields;
    }

    private static void put(Map<String, String> fields, String name, @Nullable Object value) {
        if (value != null) fields.put(name, value.toString());
    }

    private static @Nullable Long millis(@Nullable Instant moment) {
        return moment == null ? null : moment.toEpochMilli();
    }

    /** @throws UnreadableException when the fields are not what they should be */
    public static ScheduleRecord read(QueueName queue, String id, Instant slot, Map<String, String> fields) {
        try {
            JobOptions options = OptionsJson.read(JSON.readTree(fields.getOrDefault("opts", "{}")));
            Schedule schedule = new Schedule(
                    queue,
                    id,
                    recurrence(fields),
                    fields.getOrDefault("name", id),
                    new Json(fields.getOrDefault("data", "{}")),
                    options.toBuilder().delay(Duration.ZERO).build());
            long runs = Long.parseLong(fields.getOrDefault("ic", "1"));
            return new ScheduleRecord(schedule, runs, slot, fields.containsKey("over"));
        } catch (RuntimeException damaged) {
            throw new UnreadableException("schedule " + id + " cannot be read: " + damaged.getMessage(), damaged);
        }
    }

    private static Recurrence recurrence(Map<String, String> fields) {
        String every = fields.get("every");
        String offset = fields.getOrDefault("given", fields.get("offset"));
        return recurrence(
                every == null ? null : Long.valueOf(every),
                every == null || offset == null ? 0 : Long.parseLong(offset),
                fields.get("pattern"),
                fields.get("tz"),
                new Bounds(
                        number(fields.get("limit")), number(fields.get("startDate")), number(fields.get("endDate"))));
    }

    /** The recurrence that a job carries in its options. */
    static Recurrence recurrence(JsonNode repeat) {
        return recurrence(
                repeat.has("every") ? Long.valueOf(repeat.get("every").asLong()) : null,
                repeat.path("offset").asLong(0),
                repeat.has("pattern") ? repeat.get("pattern").asString() : null,
                repeat.has("tz") ? repeat.get("tz").asString() : null,
                new Bounds(number(repeat, "limit"), number(repeat, "startDate"), number(repeat, "endDate")));
    }

    private record Bounds(
            @Nullable Long limit,
            @Nullable Long start,
            @Nullable Long end) {}

    private static Recurrence recurrence(
            @Nullable Long every, long offset, @Nullable String cron, @Nullable String zone, Bounds bounds) {
        return new Recurrence(
                every == null ? null : Duration.ofMillis(every),
                every == null || offset >= every ? Duration.ZERO : Duration.ofMillis(offset),
                cron,
                cron != null && zone == null ? UTC : zone,
                bounds.limit(),
                bounds.start() == null ? null : Instant.ofEpochMilli(bounds.start()),
                bounds.end() == null ? null : Instant.ofEpochMilli(bounds.end()));
    }

    private static @Nullable Long number(@Nullable String text) {
        return text == null ? null : Long.valueOf(text);
    }

    private static @Nullable Long number(JsonNode json, String name) {
        return json.has(name) ? json.get(name).asLong() : null;
    }
}
