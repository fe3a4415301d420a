package dev.aurochs.rabbitmq;

import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Limits;
import dev.aurochs.queue.spi.Traits;
import dev.aurochs.rabbitmq.flow.Flows;
import dev.aurochs.rabbitmq.wire.Link;
import dev.aurochs.rabbitmq.wire.QueueType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What this backend says about itself, by the kind of queue that keeps the jobs. */
final class RabbitInfo {
    static final Duration PAUSE_LAG = Duration.ofMillis(500);

    /** A session is handed as many jobs as it has free slots; AMQP counts no further. */
    private static final int READ_AHEAD = 65_535;

    private static final String NAME = "rabbitmq";
    private static final List<String> THREADS =
            List.of(Link.THREAD, After.THREAD, Tick.THREAD, NearHolder.THREAD, Flows.THREAD);

    private RabbitInfo() {}

    static BackendInfo of(RabbitAddress address) {
        return new BackendInfo(
                NAME,
                address.toString(),
                capabilities(address.queueType()),
                traits(address.queueType()),
                Limits.DEFAULTS,
                THREADS);
    }

    static Set<Capability> capabilities(QueueType type) {
        EnumSet<Capability> capabilities = EnumSet.of(
                Capability.SHARED,
                Capability.WORKER_LIMIT,
                Capability.RETRY_FAILED,
                Capability.ATOMIC_GROUPS,
                Capability.DYNAMIC_CHILDREN);
        if (type == QueueType.CLASSIC) capabilities.add(Capability.PRIORITIES);
        return capabilities;
    }

    private static Traits traits(QueueType type) {
        boolean quorum = type == QueueType.QUORUM;
        return new Traits(
                quorum ? Traits.AckLevel.QUORUM : Traits.AckLevel.DISK,
                Traits.AckLevel.SENT,
                Traits.Leasing.HELD_OPEN,
                Traits.Recovery.ON_DISCONNECT,
                Traits.Fence.CONNECTION,
                Traits.WindowKind.SLIDING,
                Traits.EventOrder.PER_PUBLISHER,
                new Levels(type).count(),
                READ_AHEAD,
                PAUSE_LAG);
    }
}
