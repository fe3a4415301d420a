package dev.aurochs.interop;

import static dev.aurochs.interop.Texts.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Runs many jobs while worker processes are killed at random moments, and looks at what became of them: none is lost,
 * and a job runs once more only for each time that it stalled or failed.
 */
final class KillRun {
    private static final int JOBS_BETWEEN_KILLS = 90;

    private final Lab lab;
    private final NodeQueue node;
    private final Random random;
    private final String runs;
    private final List<Supplier<Runnable>> crews = new ArrayList<>();
    private int kills;

    KillRun(Lab lab, NodeQueue node, long seed) {
        this.lab = lab;
        this.node = node;
        this.random = new Random(seed);
        this.runs = "lab:runs:" + node.name();
    }

    /** The key of the list in which each run is to be recorded. */
    String runsKey() {
        return runs;
    }

    /** A worker process: starts when it is asked for, and answers how to kill it. */
    KillRun crew(Supplier<Runnable> start) {
        crews.add(start);
        return this;
    }

    /** Plain, delayed, prioritized and failing jobs, in BullMQ's words: data and options. */
    static String[] job(Random random) {
        String slow = "{behave:{kind:'after',ms:" + (20 + random.nextInt(120)) + "}}";
        return switch (random.nextInt(6)) {
            case 0 -> new String[] {slow, "{delay:" + random.nextInt(3_000) + "}"};
            case 1 -> new String[] {slow, "{priority:" + (1 + random.nextInt(5)) + "}"};
            case 2 ->
                new String[] {"{behave:{kind:'failTimes',times:1}}", "{attempts:3,backoff:{type:'fixed',delay:30}}"};
            default -> new String[] {slow, "{}"};
        };
    }

    /** By Node, in bulk. */
    void addByNode(int jobs) {
        StringBuilder bulk = new StringBuilder("[");
        for (int i = 0; i < jobs; i++) {
            String[] job = job(random);
            bulk.append("{name:'node',data:")
                    .append(job[0])
                    .append(",opts:")
                    .append(job[1])
                    .append("},");
        }
        bulk.setCharAt(bulk.length() - 1, ']');
        node.peer().ask("addBulk", "queue", node.name(), "jobs", json(bulk.toString()));
    }

    /** A parent with three children, all in this queue, by Node; each is a job of its own. */
    void addFlowsByNode(int flows) {
        String children =
                ("{name:'child',queueName:'" + node.name() + "',data:{behave:{kind:'after',ms:30}}},").repeat(3);
        for (int i = 0; i < flows; i++)
            node.peer()
                    .ask(
                            "addFlow",
                            "flow",
                            json("{name:'parent',queueName:'" + node.name()
                                    + "',data:{behave:{kind:'children'}},children:["
                                    + children.substring(0, children.length() - 1) + "]}"));
    }

    /** Works and kills until so many jobs have finished; answers how many processes were killed. */
    int until(int jobs) {
        List<Runnable> working = new ArrayList<>();
        node.call("pause");
        for (Supplier<Runnable> crew : crews) working.add(crew.get());
        node.call("resume");
        long next = JOBS_BETWEEN_KILLS;
        while (next < jobs) {
            lab.awaitFinished(node.name(), next);
            int which = random.nextInt(crews.size());
            working.get(which).run();
            kills++;
            working.set(which, crews.get(which).get());
            next += 1 + random.nextInt(2 * JOBS_BETWEEN_KILLS);
        }
        lab.awaitFinished(node.name(), jobs);
        return kills;
    }

    /** Asserts that each job completed, how often it may have run, and that some were struck. */
    void assertNoneLost(int jobs) {
        Map<String, Integer> recorded = new HashMap<>();
        for (String run : lab.redis().lrange(runs, 0, -1))
            recorded.merge(run.substring(run.indexOf(':') + 1), 1, Integer::sum);
        List<String> completed = lab.redis().zrange(lab.key(node.name(), "completed"), 0, -1);
        assertThat(new TreeSet<>(completed)).hasSize(jobs);
        List<String> wrong = new ArrayList<>();
        int struck = 0;
        for (String id : completed) {
            Map<String, String> job = lab.redis().hgetAll(lab.key(node.name(), id));
            int started = number(job, "ats");
            int made = number(job, "atm");
            int stalls = number(job, "stc");
            struck += stalls;
            int ran = recorded.getOrDefault(id, 0);
            if ("parent".equals(job.get("name")))
                assertThat(processed(job)).as("children of %s", id).isEqualTo(3);
            if (started != made + stalls || ran < made || ran > started)
                wrong.add(id + " started " + started + ", ended " + made + ", stalled " + stalls + ", ran " + ran);
        }
        assertThat(wrong).isEmpty();
        assertThat(struck).as("jobs that a kill struck").isPositive();
        lab.redis().del(runs);
    }

    private static int processed(Map<String, String> parent) {
        return Texts.json(parent.get("returnvalue")).path("processed").asInt();
    }

    private static int number(Map<String, String> job, String field) {
        return Integer.parseInt(job.getOrDefault(field, "0"));
    }
}
