package dev.aurochs.redis;

import dev.aurochs.queue.job.BackendCorruptException;
import dev.aurochs.queue.job.BadRecord;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.redis.layout.JobHash;
import dev.aurochs.redis.layout.Keys;
import dev.aurochs.redis.layout.MetaHash;
import dev.aurochs.redis.layout.States;
import dev.aurochs.redis.layout.UnreadableException;
import dev.aurochs.redis.wire.Args;
import dev.aurochs.redis.wire.Reply;
import dev.aurochs.redis.wire.Script;
import dev.aurochs.redis.wire.Wire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;

/** Looks without touching. */
final class RedisReads {
    private static final Instant NO_MOMENT = Instant.EPOCH;

    private final Wire wire;
    private final Keys keys;
    private final JobHash hash;

    RedisReads(Wire wire, Keys keys) {
        this.wire = wire;
        this.keys = keys;
        this.hash = new JobHash(keys);
    }

    List<Optional<JobRecord>> find(List<JobRef> jobs) {
        if (jobs.isEmpty()) return List.of();
        Args args = new Args().add(jobs.size());
        for (JobRef job : jobs) args.add(job.queue().value()).add(job.id().value());
        List<Reply> found = wire.run(Script.FIND, keys.meta(jobs.get(0).queue()), NO_MOMENT, args)
                .list();
        List<Optional<JobRecord>> records = new ArrayList<>(jobs.size());
        for (int i = 0; i < jobs.size(); i++) records.add(found(jobs.get(i), found.get(i)));
        return records;
    }

    private Optional<JobRecord> found(JobRef job, Reply answer) {
        if (!answer.isList()) return Optional.empty();
        try {
            return Optional.of(record(job, answer));
        } catch (UnreadableException damaged) {
            throw new BackendCorruptException("job " + job + ": " + damaged.getMessage(), damaged);
        }
    }

    /** A record that stands nowhere is on its way from one place to another in another client's hands. */
    private JobRecord record(JobRef job, Reply answer) {
        String container = answer.get("state").text();
        String score = answer.get("score").text();
        JobState state = container.isEmpty() ? JobState.WAITING : States.read(container);
        return hash.read(job, state, dueAt(state, score), answer.get("fields").fields());
    }

    private static @Nullable Instant dueAt(JobState state, String score) {
        return state == JobState.DELAYED ? Instant.ofEpochMilli(Keys.dueMillis(Long.parseLong(score))) : null;
    }

    Page<JobRecord> list(QueueName queue, JobState state, PageRequest page) {
        Args args = new Args()
                .add(queue.value())
                .add(state.label())
                .add(Pages.begin(page))
                .add(page.limit());
        Reply answer = wire.run(Script.LIST, keys.meta(queue), NO_MOMENT, args);
        List<JobRecord> records = new ArrayList<>();
        List<BadRecord> bad = new ArrayList<>();
        for (Reply entry : answer.get("entries").list()) {
            JobRef job = new JobRef(queue, JobId.of(entry.get("id").text()));
            try {
                records.add(record(job, entry));
            } catch (UnreadableException damaged) {
                bad.add(new BadRecord(job, String.valueOf(damaged.getMessage())));
            }
        }
        return Pages.of(records, bad, page, answer.get("total").number());
    }

    JobCounts counts(QueueName queue) {
        Reply answer = wire.run(Script.COUNTS, keys.meta(queue), NO_MOMENT, new Args().add(queue.value()));
        Map<String, Long> counts = new HashMap<>();
        answer.fields().forEach((name, count) -> counts.put(name, Long.valueOf(count)));
        Map<JobState, Long> states = new EnumMap<>(JobState.class);
        for (JobState state : JobState.values()) states.put(state, 0L);
        boolean paused = counts.remove("is-paused") == 1;
        counts.forEach((container, count) -> states.merge(States.read(container), count, Long::sum));
        long waiting = states.get(JobState.WAITING);
        return new JobCounts(
                states,
                OptionalLong.of(counts.get("prioritized")),
                OptionalLong.of(paused ? waiting : counts.get("paused")),
                false);
    }

    QueueSettings settings(QueueName queue) {
        Reply meta = wire.run(Script.SETTINGS, keys.meta(queue), NO_MOMENT, new Args().add(queue.value()));
        return MetaHash.read(meta.fields());
    }

    Page<Child> children(JobRef parent, PageRequest page) {
        Args args =
                new Args().add(parent.queue().value()).add(parent.id().value()).addOptional(null);
        Reply answer = wire.run(Script.CHILDREN, keys.meta(parent.queue()), NO_MOMENT, args);
        return new Children(keys).page(answer, page);
    }

    Page<String> log(JobRef job, PageRequest page) {
        long begin = Pages.begin(page);
        String key = keys.log(job);
        long total = wire.command(Protocol.Command.LLEN, key).number();
        List<String> lines = wire.command(Protocol.Command.LRANGE, key, begin, begin + page.limit() - 1).list().stream()
                .map(Reply::text)
                .toList();
        return Pages.of(lines, List.of(), page, total);
    }

    /** Goes over all keys of the database. */
    Set<QueueName> queues() {
        Set<QueueName> queues = new TreeSet<>();
        for (String key : new KeyScan(wire).keys(keys.everyMeta()))
            keys.jobAt(key).filter(keys::isMeta).ifPresent(meta -> queues.add(meta.queue()));
        return queues;
    }
}
