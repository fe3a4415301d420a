package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.rabbitmq.message.JobMessage;
import dev.aurochs.rabbitmq.wire.Envelope;
import dev.aurochs.rabbitmq.wire.Publisher;
import dev.aurochs.rabbitmq.wire.Topology;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Puts jobs where their record says that they are. Each stage completes when the broker has confirmed. */
final class Sender {
    private final Publisher publisher;
    private final Topology topology;
    private final Levels levels;

    Sender(Publisher publisher, Topology topology, Levels levels) {
        this.publisher = publisher;
        this.topology = topology;
        this.levels = levels;
    }

    /** Waiting, or delayed when it has a due moment to come. */
    CompletableFuture<Void> send(JobRecord job, Instant now) {
        return publisher.publish(envelope(job, now));
    }

    /** The message that puts it there; its queue is declared. */
    Envelope envelope(JobRecord job, Instant now) {
        QueueName queue = job.ref().queue();
        topology.declare(queue);
        Optional<String> place = job.status().dueAt() == null
                ? Optional.empty()
                : Delays.place(topology.names(), job.status().dueAt(), now);
        if (place.isEmpty()) return envelope(topology.names().waiting(queue), job);
        if (!place.get().equals(topology.names().near())) topology.declareBuckets();
        return envelope(place.get(), job);
    }

    /** Waiting, whatever its due moment. */
    CompletableFuture<Void> sendWaiting(JobRecord job) {
        return to(topology.names().waiting(job.ref().queue()), job);
    }

    /** Among the failed ones. */
    CompletableFuture<Void> sendFailed(JobRecord job) {
        return to(topology.names().failed(job.ref().queue()), job);
    }

    /** A message as it came, with nothing added but what its properties say. */
    CompletableFuture<Void> sendRaw(Envelope envelope) {
        return publisher.publish(envelope);
    }

    private CompletableFuture<Void> to(String queue, JobRecord job) {
        return publisher.publish(envelope(queue, job));
    }

    private Envelope envelope(String queue, JobRecord job) {
        JobMessage.Encoded message =
                JobMessage.write(job, levels.of(job.status().priority()));
        return Envelope.to(queue, message.properties(), message.body());
    }
}
