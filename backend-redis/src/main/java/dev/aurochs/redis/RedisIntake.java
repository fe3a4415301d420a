package dev.aurochs.redis;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.Limits;
import dev.aurochs.redis.AddLine.Adds;
import dev.aurochs.redis.layout.JobHash;
import dev.aurochs.redis.layout.Keys;
import dev.aurochs.redis.wire.Args;
import dev.aurochs.redis.wire.Reply;
import dev.aurochs.redis.wire.Script;
import dev.aurochs.redis.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Puts units into the server, those of one call in one step, and small adds of many callers together. */
final class RedisIntake implements AutoCloseable {
    /** Larger adds make a call of their own. */
    private static final int MOST_IN_LINE = 16;

    private final Wire wire;
    private final Keys keys;
    private final JobHash hash;
    private final AddAnswer answers;
    private final AddCalls calls;
    private final AddLine line;

    RedisIntake(Wire wire, Keys keys) {
        this.wire = wire;
        this.keys = keys;
        this.hash = new JobHash(keys);
        this.answers = new AddAnswer(keys);
        this.calls = new AddCalls(wire, keys);
        this.line = new AddLine(calls);
    }

    List<CompletionStage<List<Added>>> add(List<AddUnit> units, Instant now) {
        wire.connections().requireOpen();
        if (units.isEmpty()) return List.of();
        units.forEach(RedisIntake::check);
        Optional<QueueName> queue = queueOfLooseJobs(units);
        return queue.isPresent() ? addJobs(queue.get(), units, now) : addUnits(units, now);
    }

    private List<CompletionStage<List<Added>>> addUnits(List<AddUnit> units, Instant now) {
        Args args = new Args().add(units.size());
        for (AddUnit unit : units) {
            args.add(unit.members().size());
            for (NewJob member : unit.members()) describe(member, args);
        }
        String key = keys.meta(units.get(0).members().get(0).queue());
        Reply reply = wire.run(Script.ADD, key, now, args);
        List<CompletionStage<List<Added>>> stages = new ArrayList<>(units.size());
        for (Reply unit : reply.list()) stages.add(stage(unit));
        return stages;
    }

    /** The one queue that all units concern, if each is a job that concerns no other: most adds are so. */
    private static Optional<QueueName> queueOfLooseJobs(List<AddUnit> units) {
        QueueName queue = units.get(0).members().get(0).queue();
        for (AddUnit unit : units) if (!isLoose(unit, queue)) return Optional.empty();
        return Optional.of(queue);
    }

    private static boolean isLoose(AddUnit unit, QueueName queue) {
        NewJob job = unit.members().get(0);
        return unit.members().size() == 1
                && job.queue().equals(queue)
                && job.parent() == null
                && !job.awaitsChildren()
                && job.options().deduplication().isEmpty();
    }

    private List<CompletionStage<List<Added>>> addJobs(QueueName queue, List<AddUnit> units, Instant now) {
        List<CompletableFuture<List<Added>>> stages = new ArrayList<>(units.size());
        Args jobs = new Args();
        int unnamed = 0;
        for (AddUnit unit : units) {
            NewJob job = unit.members().get(0);
            if (job.id() == null) unnamed++;
            describeLoose(job, now, jobs);
            stages.add(new CompletableFuture<>());
        }
        Adds adds = new Adds(queue, now, unnamed, jobs, stages);
        if (units.size() > MOST_IN_LINE) calls.send(adds);
        else line.add(adds);
        return List.copyOf(stages);
    }

    private void describeLoose(NewJob job, Instant now, Args args) {
        JobOptions options = job.options();
        String moment = Long.toString(now.toEpochMilli());
        String created = Long.toString(job.createdAt().toEpochMilli());
        boolean atOnce = options.delay().isZero() && options.priority() == 0 && !options.lifo();
        boolean usual = atOnce && job.id() == null && created.equals(moment);
        args.addOptional(usual ? null : "own")
                .add(job.name())
                .add(job.payload().text())
                .add(hash.options(job))
                .add(moment);
        if (usual) return;
        args.add(created)
                .addOptional(job.id())
                .addOptional(dueMillis(job))
                .add(JobHash.delayMillis(job))
                .add(options.priority())
                .add(options.lifo());
    }

    /** Ends the thread of the line. */
    @Override
    public void close() {
        line.close();
    }

    /** Rounded up: no job comes early. */
    private static @Nullable Long dueMillis(NewJob job) {
        Duration delay = job.options().delay();
        return delay.isZero()
                ? null
                : job.createdAt().plus(delay).plusNanos(999_999).toEpochMilli();
    }

    private static void check(AddUnit unit) {
        int size = unit.members().size();
        int most = Limits.DEFAULTS.maxUnit();
        InvalidInputException.unless(size >= 1 && size <= most, "unit", size + " jobs", "must have 1 to " + most);
    }

    private void describe(NewJob job, Args args) {
        args.add(job.queue().value())
                .addOptional(job.id())
                .addOptional(job.parent() == null ? null : keys.job(job.parent().parent()))
                .addOptional(
                        job.parentLease() == null
                                ? null
                                : job.parentLease().token().value())
                .add(job.awaitsChildren())
                .addOptional(dueMillis(job))
                .add(job.options().lifo())
                .addOptional(JobHash.deduplication(job.options()))
                .addAll(hash.write(job));
    }

    private CompletionStage<List<Added>> stage(Reply unit) {
        if (unit.verdict().equals("failed"))
            return CompletableFuture.failedStage(new BackendUnavailableException(
                    "the server could not store a unit: " + unit.subject(), Outcome.UNKNOWN, null));
        return CompletableFuture.completedStage(
                unit.list().stream().map(answers::read).toList());
    }
}
