package dev.aurochs.interop.check;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What jobs say of each other: parents, deduplication, schedulers. */
final class LinkRules {
    private LinkRules() {}

    static void check(QueueDump dump, Flaws flaws) {
        for (String parent : dump.having("dependencies")) children(dump, parent, flaws);
        for (QueueDump.Member one : dump.containers.getOrDefault("waiting-children", List.of()))
            flaws.unless(
                    dump.having("dependencies").contains(one.id()),
                    Invariant.PARENT_WAITS,
                    one.id(),
                    "it waits for children and has none that are pending");
        dump.holds.forEach((id, hold) -> deduplication(dump, id, hold, flaws));
        dump.schedules.forEach((id, slot) -> schedule(dump, id, slot, flaws));
    }

    private static void children(QueueDump dump, String parent, Flaws flaws) {
        String parentKey = dump.key(parent);
        for (String child : dump.redis.smembers(parentKey + ":dependencies")) {
            String pointer = dump.redis.hget(child, "parentKey");
            int cut = child.lastIndexOf(':');
            flaws.unless(dump.redis.exists(child), Invariant.PENDING_CHILD, parent, "its child " + child + " is gone");
            flaws.unless(
                    parentKey.equals(pointer),
                    Invariant.PENDING_CHILD,
                    parent,
                    "its child " + child + " points at " + pointer);
            flaws.unless(
                    dump.redis.zscore(queueOf(child, cut) + ":completed", idOf(child, cut)) == null,
                    Invariant.PENDING_CHILD,
                    parent,
                    "its child " + child + " has completed and is pending still");
        }
    }

    /** The job of a scheduler has colons in its id. */
    private static String queueOf(String jobKey, int cut) {
        int repeat = jobKey.indexOf(":repeat:");
        return jobKey.substring(0, repeat > 0 ? repeat : cut);
    }

    private static String idOf(String jobKey, int cut) {
        int repeat = jobKey.indexOf(":repeat:");
        return jobKey.substring((repeat > 0 ? repeat : cut) + 1);
    }

    private static void deduplication(QueueDump dump, String id, QueueDump.Hold hold, Flaws flaws) {
        if (hold.millis() >= 0) return;
        boolean unfinished = dump.jobs.containsKey(hold.owner())
                && !dump.isIn("completed", hold.owner())
                && !dump.isIn("failed", hold.owner());
        flaws.unless(
                unfinished,
                Invariant.DEDUPLICATION_OWNER,
                hold.owner(),
                "it holds de:" + id + " and is not unfinished");
    }

    private static void schedule(QueueDump dump, String id, double slot, Flaws flaws) {
        Map<String, String> record = dump.scheduleRecords.get(id);
        if (record == null) {
            flaws.add(Invariant.SCHEDULE_GOES_ON, id, "the scheduler has no hash");
            return;
        }
        boolean mayBeOver = record.containsKey("limit") || record.containsKey("endDate");
        String job = "repeat:" + id + ":" + Long.toString((long) slot);
        boolean finished = dump.isIn("completed", job) || dump.isIn("failed", job);
        boolean goesOn = dump.jobs.containsKey(job) && !finished;
        flaws.unless(goesOn || mayBeOver, Invariant.SCHEDULE_GOES_ON, id, "its present job " + state(dump, job));
        flaws.unless(
                record.containsKey("every") != record.containsKey("pattern"),
                Invariant.ENCODING,
                "repeat:" + id,
                "it needs either every or pattern: " + record);
        EncodingRules.integers(record, List.of("every", "startDate", "endDate", "limit", "offset", "ic"), id, flaws);
        EncodingRules.json(record, List.of("data", "opts"), id, flaws);
    }

    private static String state(QueueDump dump, String job) {
        @Nullable List<String> where = dump.places().get(job);
        return job + (where == null ? " is gone" : " is in " + where);
    }
}
