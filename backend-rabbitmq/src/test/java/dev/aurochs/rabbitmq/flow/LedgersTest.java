package dev.aurochs.rabbitmq.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.rabbitmq.wire.BrokerAddress;
import dev.aurochs.rabbitmq.wire.Link;
import dev.aurochs.rabbitmq.wire.Names;
import dev.aurochs.rabbitmq.wire.Publisher;
import dev.aurochs.rabbitmq.wire.QueueArguments;
import dev.aurochs.rabbitmq.wire.QueueType;
import dev.aurochs.tck.server.RabbitServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who wants a ledger gets it, one after the other. */
@Timeout(120)
class LedgersTest {
    private static final JobRef PARENT = JobRef.of("q", "parent");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    @DisplayName("several that wait for an empty ledger at the same time all get it")
    void emptyAndWanted() throws Exception {
        RabbitServer server = RabbitServer.shared();
        List<BrokerAddress.Host> hosts = List.of(new BrokerAddress.Host(server.host(), server.port()));
        try (Link link = Link.to(new BrokerAddress(hosts, null, null, "/", false))) {
            Names names = new Names(UUID.randomUUID().toString());
            QueueArguments arguments = new QueueArguments(QueueType.CLASSIC, link.version(), Duration.ofDays(1));
            Ledgers ledgers = new Ledgers(
                    link.consuming(), names, arguments, new Publisher(link.publishing(), Runnable::run, name -> {}));
            ledgers.declare(PARENT);
            Channel first = link.consuming().channel();
            first.basicConsume(names.ledger(PARENT), new DefaultConsumer(first));
            ExecutorService threads = Executors.newFixedThreadPool(3);
            List<CompletableFuture<Boolean>> takers = new ArrayList<>();
            for (int i = 0; i < 3; i++) takers.add(CompletableFuture.supplyAsync(() -> isTaken(ledgers), threads));
            while (first.consumerCount(names.ledger(PARENT)) < 4) Thread.onSpinWait();
            first.close();
            for (CompletableFuture<Boolean> taker : takers)
                assertThat(taker).succeedsWithin(PATIENCE).isEqualTo(true);
            ledgers.delete(PARENT, 0);
            threads.shutdown();
        }
    }

    private static boolean isTaken(Ledgers ledgers) {
        try (HeldLedger held = ledgers.take(PARENT).orElseThrow()) {
            return !held.state().hasRoot();
        }
    }
}
