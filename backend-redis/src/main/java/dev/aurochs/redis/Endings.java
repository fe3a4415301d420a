package dev.aurochs.redis;

import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.WorkerProfile;
import dev.aurochs.redis.layout.FailureFields;
import dev.aurochs.redis.layout.Keys;
import dev.aurochs.redis.wire.Args;
import dev.aurochs.redis.wire.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Says how runs end, and reads what became of that. */
final class Endings {
    private final WorkerProfile worker;
    private final Keys keys;

    Endings(WorkerProfile worker, Keys keys) {
        this.worker = worker;
        this.keys = keys;
    }

    void describe(List<Settlement> batch, Args args) {
        describe(worker.completed(), args);
        describe(worker.failed(), args);
        args.add(worker.metricsPoints()).add(batch.size());
        for (Settlement settlement : batch) {
            JobRef job = settlement.lease().job();
            args.add(job.queue().value())
                    .add(job.id().value())
                    .add(settlement.lease().token().value());
            describe(settlement.outcome(), args);
        }
    }

    private static void describe(Retention keep, Args args) {
        args.add(keep.count())
                .addOptional(keep.age() == null ? null : keep.age().toMillis())
                .add(keep.limit());
    }

    private static void describe(Outcome outcome, Args args) {
        if (outcome instanceof Outcome.Completed completed) {
            args.add("completed").add(completed.result().text());
        } else if (outcome instanceof Outcome.Failed failed) {
            args.add("failed");
            describe(failed.reason(), failed.history(), args);
        } else if (outcome instanceof Outcome.Retry retry) {
            args.add("retry").add(millis(retry.due()));
            describe(retry.reason(), retry.history(), args);
        } else if (outcome instanceof Outcome.Postponed postponed) {
            args.add("postponed").add(millis(postponed.due()));
        } else if (outcome instanceof Outcome.RateLimited limited) {
            args.add("rate-limited").add(limited.hold().toMillis());
        } else {
            args.add(outcome instanceof Outcome.AwaitChildren ? "await-children" : "given-back");
        }
    }

    /** Rounded up: nothing comes early. */
    private static long millis(Instant moment) {
        return moment.plusNanos(999_999).toEpochMilli();
    }

    private static void describe(String reason, List<Failure> history, Args args) {
        args.add(reason).add(FailureFields.stacktrace(history)).add(FailureFields.faults(history));
    }

    /** What became of so many settlements; the script says nothing when all are done. */
    List<Settled> read(Reply reply, int settlements) {
        Reply verdicts = reply.get("settled");
        if (verdicts.isAbsent()) return Collections.nCopies(settlements, new Settled.Done());
        return verdicts.list().stream().map(this::read).toList();
    }

    private Settled read(Reply answer) {
        return switch (answer.verdict()) {
            case "done" -> new Settled.Done();
            case "lease-lost" -> new Settled.LeaseLost();
            case "no-such-job" -> new Settled.NoSuchJob();
            case "not-active" -> new Settled.NotActive();
            case "children-pending" -> new Settled.ChildrenPending();
            case "children-failed" -> new Settled.ChildrenFailed(children(answer));
            default -> new Settled.Refused(answer.subject());
        };
    }

    private List<JobRef> children(Reply answer) {
        List<JobRef> children = new ArrayList<>();
        List<Reply> parts = answer.list();
        for (Reply key : parts.subList(1, parts.size())) {
            Optional<JobRef> child = keys.jobAt(key.text());
            child.ifPresent(children::add);
        }
        return children;
    }
}
