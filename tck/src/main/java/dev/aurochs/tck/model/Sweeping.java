package dev.aurochs.tck.model;

import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Swept;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Changes many jobs of one queue (rules K11–K16). */
final class Sweeping {
    private final JobList list;
    private final QueueName queue;
    private final Changing changing;
    private int left;
    private long done;
    private boolean more;

    Sweeping(JobList list, QueueName queue, int budget) {
        this.list = list;
        this.queue = queue;
        this.changing = new Changing(list);
        this.left = budget;
    }

    Swept sweep(BulkAction action) {
        if (action instanceof BulkAction.Drain drain) {
            sweepOut(JobState.WAITING, Instant.MAX);
            if (drain.delayed()) sweepOut(JobState.DELAYED, Instant.MAX);
        } else if (action instanceof BulkAction.Clean clean) {
            if (clean.state() != JobState.ACTIVE) sweepOut(clean.state(), clean.olderThan());
            if (done > 0) list.tell(queue, new QueueEvent.Cleaned(queue, list.now(), done));
        } else if (action instanceof BulkAction.RetryAll all) {
            each(all.from(), all.until(), job -> changing.retry(job, false));
        } else if (action instanceof BulkAction.PromoteAll) {
            each(JobState.DELAYED, Instant.MAX, job -> list.toWaiting(job, false));
        } else if (action instanceof BulkAction.Obliterate obliterate) {
            obliterate(obliterate.force());
        } else if (action instanceof BulkAction.TrimEvents trim) {
            list.queue(queue).trim(trim.keep());
        }
        return new Swept(done, more);
    }

    /** Parents first: the removal of a child may release its parent. */
    private void obliterate(boolean force) {
        if (!force && list.count(queue, JobState.ACTIVE) > 0) return;
        list.queue(queue).schedules.clear();
        long before;
        do {
            before = done;
            each(JobState.WAITING_CHILDREN, Instant.MAX, changing::removeOne);
            for (JobState state : JobState.values()) each(state, Instant.MAX, changing::removeOne);
        } while (done > before);
        if (!more) list.forget(queue);
    }

    /** Those of a state, as it is now, that finished or were created up to a moment; as many as the budget allows. */
    private void each(JobState state, Instant until, Consumer<ModelJob> change) {
        each(state, until, job -> true, change);
    }

    /** Spares the present runs of schedules. */
    private void sweepOut(JobState state, Instant until) {
        Scheduling scheduling = new Scheduling(list);
        each(state, until, job -> scheduling.current(job) == null, changing::sweepOut);
    }

    private void each(JobState state, Instant until, Predicate<ModelJob> which, Consumer<ModelJob> change) {
        List<ModelJob> there = list.inOrder(queue, state);
        for (ModelJob job : there) {
            Instant moment = job.finishedAt == null ? job.body.createdAt() : job.finishedAt;
            if (job.state != state || moment.isAfter(until) || list.find(job.ref) != job) continue;
            if (!which.test(job)) continue;
            if (left == 0) {
                more = true;
                return;
            }
            change.accept(job);
            left--;
            done++;
        }
    }
}
