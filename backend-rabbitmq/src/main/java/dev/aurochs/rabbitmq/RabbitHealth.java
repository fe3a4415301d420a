package dev.aurochs.rabbitmq;

import dev.aurochs.queue.spi.HealthNote;
import dev.aurochs.rabbitmq.wire.Link;
import dev.aurochs.rabbitmq.wire.QueueType;
import dev.aurochs.rabbitmq.wire.Topology;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a broker is like to those who trust jobs to it, as far as AMQP tells. */
final class RabbitHealth {
    private static final int ASKS = 9;
    private static final Duration SLOW = Duration.ofMillis(10);

    private final Link link;
    private final Topology topology;
    private final QueueType type;

    RabbitHealth(Link link, Topology topology, QueueType type) {
        this.link = link;
        this.topology = topology;
        this.type = type;
    }

    List<HealthNote> notes() {
        return List.of(server(), alarm(), durability(), longRuns(), latency());
    }

    private HealthNote server() {
        return HealthNote.good("server", "RabbitMQ " + link.version().text());
    }

    private HealthNote alarm() {
        return link.publishing().alarm().isEmpty()
                ? HealthNote.good("alarms", "the broker takes messages")
                : HealthNote.broken(
                        "alarms",
                        "the broker takes no messages: " + link.publishing().alarm(),
                        "free memory or disk on the broker, or raise vm_memory_high_watermark or disk_free_limit");
    }

    private HealthNote durability() {
        String found = type == QueueType.QUORUM
                ? "quorum queues: an add is acknowledged when a majority of their members has it on disk"
                : "classic queues: an add is acknowledged when one node has it on its disk";
        return HealthNote.good(HealthNote.DURABILITY, found);
    }

    private HealthNote longRuns() {
        return link.version().takesConsumerTimeout()
                ? HealthNote.good("long runs", "a job may run for 24 hours")
                : HealthNote.risky(
                        "long runs",
                        "a job that runs longer than the broker's consumer_timeout (30 minutes unless set) is taken back"
                                + " and runs again",
                        "set consumer_timeout in rabbitmq.conf to more than your longest run, in milliseconds");
    }

    private HealthNote latency() {
        long[] nanos = new long[ASKS];
        topology.declareShared();
        for (int i = 0; i < ASKS; i++) {
            long start = System.nanoTime();
            topology.ready(topology.names().near());
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        Duration median = Duration.ofNanos(nanos[ASKS / 2]);
        String found =
                String.format(Locale.ROOT, "an answer takes %.1f ms (median of %d)", median.toNanos() / 1e6, ASKS);
        return median.compareTo(SLOW) < 0
                ? HealthNote.good("latency", found)
                : HealthNote.risky(
                        "latency",
                        found,
                        "move closer to the broker; give workers more concurrency, add jobs many in a call");
    }
}
