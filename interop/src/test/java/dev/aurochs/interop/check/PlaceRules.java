package dev.aurochs.interop.check;

import java.util.List;
import java.util.Map;

/** Where jobs are, and that nothing is left over. */
final class PlaceRules {
    private PlaceRules() {}

    static void check(QueueDump dump, Flaws flaws) {
        Map<String, List<String>> places = dump.places();
        places.forEach((id, where) -> {
            flaws.unless(where.size() == 1, Invariant.ONE_PLACE, id, "it is in " + where);
            flaws.unless(dump.jobs.containsKey(id), Invariant.HAS_RECORD, id, "it is in " + where + " without hash");
        });
        for (String id : dump.jobs.keySet())
            flaws.unless(places.containsKey(id), Invariant.NO_ORPHAN, id, "its hash is in no container");
        dump.parts.forEach((part, ids) -> {
            for (String id : ids)
                flaws.unless(
                        dump.jobs.containsKey(id) || part.equals("lock"),
                        Invariant.NO_ORPHAN,
                        id,
                        "its key ':" + part + "' is left over");
        });
        for (QueueDump.Member one : dump.containers.getOrDefault("active", List.of()))
            flaws.unless(
                    dump.having("lock").contains(one.id()),
                    Invariant.RUNNING_IS_LOCKED,
                    one.id(),
                    "it is active without a lock");
        for (String id : dump.having("lock"))
            flaws.unless(dump.isIn("active", id), Invariant.LOCK_IS_RUNNING, id, "it is locked in " + places.get(id));
        for (String key : dump.strange) flaws.add(Invariant.KNOWN_KEYS, key, "nobody knows this key");
    }
}
