package dev.aurochs.benchmarks;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;

/**
 * What the server's processor did since {@link #begin}: for the calls that clients sent, and in all.
 *
 * <p>The server counts what scripts call under the names of the commands too, so only commands that clients send are
 * summed up; {@code exec} is not among them, because what it runs is counted by its own name.
 */
final class RedisCpu {
    private static final Set<String> SENT = Set.of("evalsha", "eval", "fcall", "bzpopmin", "multi", "script|load");

    private final Jedis server;
    private double processBegin;

    RedisCpu(Jedis server) {
        this.server = server;
    }

    /**
     * @param calls microseconds in calls that clients sent
     * @param process microseconds of the process: the calls, reading, writing and what is due now and then
     * @param scripts how many times a script was called
     */
    record Used(double calls, double process, long scripts) {
        Used per(int jobs) {
            return new Used(calls / jobs, process / jobs, scripts);
        }
    }

    void begin() {
        server.configResetStat();
        processBegin = process();
    }

    Used end() {
        double process = process() - processBegin;
        Map<String, String> stats = facts("commandstats");
        double calls = 0;
        for (String command : SENT) calls += number(stats.get("cmdstat_" + command), "usec");
        long scripts = (long) number(stats.get("cmdstat_evalsha"), "calls");
        return new Used(calls, process * 1e6, scripts);
    }

    private double process() {
        Map<String, String> cpu = facts("cpu");
        return Double.parseDouble(cpu.get("used_cpu_user")) + Double.parseDouble(cpu.get("used_cpu_sys"));
    }

    private static double number(String stat, String name) {
        if (stat == null) return 0;
        for (String part : stat.split(","))
            if (part.startsWith(name + "=")) return Double.parseDouble(part.substring(name.length() + 1));
        return 0;
    }

    private Map<String, String> facts(String section) {
        return server.info(section)
                .lines()
                .filter(line -> line.contains(":"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')), line -> line.substring(line.indexOf(':') + 1)));
    }
}
