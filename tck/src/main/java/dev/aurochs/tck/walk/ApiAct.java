package dev.aurochs.tck.walk;

import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Job;
import dev.aurochs.queue.JobSchedules;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.WrongStateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One command to the public API. */
sealed interface ApiAct extends Command<ApiSide, ApiAct> {
    record Pass(int millis) implements ApiAct {
        @Override
        public Object on(ApiSide side) {
            side.pass(Duration.ofMillis(millis));
            return "";
        }
    }

    /** A job to add, with those below it. */
    record Draft(int queue, String name, JobOptions options, List<Draft> children) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(name).append(" = ").append((char) ('a' + queue));
            text.append(':').append(options.id().map(Object::toString).orElse("?"));
            dev.aurochs.tck.walk.Draft.describe(options, text);
            return children.isEmpty()
                    ? text.toString()
                    : text.append(" above ").append(children).toString();
        }

        FlowNode node(ApiSide side) {
            FlowNode node = FlowNode.of(side.name(queue).value(), name, name).withOptions(options);
            for (Draft child : children) node = node.withChildren(child.node(side));
            return node;
        }

        List<Draft> smaller() {
            List<Draft> smaller = new ArrayList<>();
            for (int i = 0; i < children.size(); i++) {
                List<Draft> fewer = new ArrayList<>(children);
                fewer.remove(i);
                smaller.add(new Draft(queue, name, options, fewer));
                for (Draft child : children.get(i).smaller()) {
                    List<Draft> changed = new ArrayList<>(children);
                    changed.set(i, child);
                    smaller.add(new Draft(queue, name, options, changed));
                }
            }
            return smaller;
        }
    }

    /** Loose jobs of one queue; one alone is added by the call for one. */
    record Add(int queue, List<Draft> jobs) implements ApiAct {
        @Override
        public Object on(ApiSide side) {
            return side.add(queue, jobs);
        }

        @Override
        public List<ApiAct> smaller() {
            return Command.withoutOne(jobs).stream()
                    .<ApiAct>map(fewer -> new Add(queue, fewer))
                    .toList();
        }
    }

    record AddFlow(Draft root) implements ApiAct {
        @Override
        public Object on(ApiSide side) {
            return side.addFlow(root);
        }

        @Override
        public List<ApiAct> smaller() {
            return root.smaller().stream().<ApiAct>map(AddFlow::new).toList();
        }
    }

    record RunNext(int worker, Plan plan) implements ApiAct {
        @Override
        public Object on(ApiSide side) {
            return side.worker(worker).runNext(plan);
        }
    }

    record RunAll(int worker, Plan plan) implements ApiAct {
        @Override
        public Object on(ApiSide side) {
            return side.worker(worker).runAll(plan);
        }
    }

    record Hold(int worker) implements ApiAct {
        @Override
        public Object on(ApiSide side) {
            return side.worker(worker).hold();
        }
    }

    record RunHeld(int worker, int pick, Plan plan) implements ApiAct {
        @Override
        public Object on(ApiSide side) {
            return side.worker(worker).runHeld(pick, plan);
        }
    }

    record GiveBack(int worker, int pick) implements ApiAct {
        @Override
        public Object on(ApiSide side) {
            return side.worker(worker).giveBack(pick);
        }
    }

    record Renew(int worker) implements ApiAct {
        @Override
        public Object on(ApiSide side) {
            return side.worker(worker).renew();
        }
    }

    record Sweep(int worker) implements ApiAct {
        @Override
        public Object on(ApiSide side) {
            return side.worker(worker).sweep();
        }
    }

    record Restart(int worker) implements ApiAct {
        @Override
        public Object on(ApiSide side) {
            side.worker(worker).restart();
            return "";
        }
    }

    /** Makes or changes a schedule. */
    record Upsert(int queue, String id, Recurrence recurrence, JobOptions options, boolean atOnce) implements ApiAct {
        @Override
        public Object on(ApiSide side) {
            JobSchedules schedules = side.queue(side.name(queue)).schedules();
            JobOptions now = options.toBuilder().delay(Duration.ZERO).build();
            Job job = atOnce
                    ? schedules.upsertNow(id, recurrence, id, id, now)
                    : schedules.upsert(id, recurrence, id, id, now);
            side.remember(job.ref());
            return job.ref();
        }
    }

    record Unschedule(int queue, String id) implements ApiAct {
        @Override
        public Object on(ApiSide side) {
            return side.queue(side.name(queue)).schedules().remove(id);
        }
    }

    record Schedules(int queue) implements ApiAct {
        @Override
        public Object on(ApiSide side) {
            JobSchedules schedules = side.queue(side.name(queue)).schedules();
            return List.of(schedules.list(View.ALL).items(), schedules.count(), schedules.find("s0"));
        }
    }

    /** What may be asked of one job. */
    enum Change {
        PROMOTE,
        RESCHEDULE,
        REPRIORITISE,
        RETRY,
        RETRY_AFRESH,
        CANCEL,
        UPDATE,
        LOG,
        REMOVE,
        REMOVE_TREE,
        LEAVE_PARENT,
        REMOVE_PENDING_CHILDREN,
        FIND
    }

    record Ask(int job, Change change, int value) implements ApiAct {
        @Override
        public Object on(ApiSide side) {
            JobRef ref = side.job(job);
            Queue queue = side.queue(ref.queue());
            String id = ref.id().value();
            switch (change) {
                case PROMOTE -> queue.promote(id);
                case RESCHEDULE -> queue.reschedule(id, Duration.ofMillis(value * 100L));
                case REPRIORITISE -> queue.reprioritise(id, value);
                case RETRY -> queue.retry(id);
                case RETRY_AFRESH -> queue.retryAfresh(id);
                case CANCEL -> queue.cancel(id, "unwanted " + value);
                case UPDATE -> queue.updatePayload(id, value);
                case LOG -> queue.appendLog(id, "said " + value);
                case REMOVE -> queue.remove(id);
                case REMOVE_TREE -> {
                    return removeTree(queue, id);
                }
                case LEAVE_PARENT -> {
                    return queue.leaveParent(id);
                }
                case REMOVE_PENDING_CHILDREN -> queue.removePendingChildren(id);
                case FIND -> {
                    return List.of(queue.find(id), side.children(ref), side.log(ref));
                }
            }
            return "";
        }

        /** When several of the tree run, no rule says which of them a refusal names. */
        private static Object removeTree(Queue queue, String id) {
            try {
                queue.removeTree(id);
                return "";
            } catch (WrongStateException refused) {
                if (!String.valueOf(refused.getMessage()).endsWith(" is running")) throw refused;
                return "one of the tree is running";
            }
        }
    }

    /** What may be told to a queue. */
    enum Order {
        PAUSE,
        RESUME,
        LIMIT,
        UNLIMIT,
        BOUND,
        UNBOUND,
        HOLD,
        LIFT_HOLD,
        CAP_EVENTS,
        DRAIN,
        DRAIN_ALL,
        CLEAN,
        RETRY_FAILED,
        OBLITERATE,
        OBLITERATE_FORCED,
        OWNER,
        RELEASE,
        LIST
    }

    record Tell(int queue, Order order, int value) implements ApiAct {
        @Override
        public boolean dropsEvents() {
            return order == Order.OBLITERATE || order == Order.OBLITERATE_FORCED;
        }

        @Override
        public Object on(ApiSide side) {
            Queue told = side.queue(side.name(queue));
            switch (order) {
                case PAUSE -> told.pause();
                case RESUME -> told.resume();
                case LIMIT -> told.setRateLimit(new RateLimit(1 + value % 3, millis(100 + value * 10)));
                case UNLIMIT -> told.removeRateLimit();
                case BOUND -> told.setConcurrency(1 + value % 3);
                case UNBOUND -> told.removeConcurrency();
                case HOLD -> told.hold(millis(value * 10));
                case LIFT_HOLD -> told.liftHold();
                case CAP_EVENTS -> told.setEventCap(1_000 + value % 2 * 1_000);
                case DRAIN -> {
                    return told.drain(false);
                }
                case DRAIN_ALL -> {
                    return told.drain(true);
                }
                case CLEAN -> {
                    return told.clean(state(), millis(value % 3 * 300), value % 4);
                }
                case RETRY_FAILED -> {
                    return told.retryAllFailed();
                }
                case OBLITERATE, OBLITERATE_FORCED -> {
                    return told.obliterate(order == Order.OBLITERATE_FORCED);
                }
                case OWNER -> {
                    return told.deduplicationOwner(DeduplicationDice.id(value));
                }
                case RELEASE -> {
                    return told.releaseDeduplication(DeduplicationDice.id(value));
                }
                case LIST -> {
                    return told.list(state(), PageRequest.of(value % 3, 1 + value % 5))
                            .items();
                }
            }
            return told.settings();
        }

        private JobState state() {
            return JobState.values()[value % JobState.values().length];
        }

        private static Duration millis(int count) {
            return Duration.ofMillis(count);
        }
    }
}
