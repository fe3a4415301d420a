package dev.aurochs.benchmarks;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.tck.server.RabbitServer;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How soon flows are through on one RabbitMQ broker of their own: wide, deep, and many. */
final class FlowBenchmark {
    private static final int ROUNDS = 5;
    private static final int WIDE = 1_000;
    private static final int DEEP = 5;
    private static final int MANY = 500;
    private static final int CHILDREN = 3;
    private static final int CONCURRENCY = 50;
    private static final int LEDGERS = 300;
    private static final int BATCH = 50;

    private final PrintStream out;
    private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

    FlowBenchmark(PrintStream out) {
        this.out = out;
    }

    void run() throws Exception {
        try (RabbitServer server = RabbitServer.startPrivate()) {
            out.printf("%nflows on rabbitmq, medians of %d rounds after a warm-up%n", ROUNDS);
            ledgers(server);
            for (String type : List.of("classic", "quorum")) {
                try (Queues queues = Queues.open(server.address() + "?queueType=" + type + "&prefix=" + type)) {
                    out.printf("  %s queues, two workers of concurrency %d%n", type, CONCURRENCY);
                    List<Worker> workers = List.of(worker(queues, "up"), worker(queues, "down"));
                    measure("1 parent, " + WIDE + " children", "goal: at most 2.0 s", () -> wide(queues));
                    measure("a chain of " + DEEP, "", () -> deep(queues));
                    double seconds = measure(MANY + " flows of " + (CHILDREN + 1) + " jobs", "", () -> many(queues));
                    out.printf("    %-28s %.0f flows a second   goal: at least 100%n", "", MANY / seconds);
                    workers.forEach(Worker::close);
                }
            }
        }
    }

    private interface Story {
        void run() throws InterruptedException;
    }

    private double measure(String what, String goal, Story story) throws InterruptedException {
        double[] seconds = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            story.run();
            seconds[Math.max(0, round)] = (System.nanoTime() - begin) / 1e9;
        }
        Arrays.sort(seconds);
        double middle = seconds[ROUNDS / 2];
        out.printf("    %-28s %.3f s (%.3f to %.3f)   %s%n", what, middle, seconds[0], seconds[ROUNDS - 1], goal);
        return middle;
    }

    private Worker worker(Queues queues, String queue) {
        return queues.worker(queue)
                .options(WorkerOptions.builder().concurrency(CONCURRENCY).build())
                .onAny((payload, job) -> {
                    if (job.name().equals("root")) ended.add(job.id().value());
                    return job.name();
                })
                .start();
    }

    private void wide(Queues queues) throws InterruptedException {
        FlowNode child = FlowNode.of("down", "child", Map.of("n", 1));
        queues.flows()
                .add(FlowNode.of("up", "root")
                        .withChildren(Collections.nCopies(WIDE, child).toArray(FlowNode[]::new)));
        await(1);
    }

    private void deep(Queues queues) throws InterruptedException {
        FlowNode chain = FlowNode.of("down", "leaf");
        for (int level = 2; level < DEEP; level++)
            chain = FlowNode.of(level % 2 == 0 ? "up" : "down", "middle").withChildren(chain);
        queues.flows().add(FlowNode.of("up", "root").withChildren(chain));
        await(1);
    }

    private void many(Queues queues) throws InterruptedException {
        FlowNode child = FlowNode.of("down", "child", Map.of("n", 1));
        FlowNode flow = FlowNode.of("up", "root")
                .withChildren(Collections.nCopies(CHILDREN, child).toArray(FlowNode[]::new));
        for (int added = 0; added < MANY; added += BATCH)
            queues.flows().addAll(new ArrayList<>(Collections.nCopies(BATCH, flow)));
        await(MANY);
    }

    private void await(int roots) throws InterruptedException {
        for (int i = 0; i < roots; i++)
            if (ended.poll(2, TimeUnit.MINUTES) == null) throw new IllegalStateException("a flow does not end");
    }

    /** What a ledger costs the broker at least: a queue that comes and goes. */
    private void ledgers(RabbitServer server) throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(server.host());
        factory.setPort(server.port());
        try (Connection connection = factory.newConnection()) {
            Channel channel = connection.createChannel();
            double[] millis = new double[LEDGERS];
            for (int i = 0; i < LEDGERS; i++) {
                long begin = System.nanoTime();
                Map<String, Object> arguments = Map.of("x-queue-type", "classic", "x-single-active-consumer", true);
                channel.queueDeclare("bare." + i, true, false, false, arguments);
                channel.queueDelete("bare." + i);
                millis[i] = (System.nanoTime() - begin) / 1e6;
            }
            Arrays.sort(millis);
            out.printf(
                    "  a bare queue that comes and goes: p50 %.1f ms, p99 %.1f ms%n",
                    millis[LEDGERS / 2], millis[LEDGERS * 99 / 100]);
        }
    }
}
