package dev.aurochs.redis;

import dev.aurochs.queue.job.BadRecord;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.Claimed.Rest;
import dev.aurochs.queue.spi.ClaimedJob;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.WorkerProfile;
import dev.aurochs.redis.layout.JobHash;
import dev.aurochs.redis.layout.UnreadableException;
import dev.aurochs.redis.wire.Args;
import dev.aurochs.redis.wire.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what a worker claims, and reads what it got. */
final class Claimer {
    private final QueueName queue;
    private final WorkerProfile worker;
    private final JobHash hash;

    Claimer(QueueName queue, WorkerProfile worker, JobHash hash) {
        this.queue = queue;
        this.worker = worker;
        this.hash = hash;
    }

    void describe(int max, LeaseToken fresh, Args args) {
        args.add(worker.name())
                .add(fresh.value())
                .add(Math.max(1, worker.lease().toMillis()))
                .add(max)
                .addOptional(worker.limit().map(limit -> limit.max()).orElse(null))
                .addOptional(
                        worker.limit().map(limit -> limit.window().toMillis()).orElse(null));
    }

    /** What was claimed, and how to end the runs of records that cannot be read. */
    record Reading(Claimed claimed, List<Settlement> unreadable) {}

    Reading read(Reply reply, LeaseToken token, Instant now) {
        List<ClaimedJob> jobs = new ArrayList<>();
        List<BadRecord> bad = new ArrayList<>();
        List<Settlement> unreadable = new ArrayList<>();
        for (Map.Entry<String, Reply> claimed : reply.get("jobs").named().entrySet()) {
            JobRef ref = new JobRef(queue, JobId.of(claimed.getKey()));
            Lease lease = new Lease(ref, token);
            try {
                Map<String, String> fields = claimed.getValue().fields();
                JobHash.begin(fields, worker.name(), now);
                jobs.add(new ClaimedJob(hash.read(ref, JobState.ACTIVE, null, fields), lease));
            } catch (UnreadableException damaged) {
                String problem = String.valueOf(damaged.getMessage());
                bad.add(new BadRecord(ref, problem));
                unreadable.add(new Settlement(lease, new Outcome.Failed(problem, List.of(Failure.of(problem, now)))));
            }
        }
        for (Reply id : reply.get("bad").list())
            bad.add(new BadRecord(
                    new JobRef(queue, JobId.of(id.text())), "it has no record; its id was taken off the queue"));
        return new Reading(new Claimed(jobs, rest(reply), bad), unreadable);
    }

    private static Rest rest(Reply reply) {
        String until = reply.get("until").text();
        Optional<Instant> moment =
                until.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(until)));
        return switch (reply.get("rest").text()) {
            case "nothing" -> new Rest.Nothing(moment);
            case "limited" -> new Rest.Limited(moment);
            case "at-concurrency" -> new Rest.AtConcurrency();
            case "paused" -> new Rest.Paused();
            default -> new Rest.Perhaps();
        };
    }
}
