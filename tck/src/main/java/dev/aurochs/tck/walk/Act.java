package dev.aurochs.tck.walk;

import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.QueueChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One command to a backend. */
sealed interface Act extends Command<Side, Act> {
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
            for (List<List<Draft>> fewer : Command.withoutOne(units)) smaller.add(new Add(fewer));
            for (int i = 0; i < units.size(); i++) {
                for (List<Draft> members : Command.withoutOne(units.get(i))) {
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
            return Command.withoutOne(endings).stream()
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

    record Owner(int queue, String deduplicationId) implements Act {
        @Override
        public Object on(Side side) {
            return side.backend().deduplicationOwner(side.queue(queue), deduplicationId, side.now());
        }
    }

    record Release(int queue, String deduplicationId) implements Act {
        @Override
        public Object on(Side side) {
            return side.backend().releaseDeduplication(side.queue(queue), deduplicationId, side.now());
        }
    }

    /** Makes or changes a schedule; by cron, with the first slot so much later. */
    record Upsert(int queue, String id, Recurrence recurrence, JobOptions options, int laterMillis) implements Act {
        @Override
        public Object on(Side side) {
            Schedule schedule = new Schedule(side.queue(queue), id, recurrence, id, Json.EMPTY_OBJECT, options);
            Optional<Instant> first = recurrence.cron() == null && laterMillis == 0
                    ? Optional.empty()
                    : Optional.of(side.now().plusMillis(laterMillis));
            return side.upsert(schedule, first);
        }
    }

    record Unschedule(int queue, String id) implements Act {
        @Override
        public Object on(Side side) {
            return side.backend().removeSchedule(side.queue(queue), id, side.now());
        }
    }

    record Chain(int worker, int lease, int laterMillis) implements Act {
        @Override
        public Object on(Side side) {
            return side.worker(worker).chain(lease, laterMillis);
        }
    }

    record ListSchedules(int queue, int offset, int limit) implements Act {
        @Override
        public Object on(Side side) {
            QueueName name = side.queue(queue);
            PageRequest page = PageRequest.of(offset, limit);
            return List.of(
                    side.backend().schedules(name, page).items(),
                    side.backend().countSchedules(name),
                    side.backend().schedule(name, "s0"));
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
