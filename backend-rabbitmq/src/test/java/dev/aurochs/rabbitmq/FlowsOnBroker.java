package dev.aurochs.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.rabbitmq.flow.Step;
import dev.aurochs.rabbitmq.wire.QueueArguments;
import dev.aurochs.rabbitmq.wire.QueueType;
import dev.aurochs.rabbitmq.wire.ServerVersion;
import dev.aurochs.tck.server.RabbitServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** A backend on the shared broker with a prefix of its own, whose queues go after each test. */
abstract class FlowsOnBroker {
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private final String prefix = "flow" + ProcessHandle.current().pid() + "-" + PREFIXES.incrementAndGet();
    final RabbitBackend backend = open();
    final Queues queues = Queues.over(backend, Instant::now);
    final Set<String> ledgers = ConcurrentHashMap.newKeySet();

    FlowsOnBroker() {
        backend.parts().flows().watch((step, job) -> {
            if (step == Step.LEDGER_DECLARED) ledgers.add(name(job));
        });
    }

    /** One more on the same queues, as in another process. */
    final RabbitBackend open() {
        return (RabbitBackend) new RabbitBackendProvider()
                .open(BackendAddress.parse(RabbitServer.shared().address() + "?prefix=" + prefix));
    }

    @AfterEach
    void end() throws Exception {
        Set<String> all = backend.parts().topology().queues();
        queues.close();
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            for (String queue : all) channel.queueDelete(queue);
            for (String ledger : ledgers) channel.queueDelete(ledger);
        }
    }

    static Connection connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(RabbitServer.shared().host());
        factory.setPort(RabbitServer.shared().port());
        return factory.newConnection();
    }

    String name(JobRef parent) {
        return backend.parts().names().ledger(parent);
    }

    long entries(JobRef parent) {
        return backend.parts().topology().ready(name(parent));
    }

    static Map<String, Object> ledgerArguments() {
        return new QueueArguments(QueueType.CLASSIC, ServerVersion.of(Map.of("version", "3.10.8")), Duration.ofDays(1))
                .ledger();
    }

    static JobOptions onFailure(ChildFailurePolicy policy) {
        return JobOptions.builder().childFailurePolicy(policy).build();
    }
}
