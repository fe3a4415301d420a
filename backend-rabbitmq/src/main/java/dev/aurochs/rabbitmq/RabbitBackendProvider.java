package dev.aurochs.rabbitmq;

import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.QueueBackendProvider;
import dev.aurochs.rabbitmq.wire.Link;
import java.util.Map;
import java.util.Set;

/** Opens {@code amqp://[user:password@]host:port/vhost?queueType=classic}, and {@code amqps://} over TLS. */
public final class RabbitBackendProvider implements QueueBackendProvider {
    @Override
    public Set<String> schemes() {
        return Set.of(RabbitAddress.PLAIN, RabbitAddress.ENCRYPTED);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                RabbitAddress.QUEUE_TYPE,
                "what keeps the jobs: classic (default; with priorities) or quorum (replicated in a cluster)",
                RabbitAddress.PREFIX,
                "what the names of all queues on the broker begin with; the same for all who share them (default "
                        + RabbitAddress.DEFAULT_PREFIX + ")");
    }

    /** Connects once, so that a wrong address, user, virtual host or version is told here and not later. */
    @Override
    public QueueBackend open(BackendAddress address) {
        RabbitAddress where = RabbitAddress.of(address);
        Link link = Link.to(where.broker());
        boolean opened = false;
        try {
            RabbitBackend backend = new RabbitBackend(where, link);
            opened = true;
            return backend;
        } finally {
            if (!opened) link.close();
        }
    }
}
