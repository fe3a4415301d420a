package dev.aurochs.interop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.Tuple;

/**
 * What a queue's keys hold, a line per fact, with moments, random ids and names made equal. Left out is what may
 * differ: the options' text; how failures are kept; starts, since those of jobs that fail unrun count on Node alone;
 * versions, worker names, markers and counters; the moment in events, and the event {@code drained}. Events are in
 * order per job: Aurochs tells the release of a parent after what released it, BullMQ before.
 */
final class Footprint {
    private static final Pattern RANDOM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern MOMENT = Pattern.compile("\\b1[6-9][0-9]{11}\\b");
    private static final Pattern NEARLY_TEN_MINUTES = Pattern.compile("\\b5999[0-9]{2}\\b");
    private static final Pattern FAILED_CHILD = Pattern.compile("child [^ ]*:([^: ]*) failed[^,}]*");
    private static final Set<String> FREE_FIELDS =
            Set.of("opts", "stacktrace", "pb", "ats", "version", "opts.maxLenEvents", "faults");
    private static final String CHILD_FAILURE = "cf:";
    private static final Set<String> FREE_KEYS =
            Set.of("marker", "stalled-check", "stalled", "limiter", "id", "pc", "events");
    private static final Set<String> ORDERED = Set.of("prioritized", "delayed");

    private final UnifiedJedis redis;
    private final String base;
    private final String queue;
    private final Predicate<String> tells;
    private final Map<String, String> names = new TreeMap<>();

    /** @param tells which events are looked at, by their names */
    Footprint(UnifiedJedis redis, String queue, Predicate<String> tells) {
        this.redis = redis;
        this.queue = queue;
        this.tells = tells;
        this.base = World.PREFIX + ":" + queue + ":";
    }

    List<String> lines() {
        List<String> events = events();
        Set<String> facts = new TreeSet<>();
        for (String key : scan()) facts(key, facts);
        events.addAll(facts);
        return events;
    }

    private List<String> events() {
        Map<String, List<String>> perJob = new LinkedHashMap<>();
        List<String> starts = new ArrayList<>();
        for (StreamEntry entry : redis.xrange(base + "events", "-", "+")) {
            Map<String, String> fields = new TreeMap<>(entry.getFields());
            String event = String.valueOf(fields.remove("event"));
            fields.remove("at");
            String job = fields.getOrDefault("jobId", "");
            String line = equal("event " + event + " " + fields);
            if (event.equals("active")) starts.add(equal(job));
            if (tells.test(event))
                perJob.computeIfAbsent(job, id -> new ArrayList<>()).add(line);
        }
        List<String> lines = new ArrayList<>();
        perJob.values().forEach(lines::addAll);
        lines.add("started " + starts);
        return lines;
    }

    private void facts(String key, Set<String> lines) {
        String name = key.substring(base.length());
        if (FREE_KEYS.contains(name)) return;
        switch (redis.type(key)) {
            case "string" ->
                lines.add(equal(name + " = " + redis.get(key) + (redis.pttl(key) > 0 ? " for a time" : "")));
            case "list" -> lines.add(equal(name + " " + redis.lrange(key, 0, -1)));
            case "set" -> lines.add(equal(name) + " " + sorted(redis.smembers(key).stream()));
            case "hash" ->
                redis.hgetAll(key).forEach((field, value) -> {
                    if (!FREE_FIELDS.contains(field) && !field.startsWith(CHILD_FAILURE))
                        lines.add(equal(name + "." + field + " = " + value));
                });
            case "zset" -> lines.add(equal(name) + " " + members(name, redis.zrangeWithScores(key, 0, -1)));
            default -> lines.add(name + " of an unknown type");
        }
    }

    private List<String> members(String key, List<Tuple> members) {
        if (!ORDERED.contains(key)) return sorted(members.stream().map(Tuple::getElement));
        long unit = key.equals("prioritized") ? 1L << 32 : Long.MAX_VALUE;
        return members.stream()
                .map(one -> equal(one.getElement()) + ":" + (long) (one.getScore() / unit))
                .toList();
    }

    private List<String> sorted(Stream<String> texts) {
        return texts.map(this::equal).sorted().toList();
    }

    /** Random ids become their number in the order in which they were met. */
    private String equal(String line) {
        String timeless = MOMENT.matcher(line).replaceAll("<time>").replace(queue, "<queue>");
        String even = NEARLY_TEN_MINUTES.matcher(timeless).replaceAll("600000");
        Matcher random = RANDOM.matcher(FAILED_CHILD.matcher(even).replaceAll("child $1 failed"));
        return random.replaceAll(found -> names.computeIfAbsent(found.group(), id -> "<id" + names.size() + ">"));
    }

    private Set<String> scan() {
        Set<String> keys = new TreeSet<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page =
                    redis.scan(cursor, new ScanParams().match(base + "*").count(1_000));
            keys.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!ScanParams.SCAN_POINTER_START.equals(cursor));
        return keys;
    }
}
