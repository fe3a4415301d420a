package dev.aurochs.tck.model;

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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who holds which deduplication id (rules A10, A13–A18). */
final class Deduplicating {
    private final JobList list;

    Deduplicating(JobList list) {
        this.list = list;
    }

    /** What a queue knows of one id. */
    static final class Holding {
        @Nullable
        JobId owner;

        /** Null while the owner holds it until it has finished. */
        @Nullable
        Instant until;

        /** What comes when the owner has finished. */
        @Nullable
        JobBody next;

        boolean isOver(Instant now) {
            return until != null && !until.isAfter(now);
        }
    }

    @Nullable
    JobId owner(QueueName queue, String id) {
        Holding holding = all(queue).get(id);
        if (holding == null || holding.owner == null || holding.isOver(list.now())) return null;
        ModelJob owner = list.find(new JobRef(queue, holding.owner));
        boolean works = owner != null && !owner.state.isFinished();
        return holding.until != null || works ? holding.owner : null;
    }

    boolean release(QueueName queue, String id) {
        boolean held = owner(queue, id) != null;
        if (held) forgetOwner(queue, id, all(queue).get(id));
        return held;
    }

    boolean keepsOut(NewJob job) {
        JobId owner = owner(job.queue(), of(job).id());
        return owner != null && !replaces(job, new JobRef(job.queue(), owner));
    }

    private boolean replaces(NewJob job, JobRef owner) {
        boolean isParent = job.parent() != null && job.parent().parent().equals(owner);
        return of(job).replace() && !isParent && isIn(JobState.DELAYED, owner);
    }

    private boolean isIn(JobState state, JobRef ref) {
        ModelJob job = list.find(ref);
        return job != null && job.state == state;
    }

    Added keepOut(NewJob job, JobId refused) {
        Deduplication deduplication = of(job);
        Holding holding = all(job.queue()).get(deduplication.id());
        JobRef ref = new JobRef(job.queue(), refused);
        JobRef owner = new JobRef(job.queue(), holding.owner);
        if (deduplication.keepLast() && isIn(JobState.ACTIVE, owner)) {
            holding.until = null;
            holding.next = new JobBody(ref, job.name(), job.payload(), job.options(), job.createdAt(), null);
        } else if (deduplication.extend() && !deduplication.replace()) {
            ModelJob holder = list.find(owner);
            boolean works = holder != null && !holder.state.isFinished();
            if (works || !deduplication.keepLast()) holding.until = until(deduplication);
        }
        tell(owner, deduplication.id(), refused);
        return new Added.Deduplicated(owner.id());
    }

    /** Answers the delayed job whose place is taken, which is to be removed; null when nobody held the id. */
    @Nullable
    ModelJob admit(NewJob job, JobRef admitted) {
        Deduplication deduplication = of(job);
        Holding holding = all(job.queue()).computeIfAbsent(deduplication.id(), unknown -> new Holding());
        JobId before = owner(job.queue(), deduplication.id());
        boolean goesOn = before != null && deduplication.ttl() != null && !deduplication.extend();
        if (!goesOn || deduplication.keepLast()) holding.until = until(deduplication);
        holding.owner = admitted.id();
        if (before == null) return null;
        holding.next = null;
        return list.find(new JobRef(job.queue(), before));
    }

    void replaced(NewJob job, JobRef admitted, JobId before) {
        tell(admitted, of(job).id(), before);
    }

    /** To be said before the job is told to have finished. */
    void finished(ModelJob job) {
        Deduplication deduplication = job.body.options().deduplication().orElse(null);
        Holding holding = deduplication == null ? null : all(job.ref.queue()).get(deduplication.id());
        if (holding == null) return;
        boolean isOwner = job.ref.id().equals(holding.owner);
        boolean free = holding.isOver(list.now()) || isOwner && holding.until == null;
        if (holding.next != null && (free || isOwner || holding.owner == null))
            come(job.ref.queue(), deduplication.id(), holding, holding.next);
        else if (free) forgetOwner(job.ref.queue(), deduplication.id(), holding);
    }

    private void come(QueueName queue, String id, Holding holding, JobBody next) {
        if (list.find(next.ref()) != null) {
            all(queue).remove(id);
            list.tell(queue, new QueueEvent.Duplicated(next.ref(), list.now()));
            return;
        }
        holding.owner = next.ref().id();
        holding.until = null;
        holding.next = null;
        Adding.enter(
                list, new JobBody(next.ref(), next.name(), next.payload(), next.options(), list.now(), null), false);
    }

    void removed(ModelJob job) {
        Deduplication deduplication = job.body.options().deduplication().orElse(null);
        Holding holding = deduplication == null ? null : all(job.ref.queue()).get(deduplication.id());
        if (holding == null) return;
        if (holding.owner == null || holding.owner.equals(job.ref.id()))
            all(job.ref.queue()).remove(deduplication.id());
    }

    private void forgetOwner(QueueName queue, String id, Holding holding) {
        holding.owner = null;
        holding.until = null;
        if (holding.next == null) all(queue).remove(id);
    }

    private Map<String, Holding> all(QueueName queue) {
        return list.queue(queue).deduplications;
    }

    private @Nullable Instant until(Deduplication deduplication) {
        return deduplication.ttl() == null || deduplication.keepLast()
                ? null
                : list.now().plus(deduplication.ttl());
    }

    private void tell(JobRef kept, String id, JobId refused) {
        list.tell(kept.queue(), new QueueEvent.Deduplicated(kept, list.now(), id, refused));
    }

    private static Deduplication of(NewJob job) {
        return job.options().deduplication().orElseThrow();
    }
}
