package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.rabbitmq.message.EventMessage;
import dev.aurochs.rabbitmq.message.FlowMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Adds jobs, each a message. */
final class Producer {
    private final Parts parts;

    Producer(Parts parts) {
        this.parts = parts;
    }

    List<CompletionStage<List<Added>>> add(List<AddUnit> units, Instant now) {
        for (AddUnit unit : units) check(unit);
        List<CompletionStage<List<Added>>> stages = new ArrayList<>(units.size());
        for (AddUnit unit : units)
            stages.add(
                    isFamily(unit) ? addFamily(unit, now) : add(unit.members().get(0), now));
        parts.outbox().send();
        return stages;
    }

    /** Jobs that must be put in place together. */
    private static boolean isFamily(AddUnit unit) {
        return unit.members().size() > 1 || unit.members().get(0).parent() != null;
    }

    private CompletionStage<List<Added>> addFamily(AddUnit unit, Instant now) {
        List<FlowMessage.Member> members = new ArrayList<>();
        Map<JobRef, Lease> leases = new HashMap<>();
        for (NewJob job : unit.members()) {
            members.add(new FlowMessage.Member(record(job, now), job.awaitsChildren()));
            if (job.parentLease() != null) leases.put(job.parentLease().job(), job.parentLease());
        }
        try {
            return parts.flows().add(members, leases, parts::running);
        } catch (BackendUnavailableException away) {
            return CompletableFuture.failedStage(away);
        }
    }

    private void check(AddUnit unit) {
        BackendInfo info = parts.info();
        InvalidInputException.unless(!unit.members().isEmpty(), "unit", "0 jobs", "must have at least one");
        for (NewJob job : unit.members()) {
            boolean family = unit.members().size() > 1 || job.awaitsChildren() || job.parent() != null;
            if (job.parentLease() != null) info.require(Capability.DYNAMIC_CHILDREN, "add the jobs one by one");
            if (family) info.require(Capability.ATOMIC_GROUPS, "add the jobs one by one");
            check(job);
        }
    }

    private void check(NewJob job) {
        BackendInfo info = parts.info();
        JobOptions options = job.options();
        if (job.idSource() == NewJob.IdSource.CUSTOM) info.require(Capability.UNIQUE_IDS, "leave out the own id");
        if (options.deduplication().isPresent()) info.require(Capability.DEDUPLICATION, "leave it out");
        if (options.lifo()) info.require(Capability.LIFO, "leave out lifo");
        if (options.priority() > 0)
            info.require(Capability.PRIORITIES, "leave out the priority, or choose queueType=classic");
    }

    private CompletionStage<List<Added>> add(NewJob job, Instant now) {
        JobRecord record = record(job, now);
        LocalQueue queue = parts.queue(job.queue());
        EventMessage added = EventMessage.added(
                record.ref(), now, record.name(), record.status().dueAt());
        Journey journey = queue.departs(record.id(), added);
        CompletableFuture<Void> sent;
        try {
            sent = journey.by(() -> parts.sender().send(record, now));
        } catch (BackendUnavailableException away) {
            return CompletableFuture.failedStage(away);
        }
        return sent.thenApply(stored -> {
            journey.arrived(parts.outbox());
            queue.noteArrival();
            return List.of(new Added.Stored(record.id()));
        });
    }

    private static JobRecord record(NewJob job, Instant now) {
        JobId id = job.id() == null ? JobId.random() : job.id();
        JobBody body = new JobBody(
                new JobRef(job.queue(), id), job.name(), job.payload(), job.options(), job.createdAt(), job.parent());
        Duration delay = job.awaitsChildren() ? Duration.ZERO : job.options().delay();
        Instant due = delay.isZero() ? null : Records.dueOrNull(job.createdAt().plus(delay), now);
        JobStatus status = new JobStatus(
                due == null ? JobState.WAITING : JobState.DELAYED,
                job.options().priority(),
                Runs.NONE,
                due,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return new JobRecord(body, status, List.of());
    }
}
