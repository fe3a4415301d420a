package dev.aurochs.redis;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.QueueChange;
import dev.aurochs.queue.spi.Swept;
import dev.aurochs.queue.spi.WorkerProfile;
import dev.aurochs.redis.layout.Keys;
import dev.aurochs.redis.layout.States;
import dev.aurochs.redis.wire.Args;
import dev.aurochs.redis.wire.Reply;
import dev.aurochs.redis.wire.Script;
import dev.aurochs.redis.wire.Wire;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import redis.clients.jedis.Protocol;

/** Changes from outside: to one job, to many, to a whole queue. */
final class RedisControl {
    private final Wire wire;
    private final Keys keys;
    private final KeyScan scan;

    RedisControl(Wire wire, Keys keys) {
        this.wire = wire;
        this.keys = keys;
        this.scan = new KeyScan(wire);
    }

    Changed change(JobRef job, JobChange change, Instant now) {
        if (change instanceof JobChange.Promote) return promote(job, now, now);
        if (change instanceof JobChange.Reschedule to) return promote(job, now.plus(to.delay()), now);
        if (change instanceof JobChange.Reprioritise to)
            return run(
                    Script.REPRIORITISE, job, now, args(job).add(to.priority()).add(to.lifo()));
        if (change instanceof JobChange.Retry retry)
            return run(Script.RETRY, job, now, args(job).add(retry.resetCounters()));
        if (change instanceof JobChange.Cancel cancel)
            return run(Script.CANCEL, job, now, args(job).add(cancel.reason()));
        if (change instanceof JobChange.LeaveParent) return run(Script.LEAVE_PARENT, job, now, args(job));
        if (change instanceof JobChange.RemoveChildren) return run(Script.REMOVE_CHILDREN, job, now, args(job));
        return note(job, change, now);
    }

    private Changed promote(JobRef job, Instant due, Instant now) {
        return run(
                Script.PROMOTE, job, now, args(job).add(due.plusNanos(999_999).toEpochMilli()));
    }

    private Changed note(JobRef job, JobChange change, Instant now) {
        Args args = args(job);
        if (change instanceof JobChange.SetProgress progress)
            args.add("progress").add(progress.progress().text());
        else if (change instanceof JobChange.AppendLog log) args.add("log").add(log.line());
        else if (change instanceof JobChange.ReplaceData data)
            args.add("data").add(data.payload().text());
        else throw new IllegalArgumentException("unknown change " + change);
        return run(Script.NOTE, job, now, args);
    }

    Changed remove(JobRef job, boolean withChildren, Instant now) {
        return run(Script.REMOVE, job, now, args(job).add(withChildren));
    }

    private static Args args(JobRef job) {
        return new Args().add(job.queue().value()).add(job.id().value());
    }

    private Changed run(Script script, JobRef job, Instant now, Args args) {
        Reply answer = wire.run(script, keys.meta(job.queue()), now, args);
        String subject = answer.subject();
        return switch (answer.verdict()) {
            case "done" -> new Changed.Done();
            case "wrong-state" -> new Changed.WrongState(subject.isEmpty() ? JobState.ACTIVE : States.read(subject));
            case "not-a-child" -> new Changed.NotAChild();
            case "active" -> new Changed.ActiveLeased(keys.jobAt(subject).orElse(job));
            case "current-schedule" -> new Changed.CurrentSchedule(subject);
            default -> new Changed.NoSuchJob();
        };
    }

    /** Active jobs without a lock; no second look is needed, since a claim sets the lock in the same step. */
    List<JobRef> recoverStalled(QueueName queue, WorkerProfile sweeper, Instant now) {
        Args args = new Args().add(queue.value()).add(sweeper.maxStalls());
        return wire.run(Script.RECOVER_STALLED, keys.meta(queue), now, args).list().stream()
                .map(id -> new JobRef(queue, JobId.of(id.text())))
                .toList();
    }

    void configure(QueueName queue, QueueChange change, Instant now) {
        Args args = new Args().add(queue.value());
        if (change instanceof QueueChange.SetPaused set) args.add(set.paused() ? "pause" : "resume");
        else if (change instanceof QueueChange.SetRateLimit set)
            args.add("rate-limit")
                    .addOptional(set.limit().map(RateLimit::max).orElse(null))
                    .addOptional(
                            set.limit().map(limit -> limit.window().toMillis()).orElse(null));
        else if (change instanceof QueueChange.SetConcurrency set)
            args.add("concurrency").addOptional(checked(set.max()));
        else if (change instanceof QueueChange.Hold hold)
            args.add("hold").add(hold.span().toMillis());
        else if (change instanceof QueueChange.LiftHold) args.add("lift-hold");
        else if (change instanceof QueueChange.SetEventCap set) {
            InvalidInputException.unless(set.rows() >= 0, "event cap", set.rows(), "must be 0 or more");
            args.add("event-cap").add(set.rows());
        }
        wire.run(Script.CONFIGURE, keys.meta(queue), now, args);
    }

    private static Integer checked(OptionalInt max) {
        if (max.isEmpty()) return null;
        InvalidInputException.unless(max.getAsInt() >= 1, "concurrency", max, "must be 1 or more");
        return max.getAsInt();
    }

    Swept sweep(QueueName queue, BulkAction action, int budget, Instant now) {
        InvalidInputException.unless(budget >= 1, "budget", budget, "must be 1 or more");
        if (action instanceof BulkAction.TrimEvents trim) return trim(queue, trim.keep());
        Args args = new Args().add(queue.value()).add(budget);
        if (action instanceof BulkAction.Drain drain) return sweep(Script.DRAIN, queue, now, args.add(drain.delayed()));
        if (action instanceof BulkAction.PromoteAll) return sweep(Script.PROMOTE_ALL, queue, now, args);
        if (action instanceof BulkAction.Obliterate all) return obliterate(queue, now, args.add(all.force()));
        if (action instanceof BulkAction.RetryAll all) {
            if (!all.from().isFinished()) throw new IllegalArgumentException("retry-all from " + all.from());
            return sweep(
                    Script.RETRY_ALL,
                    queue,
                    now,
                    args.add(all.from().label()).add(all.until().toEpochMilli()));
        }
        BulkAction.Clean clean = (BulkAction.Clean) action;
        if (clean.state() == JobState.ACTIVE) return new Swept(0, false);
        return sweep(
                Script.CLEAN,
                queue,
                now,
                args.add(clean.state().label()).add(clean.olderThan().toEpochMilli()));
    }

    /** Ids that dropped jobs hold stand in no list, so that the keys of the queue are gone over for them. */
    private Swept obliterate(QueueName queue, Instant now, Args args) {
        Swept swept = sweep(Script.OBLITERATE, queue, now, args);
        if (swept.more()
                || wire.command(Protocol.Command.EXISTS, keys.meta(queue)).number() == 1) return swept;
        for (String pattern : keys.everyDeduplication(queue))
            scan.keys(pattern)
                    .forEach(key -> wire.run(
                            Script.FORGET_DEDUPLICATION,
                            keys.meta(queue),
                            now,
                            new Args().add(queue.value()).add(keys.deduplicationAt(queue, key))));
        return swept;
    }

    private Swept sweep(Script script, QueueName queue, Instant now, Args args) {
        Reply answer = wire.run(script, keys.meta(queue), now, args);
        return new Swept(answer.get("done").number(), answer.get("more").number() == 1);
    }

    private Swept trim(QueueName queue, long keep) {
        wire.command(Protocol.Command.XTRIM, keys.events(queue), "MAXLEN", Long.toString(Math.max(0, keep)));
        return new Swept(0, false);
    }
}
