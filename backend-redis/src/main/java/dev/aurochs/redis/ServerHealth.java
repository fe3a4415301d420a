package dev.aurochs.redis;

import dev.aurochs.queue.spi.HealthNote;
import dev.aurochs.redis.wire.Reply;
import dev.aurochs.redis.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.Protocol;

/** What a server is like to those who trust jobs to it. */
final class ServerHealth {
    private static final int PINGS = 9;
    private static final Duration SLOW = Duration.ofMillis(10);
    private static final Duration MOST_SKEW = Duration.ofSeconds(1);
    private static final long NEARLY_FULL_PERCENT = 90;

    private final Wire wire;
    private final String prefix;

    ServerHealth(Wire wire, String prefix) {
        this.wire = wire;
        this.prefix = prefix;
    }

    /** Everything worth saying, each thing once. */
    List<HealthNote> notes(Instant now) {
        HealthNote clock = clock(now);
        ServerFacts facts = ServerFacts.ask(wire);
        List<HealthNote> notes = new ArrayList<>();
        notes.add(server(facts));
        notes.add(memory(facts));
        notes.add(new ServerDurability(wire, facts, now).note());
        notes.add(latency());
        notes.add(clock);
        notes.add(new ServerQueues(wire, prefix).note());
        return notes;
    }

    private static HealthNote server(ServerFacts facts) {
        String redis = facts.text("redis_version", "?");
        String valkey = facts.text("valkey_version", "");
        String found = valkey.isEmpty() ? "Redis " + redis : "Valkey " + valkey + ", which answers as Redis " + redis;
        if (facts.text("role", "master").equals("slave"))
            return HealthNote.broken(
                    "server",
                    found + " is a replica and takes no writes",
                    "name its master, " + facts.text("master_host", "?") + ":" + facts.text("master_port", "?"));
        return HealthNote.good("server", found);
    }

    private static HealthNote memory(ServerFacts facts) {
        String policy = facts.text("maxmemory_policy", ServerFacts.KEEPS_ALL);
        long most = facts.number("maxmemory");
        long used = facts.number("used_memory");
        String usage = mebibytes(used) + " used, " + (most == 0 ? "no limit set" : "limit " + mebibytes(most));
        if (!policy.equals(ServerFacts.KEEPS_ALL))
            return HealthNote.risky(
                    "memory",
                    "maxmemory-policy is " + policy + ": a full memory throws jobs or their locks away (" + usage + ")",
                    "CONFIG SET maxmemory-policy " + ServerFacts.KEEPS_ALL + ", and the same in redis.conf");
        if (most > 0 && used * 100 / most >= NEARLY_FULL_PERCENT)
            return HealthNote.risky(
                    "memory",
                    "nearly full: " + usage + "; a full memory refuses new jobs and throws none away",
                    "raise maxmemory, or let fewer finished jobs be kept");
        return HealthNote.good("memory", "nothing is thrown away when it is full (" + usage + ")");
    }

    private static String mebibytes(long bytes) {
        return (bytes + (1L << 19) >> 20) + " MiB";
    }

    private HealthNote latency() {
        long[] nanos = new long[PINGS];
        for (int i = 0; i < PINGS; i++) {
            long start = System.nanoTime();
            wire.command(Protocol.Command.PING);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        Duration median = Duration.ofNanos(nanos[PINGS / 2]);
        String found = "a ping takes " + milliseconds(median) + " (median of " + PINGS + ")";
        return median.compareTo(SLOW) < 0
                ? HealthNote.good("latency", found)
                : HealthNote.risky(
                        "latency",
                        found + "; each add and each turn of a worker waits as long",
                        "move closer to the server; give workers more concurrency, add jobs many in a call");
    }

    private static String milliseconds(Duration span) {
        return String.format(java.util.Locale.ROOT, "%.1f ms", span.toNanos() / 1e6);
    }

    private HealthNote clock(Instant now) {
        Reply time = wire.command(Protocol.Command.TIME);
        Instant there = Instant.ofEpochSecond(time.at(0).number(), time.at(1).number() * 1_000);
        Duration skew = Duration.between(now, there);
        boolean agrees = skew.abs().compareTo(MOST_SKEW) <= 0;
        String ahead = skew.isNegative() ? "behind" : "ahead of";
        return agrees
                ? HealthNote.good("clock", "agrees with the clock here, to the second")
                : HealthNote.risky(
                        "clock",
                        "is " + skew.abs().toSeconds() + " s " + ahead + " the clock here; delays shift by that much",
                        "let both machines set their clocks by NTP");
    }
}
