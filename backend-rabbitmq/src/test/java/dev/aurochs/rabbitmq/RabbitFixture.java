package dev.aurochs.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.rabbitmq.flow.Step;
import dev.aurochs.rabbitmq.wire.Names;
import dev.aurochs.rabbitmq.wire.QueueType;
import dev.aurochs.tck.BackendFixture;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.TestTime;
import dev.aurochs.tck.server.RabbitServer;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Names of its own on the broker that all tests share; they are gone after the test. Time really passes. */
final class RabbitFixture implements BackendFixture {
    private static final AtomicLong FIXTURES = new AtomicLong();
    private static final Duration UNIT = Duration.ofMillis(100);
    private static @Nullable Channel cleaning;

    private final String prefix = "kit" + ProcessHandle.current().pid() + "-" + FIXTURES.incrementAndGet();
    private final BackendAddress address;
    private final Set<Capability> promised;
    private final Set<String> ledgers = ConcurrentHashMap.newKeySet();
    private @Nullable RabbitBackend backend;

    RabbitFixture(QueueType type, Set<Capability> promised) {
        address = BackendAddress.parse(
                RabbitServer.shared().address() + "?queueType=" + type.label() + "&prefix=" + prefix);
        this.promised = promised;
    }

    static RabbitFixture classic() {
        return new RabbitFixture(
                QueueType.CLASSIC,
                EnumSet.of(
                        Capability.SHARED,
                        Capability.WORKER_LIMIT,
                        Capability.RETRY_FAILED,
                        Capability.PRIORITIES,
                        Capability.ATOMIC_GROUPS,
                        Capability.DYNAMIC_CHILDREN));
    }

    static RabbitFixture quorum() {
        return new RabbitFixture(
                QueueType.QUORUM,
                EnumSet.of(
                        Capability.SHARED,
                        Capability.WORKER_LIMIT,
                        Capability.RETRY_FAILED,
                        Capability.ATOMIC_GROUPS,
                        Capability.DYNAMIC_CHILDREN));
    }

    @Override
    public QueueBackend open() {
        backend = (RabbitBackend) new RabbitBackendProvider().open(address);
        // Queues are declared when they are first used, which may take as long as a unit of the test's time.
        backend.parts().topology().declare(QueueName.of(QueueDriver.MAIN));
        Names names = backend.parts().names();
        backend.parts().flows().watch((step, job) -> {
            if (step == Step.LEDGER_DECLARED) ledgers.add(names.ledger(job));
        });
        return backend;
    }

    @Override
    public Set<Capability> promised() {
        return promised;
    }

    @Override
    public TestTime time() {
        return TestTime.real(UNIT);
    }

    /** Its channel is cut; the broker then needs a moment to hand out what it had. */
    @Override
    public void loseLease(TestTime time, Lease lease, Duration length) {
        opened().cut(lease);
        time.pass(UNIT);
    }

    @Override
    public void close() {
        if (backend == null) return;
        try {
            Channel channel = cleaning();
            // Nobody waits for it: the next test has names of its own.
            for (String queue : backend.parts().topology().queues()) channel.queueDeleteNoWait(queue, false, false);
            for (String ledger : ledgers) channel.queueDeleteNoWait(ledger, false, false);
            channel.exchangeDeleteNoWait(backend.parts().names().events(), false);
            channel.exchangeDeleteNoWait(backend.parts().names().control(), false);
        } catch (IOException | TimeoutException refused) {
            throw new IllegalStateException("cannot clean up on the broker", refused);
        }
    }

    private RabbitBackend opened() {
        if (backend == null) throw new IllegalStateException("nothing was opened");
        return backend;
    }

    /** One for all tests; it ends with the JVM. */
    private static synchronized Channel cleaning() throws IOException, TimeoutException {
        if (cleaning == null || !cleaning.isOpen()) {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setHost(RabbitServer.shared().host());
            factory.setPort(RabbitServer.shared().port());
            factory.setThreadFactory(task -> {
                Thread thread = new Thread(task, "cleaning");
                thread.setDaemon(true);
                return thread;
            });
            cleaning = factory.newConnection().createChannel();
        }
        return cleaning;
    }
}
