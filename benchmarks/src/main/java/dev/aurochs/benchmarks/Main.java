package dev.aurochs.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Runs the benchmarks that are named on the command line, or all of them. */
public final class Main {
    /** What {@code benchmarks/run} knows, in the order in which it runs all. */
    static final List<String> ALL =
            List.of("fsync", "adds", "lives", "latency", "backlog", "kill", "redis", "outage", "rabbitmq", "flows");

    private Main() {}

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
        List<String> wanted = args.length == 0 ? ALL : List.of(args);
        for (String name : wanted)
            if (!ALL.contains(name)) {
                System.err.println("unknown benchmark '" + name + "'; known: " + String.join(" ", ALL));
                System.exit(2);
            }
        PrintStream out = System.out;
        out.printf(
                "Java %s, %d processors, heap at most %d MiB%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20);
        try (Scratch scratch = new Scratch(folder())) {
            for (String name : wanted) run(name, scratch, out);
        }
    }

    private static Path folder() {
        return Path.of(System.getProperty("aurochs.benchmarks.folder", "target"));
    }

    private static void run(String name, Scratch scratch, PrintStream out) throws Exception {
        switch (name) {
            case "fsync" -> new FsyncBenchmark(scratch, out).run();
            case "adds" -> new AddBenchmark(scratch, out).run();
            case "lives" -> new LifeBenchmark(scratch, out).run();
            case "latency" -> new LatencyBenchmark(scratch, out).run();
            case "backlog" ->
                new BacklogBenchmark(scratch, out, Integer.getInteger("aurochs.benchmarks.backlog", 1_000_000)).run();
            case "redis" -> new RedisBenchmark(folder(), out).run();
            case "outage" -> new OutageBenchmark(out).run();
            case "rabbitmq" -> new RabbitBenchmark(out).run();
            case "flows" -> new FlowBenchmark(out).run();
            case "kill" -> new KillBenchmark(scratch, out).run();
            default -> throw new AssertionError(name);
        }
    }
}
