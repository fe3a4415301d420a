package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Swept;
import dev.aurochs.rabbitmq.message.EventMessage;
import dev.aurochs.rabbitmq.message.JobMessage;
import dev.aurochs.rabbitmq.message.UnreadableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The jobs of a queue that failed for good. Whoever edits them takes them in hand, alone: the broker lets one consume
 * at a time. Those that are to run again are published and then acknowledged, the others go back.
 */
final class FailedSet {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long STEP_MILLIS = 20;
    private static final int ALL = 0;

    private final Parts parts;
    private final LocalQueue queue;
    private final String name;

    FailedSet(Parts parts, QueueName queue) {
        this.parts = parts;
        this.queue = parts.queue(queue);
        this.name = parts.names().failed(queue);
    }

    /** False when no failed job has that id. Takes the whole set in hand. */
    boolean retry(JobId id, boolean resetCounters, Instant now) {
        return edit(ALL, job -> job.id().equals(id), resetCounters, now).done() > 0;
    }

    /** The oldest first, as many as {@code budget} at most. */
    Swept retryAll(Instant until, int budget, Instant now) {
        return edit(budget, job -> !finished(job).isAfter(until), false, now);
    }

    private static Instant finished(JobRecord job) {
        Instant at = job.status().finishedAt();
        return at == null ? Instant.MIN : at;
    }

    private Swept edit(int most, Predicate<JobRecord> chosen, boolean resetCounters, Instant now) {
        parts.topology().declare(queue.name());
        LinkedBlockingQueue<Parcel> delivered = new LinkedBlockingQueue<>();
        Inlet inlet = new Inlet(parts.link().consuming().channel(), name, delivered::add, () -> {});
        List<Parcel> rest = new ArrayList<>();
        try {
            inlet.consume(most);
            List<Parcel> parcels = collect(inlet, delivered, most);
            long done = 0;
            for (Parcel parcel : parcels) {
                Optional<JobRecord> job = job(parcel, now).filter(chosen);
                if (job.isPresent()) {
                    revive(parcel, job.get(), resetCounters, now);
                    done++;
                } else {
                    rest.add(parcel);
                }
            }
            return new Swept(done, most > 0 && done == most);
        } finally {
            inlet.stop();
            rest.addAll(delivered);
            rest.forEach(Parcel::giveBack);
            inlet.awaitGivenBack();
            inlet.retire();
            parts.retired().add(inlet);
        }
    }

    /** All that are there, or as many as asked for; waits while somebody else edits. */
    private List<Parcel> collect(Inlet inlet, LinkedBlockingQueue<Parcel> delivered, int most) {
        List<Parcel> parcels = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (most == ALL || parcels.size() < most) {
            int ready = inlet.sync();
            boolean more = delivered.drainTo(parcels) > 0;
            if (!more && ready == 0) return parcels;
            if (more) continue;
            if (System.nanoTime() > deadline)
                throw new BackendUnavailableException(
                        "the failed jobs of queue '" + queue.name() + "' are in somebody else's hands; try again",
                        Outcome.NOT_APPLIED,
                        null);
            pause(delivered, parcels);
        }
        return parcels;
    }

    private static void pause(LinkedBlockingQueue<Parcel> delivered, List<Parcel> parcels) {
        try {
            Parcel next = delivered.poll(STEP_MILLIS, TimeUnit.MILLISECONDS);
            if (next != null) parcels.add(next);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty for what is no job: it stays. */
    private Optional<JobRecord> job(Parcel parcel, Instant now) {
        try {
            boolean stray = Strays.isStray(parcel.properties());
            return stray
                    ? Optional.empty()
                    : Optional.of(JobMessage.read(queue.name(), parcel.properties(), parcel.body(), now));
        } catch (UnreadableException damaged) {
            return Optional.empty();
        }
    }

    private void revive(Parcel parcel, JobRecord job, boolean resetCounters, Instant now) {
        Waits.join(parts.sender().send(Records.revived(job, resetCounters), now), "retrying job " + job.ref());
        parcel.acknowledge();
        parts.teller().tell(EventMessage.waiting(job.ref(), now, JobState.FAILED));
    }
}
