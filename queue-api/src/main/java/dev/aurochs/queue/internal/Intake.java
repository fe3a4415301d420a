package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobNotFoundException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.WrongStateException;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.QueueBackend;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The way of new jobs into the store: checked, split into batches, bounded in flight (rules A5, A6). Thread-safe. */
public final class Intake {
    private static final int MOST_IN_FLIGHT = 10_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final QueueBackend backend;
    private final BackendInfo info;
    private final InstantSource time;
    private final Semaphore room = new Semaphore(MOST_IN_FLIGHT);

    public Intake(QueueBackend backend, InstantSource time) {
        this.backend = backend;
        this.info = backend.info();
        this.time = time;
    }

    /** Refuses what the backend cannot do; nothing has been stored then. */
    public void check(NewJob job) {
        JobOptions options = job.options();
        if (options.id().isPresent()) info.require(Capability.UNIQUE_IDS, "leave out the own id");
        if (options.priority() > 0) info.require(Capability.PRIORITIES, "leave out the priority");
        if (options.lifo()) info.require(Capability.LIFO, "leave out lifo");
        if (options.deduplication().isPresent()) info.require(Capability.DEDUPLICATION, "use an own id instead");
    }

    /** Adds units, a stage each; waits while too many jobs are unacknowledged. */
    public List<CompletionStage<List<Added>>> add(List<AddUnit> units) {
        List<CompletionStage<List<Added>>> answers = new ArrayList<>(units.size());
        for (int from = 0; from < units.size(); ) {
            int to = endOfBatch(units, from);
            send(units.subList(from, to), answers);
            from = to;
        }
        return answers;
    }

    /** As many units as a call takes by their jobs; at least one. */
    private int endOfBatch(List<AddUnit> units, int from) {
        int most = mostPerCall();
        int jobs = jobs(units.get(from));
        int to = from + 1;
        while (to < units.size() && jobs + jobs(units.get(to)) <= most) jobs += jobs(units.get(to++));
        return to;
    }

    private void send(List<AddUnit> batch, List<CompletionStage<List<Added>>> answers) {
        int unsent = 0;
        for (AddUnit unit : batch) unsent += jobs(unit);
        takeRoom(unsent);
        try {
            List<CompletionStage<List<Added>>> stages = backend.add(batch, time.instant());
            for (int i = 0; i < batch.size(); i++) {
                int jobs = jobs(batch.get(i));
                answers.add(stages.get(i).whenComplete((done, failed) -> room.release(jobs)));
                unsent -= jobs;
            }
        } finally {
            room.release(unsent);
        }
    }

    /** How much room a unit takes; never more than a call, for which small adds would hardly leave room. */
    private int jobs(AddUnit unit) {
        return Math.min(unit.members().size(), mostPerCall());
    }

    private int mostPerCall() {
        return Math.min(info.limits().maxBatch(), MOST_IN_FLIGHT);
    }

    /** Throws unless the member was stored or was there already; true when it was stored. */
    public static boolean stored(NewJob job, Added answer) {
        if (answer instanceof Added.Stored) return true;
        if (answer instanceof Added.NoSuchParent refused) throw new JobNotFoundException(refused.parent());
        if (answer instanceof Added.OtherParent refused && job.id() != null)
            throw new WrongStateException(
                    new JobRef(job.queue(), job.id()),
                    "add",
                    "it is there already and belongs to the parent " + refused.parent());
        return false;
    }

    /** The job that an answer which was {@link #stored looked at} is about: the new one, or who has its place. */
    public static JobId idOf(Added answer) {
        if (answer instanceof Added.Stored added) return added.id();
        if (answer instanceof Added.AlreadyThere there) return there.id();
        if (answer instanceof Added.Deduplicated kept) return kept.owner();
        throw new AssertionError(answer);
    }

    private void takeRoom(int count) {
        try {
            if (room.tryAcquire(count, LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) return;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BackendUnavailableException("interrupted before adding", Outcome.NOT_APPLIED, stopped);
        }
        throw new BackendUnavailableException(
                MOST_IN_FLIGHT + " added jobs are not acknowledged after " + LONGEST_WAIT.toSeconds()
                        + " s; the store does not keep up",
                Outcome.NOT_APPLIED,
                null);
    }
}
