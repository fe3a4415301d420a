package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.rabbitmq.flow.FlowHost;
import dev.aurochs.rabbitmq.message.EventMessage;
import dev.aurochs.rabbitmq.wire.Envelope;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Where the jobs of flows go: the same places as all others. */
final class FlowPlaces implements FlowHost {
    private final Sender sender;
    private final Teller teller;
    private final CallerTime time;
    private final Function<QueueName, LocalQueue> queues;

    FlowPlaces(Sender sender, Teller teller, CallerTime time, Function<QueueName, LocalQueue> queues) {
        this.sender = sender;
        this.teller = teller;
        this.time = time;
        this.queues = queues;
    }

    @Override
    public Envelope place(JobRecord job, Instant now) {
        return sender.envelope(job, now);
    }

    @Override
    public CompletableFuture<Void> send(JobRecord job, Instant now) {
        CompletableFuture<Void> sent = sender.send(job, now);
        if (job.status().dueAt() == null) queues.apply(job.ref().queue()).expect(sent);
        return sent;
    }

    @Override
    public void arrived(JobRef job) {
        queues.apply(job.queue()).noteArrival();
    }

    @Override
    public void tell(EventMessage event) {
        teller.tell(event);
    }

    @Override
    public Instant now() {
        return time.now();
    }
}
