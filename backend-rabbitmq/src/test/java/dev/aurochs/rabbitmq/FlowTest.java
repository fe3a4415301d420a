package dev.aurochs.rabbitmq;

import static dev.aurochs.rabbitmq.Patience.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import dev.aurochs.queue.AddedFlow;
import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Job;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.rabbitmq.message.JobMessage;
import dev.aurochs.rabbitmq.message.LedgerEntry;
import dev.aurochs.rabbitmq.message.LedgerEntry.Verdict;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is particular about flows on this broker: ledgers that come, stay and go, and how much they hold. */
@Timeout(120)
class FlowTest extends FlowsOnBroker {
    private static final int MEBIBYTE = 1 << 20;
    private static final int ENTRIES = 500;
    private static final int COUNTS = 5_000;

    private final Map<String, String> ends = new ConcurrentHashMap<>();

    /** Completes with the job's name, or as its name says. */
    private Worker work() {
        return queues.worker("q")
                .onAny((payload, job) -> {
                    if (job.name().equals("bad")) return RunResult.fail("no");
                    if (job.name().equals("large")) return "x".repeat(MEBIBYTE - 10);
                    ends.put(job.name(), job.childResults().values().toString());
                    return job.name();
                })
                .start();
    }

    private static void during(Worker worker, Runnable story) {
        try {
            story.run();
        } finally {
            worker.close();
        }
    }

    @Test
    @DisplayName("a ledger goes with the release of its parent")
    void goes() {
        JobRef root = queues.flows()
                .add(FlowNode.of("q", "root").withChildren(FlowNode.of("q", "a"), FlowNode.of("q", "b")))
                .job()
                .ref();
        assertThat(entries(root)).isEqualTo(1);
        during(work(), () -> {
            until("the root has run", () -> ends.containsKey("root"));
            until("its ledger is gone", () -> entries(root) < 0);
        });
        assertThat(ends.get("root")).contains("\"a\"", "\"b\"");
    }

    @Test
    @DisplayName("the ledger of a parent that its child failed stays until both were retried")
    void staysWithFailedParent() {
        AddedFlow flow = queues.flows()
                .add(FlowNode.of("q", "root")
                        .withChildren(FlowNode.of("q", "bad").withOptions(onFailure(ChildFailurePolicy.FAIL_PARENT))));
        Job root = flow.job();
        Job child = flow.children().get(0).job();
        during(work(), () -> {
            until(
                    "both have failed",
                    () -> backend.counts(root.ref().queue()).of(JobState.FAILED).orElse(0) == 2);
        });
        assertThat(entries(root.ref())).isPositive();
        child.retry();
        root.retry();
        during(
                queues.worker("q")
                        .onAny((payload, job) -> {
                            if (job.name().equals("root") && job.hasPendingChildren())
                                return RunResult.waitForChildren();
                            ends.put(job.name(), job.childResults().values().toString());
                            return "mended";
                        })
                        .start(),
                () -> {
                    until("the root has run", () -> ends.containsKey("root"));
                    until("its ledger is gone", () -> entries(root.ref()) < 0);
                });
        assertThat(ends.get("root")).contains("mended");
    }

    @Test
    @DisplayName("results that are too large together fail their parent, which says how much is allowed")
    void tooLarge() {
        FlowNode large = FlowNode.of("q", "large");
        AddedFlow flow = queues.flows()
                .add(FlowNode.of("q", "outer")
                        .withChildren(FlowNode.of("q", "root")
                                .withOptions(onFailure(ChildFailurePolicy.IGNORE))
                                .withChildren(Collections.nCopies(9, large).toArray(FlowNode[]::new))));
        Map<String, String> failures = new ConcurrentHashMap<>();
        during(
                queues.worker("q")
                        .onAny((payload, job) -> {
                            if (job.name().equals("large")) return "x".repeat(MEBIBYTE - 10);
                            if (job.name().equals("outer"))
                                failures.put(
                                        "outer", job.childFailures().values().toString());
                            ends.put(job.name(), ".");
                            return null;
                        })
                        .start(),
                () -> {
                    until("the outer one has run", () -> ends.containsKey("outer"));
                });
        assertThat(ends).doesNotContainKey("root");
        assertThat(failures.get("outer"))
                .contains("results of its 9 children")
                .contains("at most " + 8 * MEBIBYTE)
                .contains("store what is large elsewhere");
        JobRef inner = flow.children().get(0).job().ref();
        until("its ledger is gone", () -> entries(inner) < 0);
    }

    @Test
    @DisplayName("what is far too large is never all in memory: the parent fails with how much it was")
    void farTooLarge() {
        AddedFlow flow = queues.flows()
                .add(FlowNode.of("q", "outer")
                        .withChildren(FlowNode.of("q", "root")
                                .withOptions(onFailure(ChildFailurePolicy.IGNORE))
                                .withChildren(Collections.nCopies(20, FlowNode.of("q", "large"))
                                        .toArray(FlowNode[]::new))));
        Map<String, String> failures = new ConcurrentHashMap<>();
        Worker worker = queues.worker("q")
                .onAny((payload, job) -> {
                    if (job.name().equals("large")) return "x".repeat(MEBIBYTE - 10);
                    failures.put(job.name(), job.childFailures().values().toString());
                    return null;
                })
                .start();
        during(worker, () -> until("the outer one has run", () -> failures.containsKey("outer")));
        assertThat(failures).doesNotContainKey("root");
        assertThat(failures.get("outer")).contains("results of its 20 children have 2", "at most " + 8 * MEBIBYTE);
        JobRef inner = flow.children().get(0).job().ref();
        until("its ledger is gone", () -> entries(inner) < 0);
    }

    @Test
    @DisplayName("a flow that does not fit into one message is refused, and nothing of it is stored")
    void flowTooLarge() {
        FlowNode fat = FlowNode.of("q", "fat", "x".repeat(MEBIBYTE - 10));
        FlowNode tree = FlowNode.of("q", "root")
                .withChildren(Collections.nCopies(16, fat).toArray(FlowNode[]::new));
        assertThatThrownBy(() -> queues.flows().add(tree))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("flow")
                .hasMessageContaining("at most")
                .hasMessageContaining("in parts");
        assertThat(ledgers).isEmpty();
    }

    @Test
    @DisplayName("a result that comes when its parent is gone opens no ledger, and an orphaned one is cleared")
    void orphans() throws Exception {
        AddedFlow flow =
                queues.flows().add(FlowNode.of("q", "root").withChildren(FlowNode.of("q", "a"), FlowNode.of("q", "b")));
        JobRef root = flow.job().ref();
        // As a broker that dies while it deletes a queue leaves it: the ledger without the parent, and a late result.
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            channel.queueDelete(name(root));
            channel.queueDeclare(name(root), true, false, false, ledgerArguments());
            JobMessage.Encoded late = LedgerEntry.write(
                    new LedgerEntry.Result(flow.children().get(0).job().ref(), Verdict.COMPLETED, Json.NULL, null));
            channel.basicPublish("", name(root), late.properties(), late.body());
        }
        during(work(), () -> {
            until("both children have run", () -> ends.keySet().containsAll(Set.of("a", "b")));
            until("the orphaned ledger is cleared", () -> entries(root) < 0);
        });
    }

    @Test
    @DisplayName("entries that came twice count once")
    void repeatedEntries() throws Exception {
        AddedFlow flow =
                queues.flows().add(FlowNode.of("q", "root").withChildren(FlowNode.of("q", "a"), FlowNode.of("q", "b")));
        JobRef root = flow.job().ref();
        JobMessage.Encoded again = LedgerEntry.write(
                new LedgerEntry.Result(flow.children().get(0).job().ref(), Verdict.COMPLETED, new Json("\"a\""), null));
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            for (int i = 0; i < 3; i++) channel.basicPublish("", name(root), again.properties(), again.body());
            channel.close();
        }
        until("they are there", () -> entries(root) == 4);
        during(work(), () -> {
            until("the root has run", () -> ends.containsKey("root"));
            assertThat(ends).containsKeys("a", "b");
            until("its ledger is gone", () -> entries(root) < 0);
        });
    }

    @Test
    @DisplayName(
            "who counts a queue while somebody takes all in hand and puts it down sees everything, or that somebody has it")
    void countedInOneStep() throws Exception {
        JobRef parent = JobRef.of("q", "counted");
        backend.parts().flows().ensureExpanding();
        ledgers.add(name(parent));
        AtomicInteger partial = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            channel.queueDeclare(name(parent), true, false, false, ledgerArguments());
            for (int i = 0; i < ENTRIES; i++) channel.basicPublish("", name(parent), null, new byte[] {1});
            until("they are there", () -> entries(parent) == ENTRIES);
            Thread counting = new Thread(() -> {
                try (Connection other = connect()) {
                    Channel asking = other.createChannel();
                    while (seen.incrementAndGet() < COUNTS) {
                        AMQP.Queue.DeclareOk there = asking.queueDeclarePassive(name(parent));
                        if (there.getMessageCount() < ENTRIES && there.getConsumerCount() == 0)
                            partial.incrementAndGet();
                    }
                } catch (Exception broken) {
                    partial.set(Integer.MAX_VALUE);
                }
            });
            counting.start();
            while (counting.isAlive()) {
                Channel reading = connection.createChannel();
                reading.basicConsume(name(parent), false, new DefaultConsumer(reading));
                while (reading.messageCount(name(parent)) > 0 && counting.isAlive()) reading.basicQos(1);
                reading.close();
            }
        }
        assertThat(partial).as("counts that missed something, of %s", COUNTS).hasValue(0);
    }
}
