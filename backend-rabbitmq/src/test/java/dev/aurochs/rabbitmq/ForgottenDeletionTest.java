package dev.aurochs.rabbitmq;

import static dev.aurochs.rabbitmq.Patience.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.aurochs.queue.AddedFlow;
import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;
import dev.aurochs.rabbitmq.message.JobMessage;
import dev.aurochs.rabbitmq.message.LedgerEntry;
import dev.aurochs.rabbitmq.message.LedgerEntry.Verdict;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker that was killed may have forgotten that it deleted a ledger just before. */
@Timeout(120)
class ForgottenDeletionTest extends FlowsOnBroker {
    private final AtomicInteger rootRuns = new AtomicInteger();

    @Test
    @DisplayName("an empty ledger that is there again goes when the connection is")
    void empty() throws Exception {
        AddedFlow flow = queues.flows().add(FlowNode.of("q", "root").withChildren(FlowNode.of("q", "a")));
        Worker worker = work();
        comesBack(flow.job().ref(), List.of());
        until("it is gone again", () -> entries(flow.job().ref()) < 0);
        worker.close();
        assertThat(rootRuns).hasValue(1);
    }

    @Test
    @DisplayName("a ledger that is there again with a result in it goes too")
    void withResults() throws Exception {
        AddedFlow flow = queues.flows().add(FlowNode.of("q", "root").withChildren(FlowNode.of("q", "a")));
        Worker worker = work();
        JobRef child = flow.children().get(0).job().ref();
        comesBack(flow.job().ref(), List.of(new LedgerEntry.Result(child, Verdict.COMPLETED, new Json("\"a\""), null)));
        until("it is gone again", () -> entries(flow.job().ref()) < 0);
        worker.close();
    }

    private Worker work() {
        return queues.worker("q")
                .onAny((payload, job) -> {
                    if (job.name().equals("root")) rootRuns.incrementAndGet();
                    return job.name();
                })
                .start();
    }

    /** Deleted in the end, then there once more, and the connection of those who deleted it is lost. */
    private void comesBack(JobRef parent, List<LedgerEntry> entries) throws Exception {
        until("the root has run", () -> rootRuns.get() == 1);
        until("its ledger is gone", () -> entries(parent) < 0);
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            channel.queueDeclare(name(parent), true, false, false, ledgerArguments());
            for (LedgerEntry entry : entries) {
                JobMessage.Encoded message = LedgerEntry.write(entry);
                channel.basicPublish("", name(parent), message.properties(), message.body());
            }
        }
        until("it is there", () -> entries(parent) == entries.size());
        backend.parts().link().consuming().open().abort();
    }
}
