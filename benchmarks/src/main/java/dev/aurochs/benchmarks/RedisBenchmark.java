package dev.aurochs.benchmarks;

import dev.aurochs.benchmarks.RedisCpu.Used;
import dev.aurochs.tck.server.RedisServer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import redis.clients.jedis.Jedis;

/** This library and bullmq in turns on one Redis server of their own: its processor, their pace, and latency. */
final class RedisBenchmark {
    private static final int ROUNDS = 5;
    private static final int JOBS = 5_000;
    private static final int BATCH = 50;
    private static final int WALL_JOBS = 50_000;
    private static final int WARM_UP = 20_000;
    private static final int LATENCY_ROUNDS = 500;
    private static final int KEPT = 1_000;

    private final Path folder;
    private final PrintStream out;

    RedisBenchmark(Path folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
    }

    void run() throws Exception {
        try (RedisServer server = RedisServer.startPrivate(RedisServer.Journal.NONE);
                Jedis jedis = new Jedis(server.host(), server.port());
                AurochsLoad aurochs = new AurochsLoad(server.address());
                BullMqLoad bullmq = new BullMqLoad(folder, server.host(), server.port())) {
            out.printf(
                    "%nredis %s without persistence, jobs {\"n\":123}; Aurochs in this JVM, bullmq %s in Node;%n"
                            + "medians of %d rounds in turns, after a warm-up of %,d jobs each%n",
                    redisVersion(jedis), bullmq.version(), ROUNDS, WARM_UP);
            RedisLoad bare = new BareLoad(jedis);
            Turns three = new Turns(jedis, List.of(aurochs, bullmq, aurochs.withoutWaiting()));
            three.warmUp();
            cost(new Turns(jedis, List.of(aurochs, bullmq, bare)));
            pace(three);
            latency(three, List.of(aurochs, bullmq));
        }
    }

    private static String redisVersion(Jedis jedis) {
        return jedis.info("server")
                .lines()
                .filter(line -> line.startsWith("redis_version:"))
                .map(line -> line.substring(line.indexOf(':') + 1))
                .findFirst()
                .orElse("?");
    }

    /** What one library did in one part, in all rounds. */
    private record Part(List<Used> used, List<Double> seconds) {
        Part() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        double median(ToDoubleFunction<Used> which) {
            return middle(used.stream().mapToDouble(which).toArray());
        }

        double perSecond(int jobs) {
            return jobs
                    / middle(seconds.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    private static double middle(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private record Both(Part adds, Part runs) {
        Both() {
            this(new Part(), new Part());
        }

        double cost(ToDoubleFunction<Used> which) {
            return adds.median(which) + runs.median(which);
        }
    }

    /** How the jobs of a part are added and run. */
    private record Way(int jobs, int jobsPerCall, int callers, int concurrency, int keep) {}

    /** The libraries in turns; each begins with an empty server. */
    private static final class Turns {
        private final Jedis jedis;
        private final List<RedisLoad> sides;
        private final RedisCpu cpu;

        Turns(Jedis jedis, List<RedisLoad> sides) {
            this.jedis = jedis;
            this.sides = sides;
            this.cpu = new RedisCpu(jedis);
        }

        void warmUp() throws Exception {
            for (RedisLoad side : sides) {
                lives(side, new Way(WARM_UP, 1, BATCH, BATCH, KEPT), new Both());
                lives(side, new Way(WARM_UP, BATCH, 1, BATCH, 0), new Both());
                lives(side, new Way(JOBS, 1, 1, 1, 0), new Both());
            }
        }

        /** A result for each side. */
        List<Both> lives(Way way) throws Exception {
            List<Both> results = new ArrayList<>();
            for (int i = 0; i < sides.size(); i++) results.add(new Both());
            for (int round = 0; round < ROUNDS; round++)
                for (int i = 0; i < sides.size(); i++) lives(sides.get(i), way, results.get(i));
            return results;
        }

        private void lives(RedisLoad side, Way way, Both result) throws Exception {
            jedis.flushAll();
            cpu.begin();
            result.adds().seconds().add(side.add("bench", way.jobs(), way.jobsPerCall(), way.callers()));
            result.adds().used().add(cpu.end().per(way.jobs()));
            cpu.begin();
            result.runs().seconds().add(side.run("bench", way.jobs(), way.concurrency(), way.keep()));
            result.runs().used().add(cpu.end().per(way.jobs()));
        }

        List<long[]> latencies(List<RedisLibrary> libraries) throws Exception {
            List<long[]> all = List.of(new long[ROUNDS * LATENCY_ROUNDS], new long[ROUNDS * LATENCY_ROUNDS]);
            for (RedisLibrary library : libraries) library.latency("warm", LATENCY_ROUNDS / 2);
            for (int round = 0; round < ROUNDS; round++)
                for (int i = 0; i < libraries.size(); i++) {
                    jedis.flushAll();
                    long[] micros = libraries.get(i).latency("idle", LATENCY_ROUNDS);
                    System.arraycopy(micros, 0, all.get(i), round * LATENCY_ROUNDS, LATENCY_ROUNDS);
                }
            all.forEach(Arrays::sort);
            return all;
        }
    }

    private void cost(Turns turns) throws Exception {
        out.printf("%nµs of the server's processor per job: in calls (of the whole process)%n");
        for (int keep : new int[] {0, KEPT}) {
            String kept = keep == 0 ? "none kept" : keep + " kept";
            print("batch 1, " + kept, turns.lives(new Way(JOBS, 1, 1, 1, keep)), 70);
            print("batch " + BATCH + ", " + kept, turns.lives(new Way(4 * JOBS, BATCH, 1, BATCH, keep)), 50);
        }
    }

    private void print(String what, List<Both> both, int goal) {
        Both ours = both.get(0);
        Both theirs = both.get(1);
        out.printf("  %-21s %16s %16s %16s %14s%n", what, "add", "run", "add + run", "scripts/run");
        print("aurochs", ours);
        print("bullmq", theirs);
        print("commands alone", both.get(2));
        out.printf(
                "    %-19s %16s %16s %16s   goal: at most %d %%%n",
                "aurochs : bullmq",
                percent(ours.adds().median(Used::calls), theirs.adds().median(Used::calls)),
                percent(ours.runs().median(Used::calls), theirs.runs().median(Used::calls)),
                percent(ours.cost(Used::calls), theirs.cost(Used::calls)) + " ("
                        + percent(ours.cost(Used::process), theirs.cost(Used::process)) + ")",
                goal);
    }

    private void print(String who, Both of) {
        out.printf(
                "    %-19s %16s %16s %16s %,14.0f%n",
                who,
                micros(of.adds().median(Used::calls), of.adds().median(Used::process)),
                micros(of.runs().median(Used::calls), of.runs().median(Used::process)),
                micros(of.cost(Used::calls), of.cost(Used::process)),
                of.runs().median(Used::scripts));
    }

    private static String micros(double calls, double process) {
        return String.format("%.1f (%.1f)", calls, process);
    }

    private static String percent(double ours, double theirs) {
        return String.format("%.0f %%", 100 * ours / theirs);
    }

    private void pace(Turns turns) throws Exception {
        out.printf(
                "%npace: %,d jobs, %d callers that add one by one; then a worker of concurrency %d, %,d kept%n",
                WALL_JOBS, BATCH, BATCH, KEPT);
        List<Both> all = turns.lives(new Way(WALL_JOBS, 1, BATCH, BATCH, KEPT));
        Both theirs = all.get(1);
        print("adds/s, addAsync", all.get(2).adds(), theirs.adds(), "   goal: at least 2.0");
        String threads = "adds/s, a " + (Callers.areVirtual() ? "virtual thread" : "thread") + " per caller";
        print(threads, all.get(0).adds(), theirs.adds(), "");
        print("runs/s", all.get(0).runs(), theirs.runs(), "   goal: at least 1.5");
    }

    /** The ratio is that of each round: what else the machine does meets both sides of a round more evenly. */
    private void print(String what, Part ours, Part theirs, String goal) {
        double[] ratios = new double[ours.seconds().size()];
        for (int i = 0; i < ratios.length; i++)
            ratios[i] = theirs.seconds().get(i) / ours.seconds().get(i);
        double ratio = middle(ratios);
        out.printf(
                "  %-35s aurochs %,8.0f  bullmq %,8.0f  %.2f times (%.2f to %.2f)%s%n",
                what,
                ours.perSecond(WALL_JOBS),
                theirs.perSecond(WALL_JOBS),
                ratio,
                ratios[0],
                ratios[ratios.length - 1],
                goal);
    }

    private void latency(Turns turns, List<RedisLibrary> libraries) throws Exception {
        out.printf(
                "%npick-up by an idle worker, from the call of add to the handler, %d jobs%n", ROUNDS * LATENCY_ROUNDS);
        List<long[]> both = turns.latencies(libraries);
        for (int i = 0; i < both.size(); i++) {
            long[] micros = both.get(i);
            out.printf(
                    "  %-8s p50 %,d µs, p99 %,d µs%n",
                    i == 0 ? "aurochs" : "bullmq", micros[micros.length / 2], micros[micros.length * 99 / 100]);
        }
    }
}
