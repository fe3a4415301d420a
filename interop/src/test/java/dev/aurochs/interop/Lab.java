package dev.aurochs.interop;

import dev.aurochs.interop.check.ConsistencyChecker;
import dev.aurochs.interop.node.BullMq;
import dev.aurochs.interop.node.NodePeer;
import dev.aurochs.interop.node.NodePeers;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.WorkerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * What one test works with: queues of its own, Node peers, Java's {@link Queues} and the bare server. When the test has
 * ended everything is closed, and all its queues must be consistent.
 */
final class Lab {
    private static final AtomicLong COUNT = new AtomicLong();
    private static final int LINES_DESCRIBED = 150;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final World world;
    private final List<String> queues = new ArrayList<>();
    private final List<Queues> opened = new ArrayList<>();
    private final List<NodePeer> own = new ArrayList<>();
    private final List<JavaProcess> processes = new ArrayList<>();
    private final List<Behaviour> released = new ArrayList<>();
    private @Nullable Queues java;

    Lab(World world) {
        this.world = world;
    }

    /** The name of a queue that nobody else uses. */
    String queue(String role) {
        String name = role + "-" + COUNT.incrementAndGet() + "-" + Long.toString(System.nanoTime(), 36);
        queues.add(name);
        return name;
    }

    NodePeer node() {
        return node(BullMq.NEWEST);
    }

    NodePeer node(BullMq release) {
        return world.peer(release);
    }

    /** A peer of this test's own, which may be killed. */
    NodePeer ownNode(BullMq release) {
        NodePeer peer = NodePeers.start(release, world.address);
        own.add(peer);
        return peer;
    }

    /** A Java worker in a process of its own; see {@link JavaProcess#start}. */
    JavaProcess javaProcess(String queue, String what) {
        JavaProcess one = JavaProcess.start(world.address, javaAddress(), queue, what);
        processes.add(one);
        return one;
    }

    /** Java on the same server; one for the whole test. */
    Queues java() {
        if (java == null) java = keep(Queues.open(javaAddress()));
        return java;
    }

    /** A Java worker that does with each job what its payload says; it ends with the test. */
    Worker work(String queue, UnaryOperator<WorkerOptions.Builder> options) {
        return work(queue, new Behaviour(), options);
    }

    Worker work(String queue, Behaviour behaviour, UnaryOperator<WorkerOptions.Builder> options) {
        released.add(behaviour);
        return java().worker(queue)
                .onAny(behaviour)
                .options(options.apply(WorkerOptions.builder()).build())
                .start();
    }

    /** Closed when the test ends. */
    Queues keep(Queues one) {
        opened.add(one);
        return one;
    }

    String javaAddress() {
        return world.address + "/0?prefix=" + World.PREFIX;
    }

    String redisAddress() {
        return world.address;
    }

    UnifiedJedis redis() {
        return world.redis;
    }

    /** The key of a queue in Redis. */
    String key(String queue, String suffix) {
        return World.PREFIX + ":" + queue + ":" + suffix;
    }

    ConsistencyChecker checker() {
        return new ConsistencyChecker(world.redis, World.PREFIX);
    }

    /** Waits until this is true. */
    void await(String what, Callable<Boolean> holds) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(holds);
    }

    /** Waits until so many jobs have finished, of whatever ending. */
    void awaitFinished(String queue, long jobs) {
        await(
                jobs + " finished jobs in " + queue,
                () -> world.redis.zcard(key(queue, "completed")) + world.redis.zcard(key(queue, "failed")) >= jobs);
    }

    /** Waits until nothing waits, is delayed, runs or awaits children. */
    void awaitQuiet(String queue) {
        await(
                "quiet in " + queue,
                () -> world.redis.llen(key(queue, "wait")) == 0
                        && world.redis.llen(key(queue, "active")) == 0
                        && world.redis.zcard(key(queue, "prioritized")) == 0
                        && world.redis.zcard(key(queue, "delayed")) == 0
                        && world.redis.zcard(key(queue, "waiting-children")) == 0);
    }

    void close() {
        for (NodePeer peer : own) peer.kill();
        for (JavaProcess process : processes) process.kill();
        released.forEach(Behaviour::release);
        opened.forEach(Queues::close);
        world.reset();
    }

    /** What the queues of a test hold, for the one who wonders why it failed. */
    String describe(String test) {
        StringBuilder text = new StringBuilder(test);
        for (String queue : queues) {
            text.append("\n").append(queue);
            new Footprint(world.redis, queue, event -> true)
                    .lines().stream()
                            .limit(LINES_DESCRIBED)
                            .forEach(line -> text.append("\n    ").append(line));
        }
        return text.toString();
    }

    /** Checks all queues, and leaves none of their keys behind. */
    void check() {
        for (String queue : queues) checker().check(queue);
        for (String queue : queues) {
            Set<String> keys = world.redis.keys(key(queue, "*"));
            if (!keys.isEmpty()) world.redis.del(keys.toArray(String[]::new));
        }
    }
}
