package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.rabbitmq.message.EventMessage;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A job on its way to a queue of the broker, and what is to be told of it: once, when the broker has confirmed it or
 * hands it out, whichever is first. So nothing that happens to the job afterwards is told before. Thread-safe.
 */
final class Journey {
    private final JobId job;
    private final EventMessage event;
    private final Map<JobId, Journey> known;
    private boolean told;

    private Journey(JobId job, EventMessage event, Map<JobId, Journey> known) {
        this.job = job;
        this.event = event;
        this.known = known;
    }

    /** Known until it has ended. */
    static Journey begun(JobId job, EventMessage event, Map<JobId, Journey> known) {
        Journey journey = new Journey(job, event, known);
        known.put(job, journey);
        return journey;
    }

    synchronized void arrived(Outbox outbox) {
        if (!told) outbox.tell(event);
        told = true;
        known.remove(job, this);
    }

    /** Sends it; where that fails, there is nothing to tell. */
    CompletableFuture<Void> by(Supplier<CompletableFuture<Void>> sending) {
        boolean begun = false;
        try {
            CompletableFuture<Void> sent = sending.get();
            begun = true;
            sent.whenComplete((stored, failure) -> {
                if (failure != null) known.remove(job, this);
            });
            return sent;
        } finally {
            if (!begun) known.remove(job, this);
        }
    }
}
