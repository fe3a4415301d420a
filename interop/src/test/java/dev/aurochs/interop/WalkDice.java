package dev.aurochs.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import redis.clients.jedis.UnifiedJedis;

/** Draws steps of a walk; each is played by a {@link Side} and chooses its job by what the queue holds. */
final class WalkDice {
    private static final String[] BEHAVIOURS = {
        "{}",
        "{}",
        "{behave:{kind:'fail',message:'no'}}",
        "{behave:{kind:'failTimes',times:1}}",
        "{behave:{kind:'unrecoverable',message:'never'}}",
        "{behave:{kind:'postpone',ms:600000}}",
        "{behave:{kind:'progress',values:[1,'x']}}",
        "{behave:{kind:'log',lines:['a']}}"
    };
    private static final String[] OPTIONS = {
        "",
        "",
        "delay:600000,",
        "priority:1,",
        "priority:2,",
        "attempts:2,",
        "attempts:2,priority:2,",
        "attempts:3,backoff:{type:'fixed',delay:600000},",
        "removeOnComplete:true,",
        "removeOnComplete:1,",
        "delay:600000,priority:1,"
    };
    private static final String[] DEDUPLICATIONS = {
        "",
        "",
        "",
        "deduplication:{id:'d'},",
        "deduplication:{id:'d',ttl:600000},",
        "deduplication:{id:'d',ttl:600000,extend:true},",
        "deduplication:{id:'d',replace:true},",
        "deduplication:{id:'d',ttl:600000,extend:true,replace:true},",
        "deduplication:{id:'d',keepLastIfActive:true},"
    };
    private static final String[] POLICIES = {
        "{}",
        "{failParentOnFailure:true}",
        "{continueParentOnFailure:true}",
        "{ignoreDependencyOnFailure:true}",
        "{removeDependencyOnFailure:true}"
    };

    private final Random random;
    private final UnifiedJedis redis;

    WalkDice(long seed, UnifiedJedis redis) {
        this.random = new Random(seed);
        this.redis = redis;
    }

    /** What one side does to its queue, whose key prefix is given with it. */
    record Step(String words, BiFunction<Side, String, Boolean> does) {
        static Step of(String words, Consumer<Side> act) {
            return new Step(words, (side, base) -> {
                act.accept(side);
                return true;
            });
        }
    }

    Step step() {
        int drawn = random.nextInt(100);
        if (drawn < 30) return add();
        if (drawn < 58) return Step.of("step", Side::step);
        if (drawn < 62) return family();
        if (drawn < 66) return around();
        if (drawn < 70) return onJob("promote", "delayed", Side::promote);
        if (drawn < 73) return onJob("change delay", "delayed", (side, id) -> side.changeDelay(id, 600_000));
        if (drawn < 78) {
            int priority = random.nextInt(3);
            String from = random.nextBoolean() ? "wait" : "prioritized";
            return onJob("priority " + priority, from, (side, id) -> side.changePriority(id, priority));
        }
        if (drawn < 82) return onJob("retry", "failed", Side::retry);
        if (drawn < 87) return onJob("remove", container(), Side::remove);
        if (drawn < 89) return onJob("update", container(), (side, id) -> side.updateData(id, "{u:1}"));
        if (drawn < 91) return onJob("log", container(), (side, id) -> side.addLog(id, "line"));
        if (drawn < 93) return Step.of("release d", side -> side.release("d"));
        if (drawn < 95) return Step.of("pause", Side::pause);
        if (drawn < 98) return Step.of("resume", Side::resume);
        return sweep();
    }

    private Step sweep() {
        return switch (random.nextInt(3)) {
            case 0 -> Step.of("drain", side -> side.drain(false));
            case 1 -> Step.of("clean completed", side -> side.clean("completed"));
            default -> Step.of("clean failed", side -> side.clean("failed"));
        };
    }

    private Step add() {
        String data = of(BEHAVIOURS);
        String options = "{" + of(OPTIONS) + of(DEDUPLICATIONS) + "}";
        return Step.of("add " + data + " " + options, side -> side.add("n", data, options.replace(",}", "}")));
    }

    private Step family() {
        String policy = of(POLICIES);
        String data = of(BEHAVIOURS);
        return Step.of("flow " + data + " " + policy, side -> side.addFlow(data, policy));
    }

    private Step around() {
        Step meanwhile = random.nextInt(3) == 0 ? sweep() : add();
        return new Step("while running: " + meanwhile.words(), (side, base) -> {
            if (!holdsOne(base)) return false;
            side.stepAround(() -> meanwhile.does().apply(side, base));
            return true;
        });
    }

    /** Whether the next job would run: the queue is not paused, and no job is to fail unrun. */
    private boolean holdsOne(String base) {
        List<String> runnable = new ArrayList<>(redis.lrange(base + "wait", 0, -1));
        runnable.addAll(redis.zrange(base + "prioritized", 0, -1));
        if (runnable.isEmpty() || redis.hexists(base + "meta", "paused")) return false;
        return runnable.stream().noneMatch(id -> redis.hexists(base + id, "defa"));
    }

    private interface JobAct {
        void on(Side side, String id);
    }

    private Step onJob(String words, String container, JobAct act) {
        int which = random.nextInt(1_000);
        return new Step(words + " " + container + "#" + which, (side, base) -> {
            List<String> ids = ids(base + container);
            if (ids.isEmpty()) return false;
            act.on(side, ids.get(which % ids.size()));
            return true;
        });
    }

    private String container() {
        return of(new String[] {"wait", "prioritized", "delayed", "completed", "failed"});
    }

    /** Sorted, without the random ids of flows, which are not the same in two queues. */
    private List<String> ids(String key) {
        List<String> all = redis.type(key).equals("list") ? redis.lrange(key, 0, -1) : redis.zrange(key, 0, -1);
        return all.stream().filter(id -> id.length() < 10).sorted().toList();
    }

    private String of(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
