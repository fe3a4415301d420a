package dev.aurochs.engine;

import dev.aurochs.engine.store.DamagedRowException;
import dev.aurochs.engine.store.DeduplicationRow;
import dev.aurochs.engine.store.RowReads;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Added;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One deduplication id while a step works on it: who holds it, whom it keeps out, and who comes next (rules A10,
 * A13–A18).
 */
final class Deduplicator {
    private final Step step;
    private final QueueName queue;
    private final String id;
    private final @Nullable DeduplicationRow row;
    private final @Nullable JobId owner;

    private Deduplicator(Step step, QueueName queue, String id) {
        this.step = step;
        this.queue = queue;
        this.id = id;
        this.row = step.rows().deduplication(queue, id);
        this.owner = owner(step.rows(), row, step.now());
    }

    /** Null for a job without a deduplication id. */
    static @Nullable Deduplicator of(Step step, QueueName queue, Optional<Deduplication> deduplication) {
        return deduplication.isEmpty()
                ? null
                : new Deduplicator(step, queue, deduplication.get().id());
    }

    /** Who holds the id now. */
    static Optional<JobId> owner(RowReads rows, QueueName queue, String id, Instant now) {
        return Optional.ofNullable(owner(rows, rows.deduplication(queue, id), now));
    }

    private static @Nullable JobId owner(RowReads rows, @Nullable DeduplicationRow row, Instant now) {
        if (row == null || row.owner() == null || row.isOver(now)) return null;
        return row.until() != null || isUnfinished(state(rows, new JobRef(row.queue(), row.owner())))
                ? row.owner()
                : null;
    }

    /** An owner that is lost holds nothing. */
    private static boolean isUnfinished(@Nullable JobState owner) {
        return owner != null && !owner.isFinished();
    }

    private static @Nullable JobState state(RowReads rows, JobRef job) {
        try {
            StateRow state = rows.state(job);
            return state == null ? null : state.state();
        } catch (DamagedRowException lost) {
            return null;
        }
    }

    /** Takes the id away from whoever holds it; true when somebody did. What is remembered stays so. */
    static boolean release(Step step, QueueName queue, String id) {
        Deduplicator deduplicator = new Deduplicator(step, queue, id);
        boolean held = deduplicator.owner != null;
        if (held) deduplicator.holdNobody();
        return held;
    }

    /** True when the job is not to be stored. */
    boolean keepsOut(NewJob job) {
        return owner != null && !replaces(job);
    }

    private boolean replaces(NewJob job) {
        JobRef holder = new JobRef(queue, owner);
        boolean isParent = job.parent() != null && job.parent().parent().equals(holder);
        return of(job).replace() && !isParent && state(step.rows(), holder) == JobState.DELAYED;
    }

    /** The answer to a job that is kept out; it may be remembered, and may make the time longer. */
    Added keepOut(NewJob job, JobId refused) {
        if (row == null || owner == null) throw new IllegalStateException("nobody holds the deduplication id " + id);
        Deduplication deduplication = of(job);
        JobState holder = state(step.rows(), new JobRef(queue, owner));
        Instant until = until(deduplication);
        if (deduplication.keepLast() && holder == JobState.ACTIVE) {
            JobBody next = new JobBody(
                    new JobRef(queue, refused), job.name(), job.payload(), job.options(), job.createdAt(), null);
            step.rows().putDeduplication(row.heldBy(owner, null).with(next));
        } else if (deduplication.extend() && !deduplication.replace() && (until != null || isUnfinished(holder))) {
            step.rows().putDeduplication(row.heldBy(owner, until));
        }
        tell(owner, refused);
        return new Added.Deduplicated(owner);
    }

    /** The job takes the id, and the place of a delayed one that held it. */
    void admit(NewJob job, JobId admitted, List<StateRow> bereft) {
        Deduplication deduplication = of(job);
        Instant until = until(deduplication);
        if (row == null || owner == null) {
            DeduplicationRow fresh = new DeduplicationRow(queue, id, admitted, until, null);
            step.rows().putDeduplication(row == null || isStale() ? fresh : fresh.with(row.next()));
            return;
        }
        boolean keepsTime = deduplication.ttl() != null && !deduplication.extend() && !deduplication.keepLast();
        RemoveJobs.replace(step, new JobRef(queue, owner)).ifPresent(bereft::add);
        step.rows().putDeduplication(new DeduplicationRow(queue, id, admitted, keepsTime ? row.until() : until, null));
        tell(admitted, owner);
    }

    /** Nobody took the id away from its owner, and yet the owner is gone. */
    private boolean isStale() {
        return row != null && row.owner() != null && row.until() == null;
    }

    /** A job with the id has finished: it holds it no more unless its time is not over, and the next one comes. */
    void finished(JobId job) {
        if (row == null) return;
        boolean releases = row.isOver(step.now()) || row.until() == null && job.equals(row.owner());
        JobBody next = row.next();
        boolean comes = next != null && (releases || row.owner() == null || job.equals(row.owner()));
        if (comes) come(next);
        else if (releases) holdNobody();
    }

    private void come(JobBody next) {
        JobRef ref = next.ref();
        boolean isThere = step.state(ref) != null;
        if (isThere) {
            step.rows().deleteDeduplication(queue, id);
            step.append(queue, List.of(new QueueEvent.Duplicated(ref, step.now())));
            return;
        }
        step.rows().putDeduplication(new DeduplicationRow(queue, id, ref.id(), null, null));
        AddJobs.enter(step, new JobBody(ref, next.name(), next.payload(), next.options(), step.now(), null), false);
    }

    /** A job with the id was removed: when it held it, nobody does, and what was remembered is forgotten. */
    void removed(JobId job) {
        if (row != null && (row.owner() == null || job.equals(row.owner())))
            step.rows().deleteDeduplication(queue, id);
    }

    private void holdNobody() {
        if (row == null || row.next() == null) step.rows().deleteDeduplication(queue, id);
        else step.rows().putDeduplication(row.heldBy(null, null));
    }

    private @Nullable Instant until(Deduplication deduplication) {
        return deduplication.ttl() == null || deduplication.keepLast()
                ? null
                : step.now().plus(deduplication.ttl());
    }

    private void tell(JobId kept, JobId refused) {
        step.append(queue, List.of(new QueueEvent.Deduplicated(new JobRef(queue, kept), step.now(), id, refused)));
    }

    private static Deduplication of(NewJob job) {
        return job.options().deduplication().orElseThrow();
    }
}
