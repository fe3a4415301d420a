package dev.aurochs.rabbitmq;

import static dev.aurochs.rabbitmq.Patience.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.aurochs.queue.AddedFlow;
import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.testing.ManualWorker;
import dev.aurochs.rabbitmq.flow.Step;
import dev.aurochs.rabbitmq.message.Family;
import dev.aurochs.rabbitmq.message.JobMessage;
import dev.aurochs.rabbitmq.message.LedgerEntry;
import dev.aurochs.rabbitmq.message.LedgerEntry.Result;
import dev.aurochs.rabbitmq.message.LedgerEntry.Root;
import dev.aurochs.rabbitmq.message.LedgerEntry.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A broker that was killed may have forgotten that it deleted a ledger just before, or the unit for which one was
 * declared. Here the test puts on the broker what was seen there after kills.
 */
@Timeout(120)
class ForgottenDeletionTest extends FlowsOnBroker {
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    /** How the children of each job had ended, as its run saw it. */
    private final Map<JobRef, List<Child.Status>> ran = new ConcurrentHashMap<>();

    @Test
    @DisplayName("an empty ledger that is there again goes when the connection is another one")
    void empty() throws Exception {
        AddedFlow flow = ranFlow();
        comesBack(flow);
        loseConnection(backend);
        until("it is gone again", () -> entries(root(flow)) < 0);
    }

    @Test
    @DisplayName("a ledger that is there again with results goes too, and so does one with the parent")
    void withEntries() throws Exception {
        AddedFlow one = ranFlow();
        AddedFlow two = ranFlow();
        comesBack(one, result(one));
        comesBack(two, parked(two, FIRST));
        loseConnection(backend);
        until("both are gone again", () -> entries(root(one)) < 0 && entries(root(two)) < 0);
    }

    @Test
    @DisplayName("a ledger in which the parent has come to wait again stays")
    void alive() throws Exception {
        AddedFlow alive = ranFlow();
        AddedFlow gone = ranFlow();
        comesBack(alive, parked(alive, SECOND));
        comesBack(gone, parked(gone, FIRST));
        loseConnection(backend);
        until("the other one is gone", () -> entries(root(gone)) < 0);
        until("it is in nobody's hands", () -> entries(root(alive)) == 1);
    }

    @Test
    @DisplayName("a ledger that was declared for a unit which the broker lost goes")
    void unitLost() throws Exception {
        backend.parts().flows().watch((step, job) -> {
            if (step == Step.LEDGER_DECLARED)
                throw new BackendUnavailableException(
                        "as if it died", BackendUnavailableException.Outcome.UNKNOWN, null);
        });
        AddedFlow flow = add(JobOptions.defaults());
        assertThat(entries(root(flow))).isZero();
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            until(
                    "the unit is lost",
                    () -> purges(channel, backend.parts().names().intake()));
        }
        loseConnection(backend);
        until("its ledger is gone", () -> entries(root(flow)) < 0);
    }

    private static boolean purges(Channel channel, String queue) {
        try {
            return channel.queuePurge(queue).getMessageCount() == 1;
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        }
    }

    @Test
    @DisplayName("a parent that was released with all its results and stalls does not believe what is there again")
    void stalledParent() throws Exception {
        AddedFlow flow = add(onFailure(ChildFailurePolicy.REMOVE_DEPENDENCY));
        runAll(queues, 2);
        until("the parent is released", () -> entries(root(flow)) < 0);
        RabbitBackend other = open();
        try (Queues elsewhere = Queues.over(other, Instant::now);
                ManualWorker stalls = worker(elsewhere)) {
            until("it is in hand", () -> stalls.hold().isPresent());
            comesBack(flow, parked(flow, FIRST), result(flow));
            loseConnection(other);
            until("it runs", () -> stalls.runNext().isPresent());
            assertThat(ran).containsEntry(root(flow), List.of(Child.Status.COMPLETED));
            until("its ledger is gone", () -> entries(root(flow)) < 0);
        }
    }

    private AddedFlow ranFlow() {
        AddedFlow flow = add(onFailure(ChildFailurePolicy.IGNORE));
        runAll(queues, 3);
        until("its ledger is gone", () -> entries(root(flow)) < 0);
        return flow;
    }

    private AddedFlow add(JobOptions ofBad) {
        return queues.flows()
                .add(FlowNode.of("q", "root")
                        .withChildren(FlowNode.of("q", "bad").withOptions(ofBad), FlowNode.of("q", "good")));
    }

    private void runAll(Queues of, int jobs) {
        int before = ran.size();
        try (ManualWorker worker = worker(of)) {
            until("they have run", () -> worker.runNext().isPresent() && ran.size() == before + jobs);
        }
    }

    private ManualWorker worker(Queues of) {
        return of.worker("q")
                .options(WorkerOptions.builder().concurrency(2).build())
                .onAny((payload, job) -> {
                    ran.put(
                            job.record().ref(),
                            job.children().stream().map(Child::status).toList());
                    if (job.name().equals("bad")) throw new IllegalStateException("no");
                    return job.name();
                })
                .manual();
    }

    private static JobRef root(AddedFlow flow) {
        return flow.job().ref();
    }

    private static Result result(AddedFlow flow) {
        return new Result(flow.children().get(1).job().ref(), Verdict.COMPLETED, new Json("\"good\""), null);
    }

    private static Root parked(AddedFlow flow, int generation) {
        JobBody body = new JobBody(root(flow), "root", Json.NULL, JobOptions.defaults(), Instant.EPOCH, null);
        JobStatus status = new JobStatus(
                JobState.WAITING_CHILDREN, 0, Runs.NONE, null, null, null, null, null, null, null, null, null);
        List<Child> children = flow.children().stream()
                .map(child -> new Child(child.job().ref(), Child.Status.PENDING, null, null))
                .toList();
        JobRecord job = new JobRecord(body, status, List.of());
        return new Root(Family.NONE.withChildren(children).on(job), true, generation);
    }

    private void comesBack(AddedFlow flow, LedgerEntry... entries) throws Exception {
        String name = name(root(flow));
        ledgers.add(name);
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            channel.queueDeclare(name, true, false, false, ledgerArguments());
            for (LedgerEntry entry : entries) {
                JobMessage.Encoded message = LedgerEntry.write(entry);
                channel.basicPublish("", name, message.properties(), message.body());
            }
        }
        until("it is there", () -> entries(root(flow)) == entries.length);
    }

    private static void loseConnection(RabbitBackend of) {
        of.parts().link().consuming().open().abort();
    }
}
