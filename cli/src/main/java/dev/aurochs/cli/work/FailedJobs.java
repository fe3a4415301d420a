package dev.aurochs.cli.work;

import dev.aurochs.cli.output.Texts;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.QueueEvents;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.spi.Capability;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The jobs that fail for good in this process, also those that fail without a run: they stalled too often, expired, or
 * a child of theirs failed. No handler sees those; the queue's events tell of them. Thread-safe.
 */
final class FailedJobs implements AutoCloseable {
    private static final int MOST_LOOKED_AT = 100;

    private final Queues queues;
    private final List<Queue> watched;
    private final String worker;
    private final Tally tally;
    private final PrintStream err;
    private final QueueEvents events;

    /** Listens from now on; {@code worker} is the name of all workers of this process. */
    FailedJobs(Queues queues, Plan plan, Tally tally, PrintStream err) {
        this.queues = queues;
        this.watched =
                plan.queues().stream().map(name -> queues.queue(name.value())).toList();
        this.worker = plan.worker();
        this.tally = tally;
        this.err = err;
        String[] names = watched.stream().map(queue -> queue.name().value()).toArray(String[]::new);
        this.events =
                queues.events(names).on(QueueEvent.Failed.class, this::onFailed).start();
    }

    private void onFailed(QueueEvent.Failed failed) {
        if (tally.failedForGood(failed.job()) || !endedHere(failed.job())) return;
        tally.failedUnrun();
        String reason = Texts.cut(Texts.oneLine(Texts.firstLine(failed.reason())), 200);
        err.println(failed.queue() + "/" + failed.job().id() + ": failed without a run: " + reason);
    }

    /** A job that is gone can be told to be ours only where nobody else works. */
    private boolean endedHere(JobRef job) {
        boolean alone = !queues.info().has(Capability.SHARED);
        if (!queues.info().has(Capability.LOOKUP)) return alone;
        return queues.queue(job.queue().value())
                .find(job.id().value())
                .map(this::isOurs)
                .orElse(alone);
    }

    private boolean isOurs(JobRecord job) {
        return worker.equals(job.status().worker());
    }

    /** True when a job that is kept has failed here since {@code began}, also while its event is still on its way. */
    boolean anyKeptSince(Instant began) {
        if (!queues.info().has(Capability.LOOKUP)) return false;
        try {
            return watched.stream().anyMatch(queue -> anyKeptSince(queue, began));
        } catch (BackendUnavailableException away) {
            return false;
        }
    }

    private boolean anyKeptSince(Queue queue, Instant began) {
        return queue.list(JobState.FAILED, PageRequest.first(MOST_LOOKED_AT)).items().stream()
                .takeWhile(job -> !Objects.requireNonNullElse(job.status().finishedAt(), Instant.MAX)
                        .isBefore(began))
                .anyMatch(this::isOurs);
    }

    @Override
    public void close() {
        events.close();
    }
}
