package dev.aurochs.tck.walk;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.QueueChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One command of a walk. It names queues, workers, jobs and leases by small numbers, which each side resolves in the
 * same way, so that a script still makes sense when commands are left out of it.
 */
sealed interface Act {
    /** Gives the command to one side; answers what is to be compared. */
    Object on(Side side);

    /** True when events may be dropped unread; the walk reads them before. */
    default boolean dropsEvents() {
        return false;
    }

    /** The same with a little less in it, in every way there is. */
    default List<Act> smaller() {
        return List.of();
    }

    private static <T> List<List<T>> withoutOne(List<T> items) {
        List<List<T>> shorter = new ArrayList<>();
        for (int i = 0; items.size() > 1 && i < items.size(); i++) {
            List<T> rest = new ArrayList<>(items);
            rest.remove(i);
            shorter.add(rest);
        }
        return shorter;
    }

    record Pass(int millis) implements Act {
        @Override
        public Object on(Side side) {
            side.pass(Duration.ofMillis(millis));
            return "";
        }
    }

    record Add(List<List<Draft>> units) implements Act {
        @Override
        public Object on(Side side) {
            return side.add(units);
        }

        @Override
        public List<Act> smaller() {
            List<Act> smaller = new ArrayList<>();
            for (List<List<Draft>> fewer : withoutOne(units)) smaller.add(new Add(fewer));
            for (int i = 0; i < units.size(); i++) {
                for (List<Draft> members : withoutOne(units.get(i))) {
                    List<List<Draft>> changed = new ArrayList<>(units);
                    changed.set(i, members);
                    smaller.add(new Add(changed));
                }
            }
            return smaller;
        }
    }

    record Claim(int worker, int max) implements Act {
        @Override
        public Object on(Side side) {
            return side.worker(worker).claim(max);
        }
    }

    record Settle(int worker, List<Ending> endings) implements Act {
        @Override
        public Object on(Side side) {
            return side.worker(worker).settle(endings);
        }

        @Override
        public List<Act> smaller() {
            return withoutOne(endings).stream()
                    .<Act>map(fewer -> new Settle(worker, fewer))
                    .toList();
        }
    }

    record SettleAndClaim(int worker, List<Ending> endings, int max) implements Act {
        @Override
        public Object on(Side side) {
            return side.worker(worker).settleAndClaim(endings, max);
        }
    }

    record Renew(int worker) implements Act {
        @Override
        public Object on(Side side) {
            return side.worker(worker).renew();
        }
    }

    record Say(int worker, int lease, int what) implements Act {
        @Override
        public Object on(Side side) {
            return side.worker(worker).report(lease, what);
        }
    }

    record Restart(int worker) implements Act {
        @Override
        public Object on(Side side) {
            side.worker(worker).restart();
            return "";
        }
    }

    record Recover(int worker) implements Act {
        @Override
        public Object on(Side side) {
            return side.worker(worker).recover();
        }
    }

    record Change(int job, JobChange change) implements Act {
        @Override
        public Object on(Side side) {
            return side.backend().change(side.job(job), change, side.now());
        }
    }

    record Remove(int job, boolean withChildren) implements Act {
        @Override
        public Object on(Side side) {
            return side.backend().remove(side.job(job), withChildren, side.now());
        }
    }

    record Configure(int queue, QueueChange change) implements Act {
        @Override
        public Object on(Side side) {
            side.backend().configure(side.queue(queue), change, side.now());
            return side.backend().settings(side.queue(queue));
        }
    }

    record Sweep(int queue, BulkAction action, int budget) implements Act {
        @Override
        public Object on(Side side) {
            return side.backend().sweep(side.queue(queue), action, budget, side.now());
        }

        @Override
        public boolean dropsEvents() {
            return action instanceof BulkAction.Obliterate || action instanceof BulkAction.TrimEvents;
        }
    }

    /** Removes jobs of one state that are older than a span. */
    record Clean(int queue, JobState state, int olderMillis, int budget) implements Act {
        @Override
        public Object on(Side side) {
            BulkAction action = new BulkAction.Clean(state, side.now().minusMillis(olderMillis));
            return side.backend().sweep(side.queue(queue), action, budget, side.now());
        }
    }

    record RetryAll(int queue, JobState from, int olderMillis, int budget) implements Act {
        @Override
        public Object on(Side side) {
            BulkAction action = new BulkAction.RetryAll(from, side.now().minusMillis(olderMillis));
            return side.backend().sweep(side.queue(queue), action, budget, side.now());
        }
    }

    record Find(int job) implements Act {
        @Override
        public Object on(Side side) {
            JobRef job = side.job(job());
            PageRequest all = PageRequest.first(1_000);
            return List.of(
                    side.backend().find(List.of(job)),
                    side.backend().children(job, all).items(),
                    side.backend().log(job, all).items());
        }
    }

    record ListJobs(int queue, JobState state, int offset, int limit) implements Act {
        @Override
        public Object on(Side side) {
            return side.list(side.queue(queue), state, PageRequest.of(offset, limit));
        }
    }
}
