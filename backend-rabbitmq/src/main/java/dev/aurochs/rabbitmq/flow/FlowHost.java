package dev.aurochs.rabbitmq.flow;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.rabbitmq.message.EventMessage;
import dev.aurochs.rabbitmq.wire.Envelope;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** What flows need of the backend that they are part of. */
public interface FlowHost {
    /** The job as a message to where it belongs, waiting or delayed; its queue is there when it returns. */
    Envelope place(JobRecord job, Instant now);

    /** The stage completes when the job is safe where it belongs. */
    CompletableFuture<Void> send(JobRecord job, Instant now);

    /** A new job has arrived in its queue. */
    void arrived(JobRef job);

    void tell(EventMessage event);

    Instant now();
}
