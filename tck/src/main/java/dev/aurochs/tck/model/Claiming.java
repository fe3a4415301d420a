package dev.aurochs.tck.model;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.Claimed.Rest;
import dev.aurochs.queue.spi.ClaimedJob;
import dev.aurochs.queue.spi.WorkerProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Leases the next jobs to a worker, and takes them from those that went away (rules C1–C5, L1–L3, L13, S1–S4). */
final class Claiming {
    private static final String TOO_MANY_STALLS = "job stalled more than allowable limit";

    private final JobList list;
    private final QueueName name;
    private final WorkerProfile worker;
    private final ModelQueue queue;

    Claiming(JobList list, QueueName name, WorkerProfile worker) {
        this.list = list;
        this.name = name;
        this.worker = worker;
        this.queue = list.queue(name);
    }

    Claimed claim(int max, LeaseToken token) {
        for (ModelJob job : list.inOrder(name, JobState.DELAYED))
            if (!JobList.due(job).isAfter(list.now())) list.toWaiting(job, false);
        if (queue.settings.paused()) return nothing(new Rest.Paused());
        Instant held = queue.settings.heldUntil().orElse(Instant.MIN);
        if (list.now().isBefore(held)) return nothing(new Rest.Limited(Optional.of(held)));
        int free = Integer.MAX_VALUE;
        if (queue.settings.concurrency().isPresent())
            free = (int) (queue.settings.concurrency().getAsInt() - list.count(name, JobState.ACTIVE));
        if (free <= 0) return nothing(new Rest.AtConcurrency());
        RateLimit limit = queue.settings.rateLimit().or(worker::limit).orElse(null);
        int room = limit == null ? Integer.MAX_VALUE : room(limit);
        if (limit != null && room == 0) return nothing(limited(limit));
        int most = Math.min(max, Math.min(free, room));
        List<ClaimedJob> jobs = take(most, token);
        if (limit != null) room -= count(jobs, limit);
        return new Claimed(jobs, rest(jobs.size() < most, free < max, room == 0 ? limit : null), List.of());
    }

    private Rest rest(boolean dry, boolean crowded, @Nullable RateLimit usedUp) {
        if (dry) {
            List<ModelJob> delayed = list.inOrder(name, JobState.DELAYED);
            return new Rest.Nothing(delayed.isEmpty() ? Optional.empty() : Optional.of(JobList.due(delayed.get(0))));
        }
        if (usedUp != null) return limited(usedUp);
        return crowded ? new Rest.AtConcurrency() : new Rest.Perhaps();
    }

    private List<ClaimedJob> take(int most, LeaseToken token) {
        List<ClaimedJob> taken = new ArrayList<>();
        for (ModelJob job : list.inOrder(name, JobState.WAITING)) {
            if (taken.size() == most) break;
            list.move(job, JobState.ACTIVE, false);
            if (job.deferredFailure == null) job.runs = job.runs.plusStarted();
            job.startedAt = list.now();
            job.worker = worker.name();
            job.session = worker.session();
            job.token = token;
            list.tell(name, new QueueEvent.Active(job.ref, list.now()));
            taken.add(new ClaimedJob(job.record(), new Lease(job.ref, token)));
        }
        if (!taken.isEmpty()) list.extend(worker.session(), list.now().plus(worker.lease()));
        return taken;
    }

    private int room(RateLimit limit) {
        return isOpen(limit) ? Math.max(0, limit.max() - queue.windowUsed) : limit.max();
    }

    /** Counts the grants into the window; the jobs that will not run use none up. */
    private int count(List<ClaimedJob> jobs, RateLimit limit) {
        int grants = (int) jobs.stream()
                .filter(job -> job.record().status().deferredFailure() == null)
                .count();
        if (grants == 0) return 0;
        if (!isOpen(limit)) {
            queue.windowStart = list.now();
            queue.windowUsed = 0;
        }
        queue.windowUsed += grants;
        return grants;
    }

    private boolean isOpen(RateLimit limit) {
        return queue.windowUsed > 0 && list.now().isBefore(queue.windowStart.plus(limit.window()));
    }

    private Rest limited(RateLimit limit) {
        return new Rest.Limited(Optional.of(queue.windowStart.plus(limit.window())));
    }

    private static Claimed nothing(Rest rest) {
        return new Claimed(List.of(), rest, List.of());
    }

    List<JobRef> recoverStalled() {
        List<JobRef> recovered = new ArrayList<>();
        for (ModelJob job : list.inOrder(name, JobState.ACTIVE)) {
            if (!list.isAbandoned(job)) continue;
            job.runs = job.runs.plusStall();
            if (job.runs.stalls() > worker.maxStalls()) job.deferredFailure = TOO_MANY_STALLS;
            list.toWaiting(job, true);
            list.tell(name, new QueueEvent.Stalled(job.ref, list.now()));
            recovered.add(job.ref);
        }
        return recovered;
    }
}
