package dev.aurochs.redis.layout;

import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.job.ScheduleSlot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A job as the fields of its hash. */
public final class JobHash {
    /** Buffers of each thread's own: a worker reads little JSON at a time, and often. */
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.threadLocalPool())
                    .build())
            .build();

    /** The options of most jobs. */
    private static final String DEFAULTS =
            OptionsJson.write(JobOptions.defaults(), null).toString();

    private final Keys keys;

    /** Those that were read last: most jobs of a queue have the same. */
    private volatile @Nullable StoredOptions latestOptions;

    public JobHash(Keys keys) {
        this.keys = keys;
    }

    /** The fields of a job that is to be stored, but for the id that the store assigns. */
    public Map<String, String> write(NewJob job) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", job.name());
        fields.put("data", job.payload().text());
        fields.put("opts", options(job));
        fields.put("timestamp", Long.toString(job.createdAt().toEpochMilli()));
        fields.put("delay", Long.toString(delayMillis(job)));
        fields.put("priority", Integer.toString(job.options().priority()));
        ParentLink link = job.parent();
        if (link != null) {
            fields.put("parentKey", keys.job(link.parent()));
            fields.put("parent", link(link).toString());
        }
        job.options().deduplication().ifPresent(deduplication -> fields.put("deid", deduplication.id()));
        return fields;
    }

    /** Rounded up: no job comes early. */
    public static long delayMillis(NewJob job) {
        return job.options().delay().plusNanos(999_999).toMillis();
    }

    /** The text of a job's options. */
    public String options(NewJob job) {
        boolean usual = job.parent() == null && job.options() == JobOptions.defaults();
        return usual ? DEFAULTS : optionsJson(job).toString();
    }

    private ObjectNode optionsJson(NewJob job) {
        ObjectNode options = OptionsJson.write(job.options(), null);
        if (job.parent() != null) {
            ObjectNode parent = options.putObject("parent");
            parent.put("id", job.parent().parent().id().value());
            parent.put("queue", keys.queue(job.parent().parent().queue()));
        }
        return options;
    }

    private ObjectNode link(ParentLink link) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", link.parent().id().value());
        json.put("queueKey", keys.queue(link.parent().queue()));
        String flag = OptionsJson.flag(link.onFailure());
        if (flag != null) json.put(flag, true);
        return json;
    }

    /** The deduplication of a job as the scripts take it; null when it has none. */
    public static @Nullable String deduplication(JobOptions options) {
        return options.deduplication()
                .map(deduplication -> OptionsJson.deduplication(deduplication).toString())
                .orElse(null);
    }

    /**
     * Reads a job.
     *
     * @param dueAt when it is due, if it is delayed
     * @throws UnreadableException when its fields are not what they should be
     */
    public JobRecord read(JobRef job, JobState state, @Nullable Instant dueAt, Map<String, String> fields) {
        try {
            return new JobRecord(
                    body(job, fields),
                    status(state, dueAt, fields),
                    FailureFields.read(fields.get("stacktrace"), fields.get("faults")));
        } catch (RuntimeException damaged) {
            throw new UnreadableException("it cannot be read: " + damaged.getMessage(), damaged);
        }
    }

    /** Adds what a claim has written since the fields were read; a damaged count begins anew, as there. */
    public static void begin(Map<String, String> fields, String worker, Instant now) {
        fields.put("processedOn", Long.toString(now.toEpochMilli()));
        fields.put("pb", worker);
        int begun = fields.containsKey("defa") ? 0 : 1;
        fields.put("ats", Integer.toString(begun + started(fields.get("ats"))));
    }

    private static int started(@Nullable String ats) {
        try {
            return number(ats);
        } catch (NumberFormatException damaged) {
            return 0;
        }
    }

    private JobBody body(JobRef job, Map<String, String> fields) {
        StoredOptions stored = options(fields.getOrDefault("opts", "{}"));
        JobOptions options = stored.options();
        JsonNode ownId = stored.json().path("jobId");
        boolean scheduled = fields.containsKey("rjk");
        if (ownId.isString() && !scheduled && ownId.asString().equals(job.id().value())) options = withId(options, job);
        return new JobBody(
                job,
                required(fields, "name"),
                new Json(checked(fields.getOrDefault("data", "{}"))),
                options,
                moment(required(fields, "timestamp")),
                parent(fields),
                scheduled ? slot(job, fields.get("rjk"), stored.json()) : null,
                stored.foreign());
    }

    private StoredOptions options(String text) {
        StoredOptions before = latestOptions;
        if (before != null && before.text().equals(text)) return before;
        StoredOptions read = StoredOptions.read(text);
        latestOptions = read;
        return read;
    }

    /** What stands in the field of the options. The JSON is only read. */
    private record StoredOptions(
            String text,
            ObjectNode json,
            JobOptions options,
            @Nullable Json foreign) {
        static StoredOptions read(String text) {
            if (!(JSON.readTree(text) instanceof ObjectNode json))
                throw new IllegalArgumentException("opts is no object");
            ObjectNode foreign = OptionsJson.foreign(json);
            Json kept = foreign == null ? null : new Json(foreign.toString());
            return new StoredOptions(text, json, OptionsJson.read(json), kept);
        }
    }

    /** Ids that other clients allow and this one does not are kept as the job's, not as its options'. */
    private static JobOptions withId(JobOptions options, JobRef job) {
        try {
            return options.toBuilder().id(job.id().value()).build();
        } catch (RuntimeException foreign) {
            return options;
        }
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) throw new IllegalArgumentException("its field " + name + " is missing");
        return value;
    }

    /** It is one JSON value; what it says is only read by those who run the job. */
    private static String checked(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            boolean one = parser.nextToken() != null && parser.skipChildren().nextToken() == null;
            if (!one) throw new IllegalArgumentException("not one JSON value");
            return json;
        }
    }

    private @Nullable ParentLink parent(Map<String, String> fields) {
        String key = fields.get("parentKey");
        if (key == null) return null;
        JsonNode link = JSON.readTree(fields.getOrDefault("parent", "{}"));
        ChildFailurePolicy policy = OptionsJson.policy(link);
        Optional<JobRef> parent = link.has("id") && link.has("queueKey")
                ? keys.queueAt(link.get("queueKey").asString())
                        .map(queue -> new JobRef(queue, JobId.of(link.get("id").asString())))
                : keys.jobAt(key);
        return parent.map(ref -> new ParentLink(ref, policy)).orElse(null);
    }

    private static ScheduleSlot slot(JobRef job, String schedule, JsonNode opts) {
        JsonNode repeat = opts.path("repeat");
        String id = job.id().value();
        Instant slot = moment(id.substring(id.lastIndexOf(':') + 1));
        return new ScheduleSlot(schedule, repeat.path("count").asLong(1), slot, ScheduleHash.recurrence(repeat));
    }

    private static JobStatus status(JobState state, @Nullable Instant dueAt, Map<String, String> fields) {
        String made = fields.getOrDefault("attemptsMade", fields.get("atm"));
        return new JobStatus(
                state,
                number(fields.get("priority")),
                new Runs(number(made), number(fields.get("ats")), number(fields.get("stc"))),
                dueAt,
                optionalMoment(fields.get("processedOn")),
                state.isFinished() ? optionalMoment(fields.get("finishedOn")) : null,
                fields.get("pb"),
                optionalJson(fields.get("progress")),
                optionalJson(fields.get("returnvalue")),
                fields.get("failedReason"),
                fields.get("defa"),
                fields.get("cancel"));
    }

    private static int number(@Nullable String text) {
        return text == null ? 0 : Integer.parseInt(text);
    }

    private static Instant moment(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static @Nullable Instant optionalMoment(@Nullable String millis) {
        return millis == null ? null : moment(millis);
    }

    private static @Nullable Json optionalJson(@Nullable String text) {
        return text == null ? null : new Json(checked(text));
    }
}
