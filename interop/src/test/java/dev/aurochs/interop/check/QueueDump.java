package dev.aurochs.interop.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.resps.Tuple;

/** All keys of a queue, as they were when this was read; not in one moment, so nothing may change meanwhile. */
final class QueueDump {
    static final List<String> LISTS = List.of("wait", "active", "paused");
    static final List<String> SETS = List.of("prioritized", "delayed", "waiting-children", "completed", "failed");
    private static final Set<String> PARTS =
            Set.of("lock", "logs", "dependencies", "processed", "failed", "unsuccessful");
    private static final Set<String> PLAIN = Set.of(
            "id",
            "pc",
            "marker",
            "meta",
            "events",
            "stalled",
            "stalled-check",
            "limiter",
            "repeat",
            "metrics:completed",
            "metrics:failed",
            "metrics:completed:data",
            "metrics:failed:data");

    /** An id in a container; the score is 0 in lists. */
    record Member(String id, double score) {}

    /** What {@code de:} holds: the owner and the milliseconds that are left, or -1. */
    record Hold(String owner, long millis) {}

    final UnifiedJedis redis;
    final String base;
    final Map<String, List<Member>> containers = new LinkedHashMap<>();
    final Map<String, Map<String, String>> jobs = new TreeMap<>();
    /** Per part of a job, such as {@code lock}: the ids that have it. */
    final Map<String, Set<String>> parts = new TreeMap<>();

    final Map<String, Hold> holds = new TreeMap<>();
    final Map<String, Double> schedules = new TreeMap<>();
    final Map<String, Map<String, String>> scheduleRecords = new TreeMap<>();
    final Map<String, String> meta;
    final Map<String, Double> marker = new TreeMap<>();
    final List<List<String>> events = new ArrayList<>();
    final Set<String> strange = new TreeSet<>();

    QueueDump(UnifiedJedis redis, String base) {
        this.redis = redis;
        this.base = base;
        for (String list : LISTS) {
            List<Member> members = new ArrayList<>();
            for (String id : redis.lrange(key(list), 0, -1)) members.add(new Member(id, 0));
            containers.put(list, members);
        }
        for (String set : SETS) containers.put(set, members(set));
        for (Member one : members("repeat")) schedules.put(one.id(), one.score());
        for (Member one : members("marker")) marker.put(one.id(), one.score());
        meta = redis.hgetAll(key("meta"));
        readKeys();
        readEvents();
    }

    String key(String suffix) {
        return base + ":" + suffix;
    }

    /** In which containers an id is, as often as it is there. */
    Map<String, List<String>> places() {
        Map<String, List<String>> places = new TreeMap<>();
        containers.forEach((name, members) -> {
            for (Member one : members)
                places.computeIfAbsent(one.id(), id -> new ArrayList<>()).add(name);
        });
        return places;
    }

    boolean isIn(String container, String id) {
        return containers.getOrDefault(container, List.of()).stream()
                .anyMatch(one -> one.id().equals(id));
    }

    Set<String> having(String part) {
        return parts.getOrDefault(part, Set.of());
    }

    private List<Member> members(String set) {
        List<Member> members = new ArrayList<>();
        for (Tuple one : redis.zrangeWithScores(key(set), 0, -1))
            members.add(new Member(one.getElement(), one.getScore()));
        return members;
    }

    private void readKeys() {
        List<String> hashes = new ArrayList<>();
        for (String key : scan()) sort(key.substring(base.length() + 1), hashes);
        Map<String, Map<String, String>> read = hashes(hashes);
        read.forEach((suffix, fields) -> {
            if (isSchedule(suffix, fields)) scheduleRecords.put(suffix.substring("repeat:".length()), fields);
            else jobs.put(suffix, fields);
        });
    }

    private boolean isSchedule(String suffix, Map<String, String> fields) {
        if (!suffix.startsWith("repeat:")) return false;
        return schedules.containsKey(suffix.substring("repeat:".length())) || fields.containsKey("ic");
    }

    private void sort(String suffix, List<String> hashes) {
        if (PLAIN.contains(suffix) || containers.containsKey(suffix)) return;
        String part = suffix.substring(suffix.lastIndexOf(':') + 1);
        if (suffix.startsWith("de:")) {
            String owner = redis.get(key(suffix));
            if (owner != null) holds.put(suffix.substring(3), new Hold(owner, redis.pttl(key(suffix))));
        } else if (PARTS.contains(part) && suffix.length() > part.length()) {
            String id = suffix.substring(0, suffix.length() - part.length() - 1);
            parts.computeIfAbsent(part, name -> new TreeSet<>()).add(id);
        } else if (!suffix.startsWith("dn:")) {
            hashes.add(suffix);
        }
    }

    private Map<String, Map<String, String>> hashes(List<String> suffixes) {
        Map<String, Response<String>> types = new LinkedHashMap<>();
        Map<String, Response<Map<String, String>>> answers = new LinkedHashMap<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (String suffix : suffixes) types.put(suffix, pipeline.type(key(suffix)));
            pipeline.sync();
            types.forEach((suffix, type) -> {
                if (type.get().equals("hash")) answers.put(suffix, pipeline.hgetAll(key(suffix)));
                else if (!type.get().equals("none")) strange.add(suffix + " (a " + type.get() + ")");
            });
            pipeline.sync();
        }
        Map<String, Map<String, String>> read = new LinkedHashMap<>();
        answers.forEach((suffix, fields) -> read.put(suffix, fields.get()));
        return read;
    }

    private Set<String> scan() {
        Set<String> keys = new TreeSet<>();
        ScanParams match = new ScanParams().match(base + ":*").count(1_000);
        @Nullable String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page = redis.scan(cursor, match);
            keys.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!ScanParams.SCAN_POINTER_START.equals(cursor));
        return keys;
    }

    private void readEvents() {
        for (Object entry : redis.xrange(bytes(key("events")), bytes("-"), bytes("+"))) {
            List<String> fields = new ArrayList<>();
            for (Object field : (List<?>) ((List<?>) entry).get(1))
                fields.add(new String((byte[]) field, StandardCharsets.UTF_8));
            events.add(fields);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
