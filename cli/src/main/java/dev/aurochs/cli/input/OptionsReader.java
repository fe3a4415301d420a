package dev.aurochs.cli.input;

import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Retention;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code opts} of flows and bulk lines: BullMQ's names, times in milliseconds, a retention's age in seconds. */
final class OptionsReader {
    private static final List<String> KEYS = List.of(
            "attempts",
            "backoff",
            "delay",
            "priority",
            "lifo",
            "jobId",
            "deduplication",
            "removeOnComplete",
            "removeOnFail",
            "keepLogs",
            "stackTraceLimit",
            "sizeLimit",
            "failParentOnFailure",
            "continueParentOnFailure",
            "ignoreDependencyOnFailure",
            "removeDependencyOnFailure");
    private static final List<String> DEDUPLICATION_KEYS =
            List.of("id", "ttl", "extend", "replace", "keepLastIfActive");
    /** In the order of the value's components. */
    private static final List<String> DEDUPLICATION_MODES = DEDUPLICATION_KEYS.subList(2, 5);

    private static final long TEN_YEARS_MILLIS = Duration.ofDays(3652).toMillis();

    private final JsonSource source;
    private final String path;
    private final JobOptions.Builder options;
    private @Nullable String policyKey;
    private long sizeLimit = Long.MAX_VALUE;

    /** Options that are not named keep the value they have in {@code defaults}. */
    OptionsReader(JsonSource source, String path, JobOptions defaults) {
        this.source = source;
        this.path = path;
        this.options = defaults.toBuilder();
    }

    /** Reads the object at hand. */
    OptionsReader read() {
        source.object(path, KEYS, this::option);
        return this;
    }

    /** The options, once {@code payload} was found to be within their {@code sizeLimit}. */
    JobOptions optionsFor(Json payload) {
        if (payload.byteLength() > sizeLimit)
            throw source.refused("the data has " + payload.byteLength() + " bytes, more than '" + at("sizeLimit")
                    + "' allows (" + sizeLimit + ")");
        return checked(options::build);
    }

    private void option(String key) {
        checked(() -> switch (key) {
            case "attempts" -> options.attempts((int) Math.max(1, source.whole(at(key), 0, Integer.MAX_VALUE)));
            case "backoff" -> options.backoff(backoff());
            case "delay" -> options.delay(millis(at(key)));
            case "priority" -> options.priority((int) source.whole(at(key), 0, JobOptions.MAX_PRIORITY));
            case "lifo" -> options.lifo(source.bool(at(key)));
            case "jobId" -> options.id(source.string(at(key)));
            case "deduplication" -> options.deduplication(deduplication());
            case "removeOnComplete" -> options.keepCompleted(retention(at(key)));
            case "removeOnFail" -> options.keepFailed(retention(at(key)));
            case "keepLogs" -> options.logLines((int) source.whole(at(key), 0, 100_000));
            case "stackTraceLimit" -> options.stackTraces((int) source.whole(at(key), 0, 100));
            case "sizeLimit" -> sizeLimit(source.whole(at(key), 0, Long.MAX_VALUE));
            default -> policy(key);
        });
    }

    private JobOptions.Builder sizeLimit(long bytes) {
        sizeLimit = bytes;
        return options;
    }

    private JobOptions.Builder policy(String key) {
        if (!source.bool(at(key))) return options;
        if (policyKey != null)
            throw source.refused("'" + at(key) + "' and '" + at(policyKey) + "' exclude each other; give one of them");
        policyKey = key;
        return options.childFailurePolicy(
                switch (key) {
                    case "failParentOnFailure" -> ChildFailurePolicy.FAIL_PARENT;
                    case "continueParentOnFailure" -> ChildFailurePolicy.CONTINUE_PARENT;
                    case "ignoreDependencyOnFailure" -> ChildFailurePolicy.IGNORE;
                    default -> ChildFailurePolicy.REMOVE_DEPENDENCY;
                });
    }

    private Backoff backoff() {
        String here = at("backoff");
        if (source.isNumber()) return Backoff.fixed(millis(here));
        String[] type = {"fixed"};
        Duration[] delay = {Duration.ZERO};
        double[] jitter = {0};
        source.object(here, List.of("type", "delay", "jitter"), key -> {
            String field = here + "." + key;
            switch (key) {
                case "type" -> type[0] = source.string(field);
                case "delay" -> delay[0] = millis(field);
                default -> jitter[0] = source.number(field);
            }
        });
        return new Backoff(type[0], delay[0], null, jitter[0]);
    }

    private Deduplication deduplication() {
        String here = at("deduplication");
        String[] id = {null};
        Duration[] ttl = {null};
        boolean[] modes = new boolean[DEDUPLICATION_MODES.size()];
        source.object(here, DEDUPLICATION_KEYS, key -> {
            String field = here + "." + key;
            switch (key) {
                case "id" -> id[0] = source.string(field);
                case "ttl" -> ttl[0] = millis(field);
                default -> modes[DEDUPLICATION_MODES.indexOf(key)] = source.bool(field);
            }
        });
        if (id[0] == null) throw source.refused("'" + here + ".id' is missing");
        boolean endless = ttl[0] == null || ttl[0].isZero();
        return new Deduplication(id[0], endless ? null : ttl[0], modes[0], modes[1], modes[2]);
    }

    private Retention retention(String here) {
        if (source.isBoolean()) return source.bool(here) ? Retention.none() : Retention.all();
        if (source.isNumber()) return Retention.newest(source.whole(here, 0, Long.MAX_VALUE));
        long[] count = {Retention.UNBOUNDED};
        Duration[] age = {null};
        source.object(here, List.of("count", "age"), key -> {
            String field = here + "." + key;
            if (key.equals("count")) count[0] = source.whole(field, 0, Long.MAX_VALUE);
            else age[0] = Duration.ofSeconds(source.whole(field, 0, TEN_YEARS_MILLIS / 1000));
        });
        return retention(count[0], age[0]);
    }

    private static Retention retention(long count, @Nullable Duration age) {
        return new Retention(count, age, Retention.all().limit());
    }

    private Duration millis(String field) {
        return Duration.ofMillis(source.whole(field, 0, TEN_YEARS_MILLIS));
    }

    private String at(String key) {
        return path + "." + key;
    }

    private <T> T checked(java.util.function.Supplier<T> step) {
        try {
            return step.get();
        } catch (InvalidInputException broken) {
            throw source.refused("'" + path + "': " + broken.getMessage());
        }
    }
}
