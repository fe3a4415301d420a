package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.rabbitmq.message.EventMessage;
import dev.aurochs.rabbitmq.message.JobMessage;
import dev.aurochs.rabbitmq.message.UnreadableException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens what was delivered: a job that may run, or something that must first go elsewhere. What is no job goes to the
 * failed ones, so that it never comes again and again.
 */
final class Opener {
    private static final Logger LOG = LoggerFactory.getLogger(Opener.class);

    private final LocalQueue queue;
    private final Sender sender;
    private final Outbox outbox;
    private final Strays strays;

    Opener(LocalQueue queue, Sender sender, Outbox outbox, Strays strays) {
        this.queue = queue;
        this.sender = sender;
        this.outbox = outbox;
        this.strays = strays;
    }

    /** The job that begins now; empty when nothing may run. */
    Optional<JobRecord> open(Parcel parcel, int maxStalls, Instant now) {
        JobRecord job;
        try {
            job = JobMessage.read(queue.name(), parcel.properties(), parcel.body(), now);
        } catch (UnreadableException foreign) {
            strays.putAside(queue, parcel, foreign.getMessage());
            return Optional.empty();
        }
        queue.comesBack(job.id(), outbox);
        Instant due = job.status().dueAt();
        if (due != null && due.isAfter(now)) {
            move(parcel, () -> sender.send(job, now), () -> {});
            return Optional.empty();
        }
        int times = parcel.earlierDeliveries();
        if (times == 0) return Optional.of(job);
        JobRecord stalled = Records.stalled(job, times);
        if (!parcel.isCounted()) {
            recount(parcel, stalled, now);
            return Optional.empty();
        }
        outbox.tell(EventMessage.stalled(job.ref(), now));
        return Optional.of(judged(stalled, maxStalls));
    }

    /** The job as its run begins, failed beforehand when it stalled too often. */
    static JobRecord judged(JobRecord job, int maxStalls) {
        int stalls = job.runs().stalls();
        return stalls > maxStalls && job.status().deferredFailure() == null
                ? Records.deferred(job, "job stalled more than allowable limit")
                : job;
    }

    /** Only a copy can carry the count. */
    private void recount(Parcel parcel, JobRecord stalled, Instant now) {
        LOG.warn("job {} comes back from a worker that went away", stalled.ref());
        Journey journey = queue.departs(stalled.id(), EventMessage.stalled(stalled.ref(), now));
        move(parcel, () -> journey.by(() -> sender.send(stalled, now)), () -> journey.arrived(outbox));
    }

    private void move(Parcel parcel, Supplier<CompletableFuture<Void>> sending, Runnable arrived) {
        queue.expect(sending.get().handle((done, failure) -> {
            if (failure != null) {
                parcel.giveBack();
                return null;
            }
            outbox.acknowledge(parcel);
            arrived.run();
            return null;
        }));
    }
}
