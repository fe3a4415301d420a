package dev.aurochs.interop.check;

import java.util.List;
import java.util.stream.Collectors;
import redis.clients.jedis.UnifiedJedis;

/**
 * Reads all keys of a queue and says which invariants of the shared layout they break. For queues in which nothing
 * happens meanwhile: running workers may only wait for jobs.
 */
public final class ConsistencyChecker {
    private final UnifiedJedis redis;
    private final String prefix;

    public ConsistencyChecker(UnifiedJedis redis, String prefix) {
        this.redis = redis;
        this.prefix = prefix;
    }

    /** What is wrong with a queue that has, or has just had, workers: they may know of jobs by other means. */
    public List<Flaw> flaws(String queue) {
        return flaws(queue, false);
    }

    /** What is wrong with a queue that never had a worker: it must also wake the first one that comes. */
    public List<Flaw> flawsWithoutWorkers(String queue) {
        return flaws(queue, true);
    }

    /** Throws unless {@link #flaws} is empty, with all of them and all keys in the message. */
    public void check(String queue) {
        require(queue, flaws(queue));
    }

    /** Throws unless {@link #flawsWithoutWorkers} is empty. */
    public void checkWithoutWorkers(String queue) {
        require(queue, flawsWithoutWorkers(queue));
    }

    private List<Flaw> flaws(String queue, boolean nobodyKnows) {
        QueueDump dump = new QueueDump(redis, prefix + ":" + queue);
        Flaws flaws = new Flaws();
        PlaceRules.check(dump, flaws);
        LinkRules.check(dump, flaws);
        EncodingRules.check(dump, flaws);
        EventRules.check(dump, flaws);
        if (nobodyKnows) WakeRules.check(dump, flaws);
        return flaws.all();
    }

    private static void require(String queue, List<Flaw> flaws) {
        if (flaws.isEmpty()) return;
        String lines = flaws.stream().limit(20).map(Flaw::toString).collect(Collectors.joining("\n"));
        throw new AssertionError(flaws.size() + " flaws in queue '" + queue + "':\n" + lines);
    }
}
