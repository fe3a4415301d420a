package dev.aurochs.interop;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Small stories that must leave the same keys and events behind, whoever lives through them. */
enum Scenario {
    RUN(side -> {
        side.add("n", "{a:1}", "{}");
        side.step();
    }),
    ORDER(side -> {
        side.add("p", "{}", "{priority:3}");
        side.add("a", "{}", "{}");
        side.add("q", "{}", "{priority:3}");
        side.add("b", "{}", "{lifo:true}");
        side.step();
        side.step();
        side.step();
    }),
    PROMOTE(side -> {
        String one = side.add("d", "{}", "{delay:600000}");
        String two = side.add("e", "{}", "{delay:600000,priority:2}");
        side.promote(one);
        side.promote(two);
        side.step();
    }),
    CHANGE_DELAY(side -> side.changeDelay(side.add("d", "{}", "{delay:600000}"), 900_000)),
    CHANGE_PRIORITY(side -> {
        String one = side.add("a", "{}", "{}");
        side.add("b", "{}", "{priority:5}");
        side.changePriority(one, 7);
        side.changePriority(one, 5);
        side.changePriority(one, 0);
    }),
    RETRY_AT_ONCE(side -> {
        side.add("f", "{behave:{kind:'fail',message:'no'}}", "{attempts:2}");
        side.step();
        side.step();
    }),
    RETRY_PRIORITIZED(side -> {
        side.add("f", "{behave:{kind:'fail',message:'no'}}", "{attempts:2,priority:4}");
        side.add("g", "{}", "{priority:4}");
        side.step();
    }),
    BACKOFF(side -> {
        String id = side.add(
                "f", "{behave:{kind:'failTimes',times:1}}", "{attempts:3,backoff:{type:'fixed',delay:600000}}");
        side.step();
        side.promote(id);
        side.step();
    }),
    UNRECOVERABLE(side -> {
        side.add("f", "{behave:{kind:'unrecoverable',message:'never'}}", "{attempts:3}");
        side.step();
    }),
    RETRY_BY_HAND(side -> {
        String id = side.add("f", "{behave:{kind:'failTimes',times:1}}", "{}");
        side.step();
        side.retry(id);
        side.step();
        side.retry(id);
    }),
    RETRY_ALL(side -> {
        for (int i = 0; i < 3; i++) side.add("f", "{behave:{kind:'fail',message:'no'}}", "{}");
        for (int i = 0; i < 3; i++) side.step();
        side.retryAllFailed();
    }),
    REPORTS(side -> {
        String id = side.add("r", "{behave:{kind:'progress',values:[1,{a:'b'}]}}", "{}");
        side.add("l", "{behave:{kind:'log',lines:['x','y']}}", "{}");
        side.step();
        side.step();
        side.addLog(id, "from outside");
    }),
    UPDATE(side -> side.updateData(side.add("u", "{a:1}", "{}"), "{a:2}")),
    OWN_ID(side -> {
        side.add("a", "{a:1}", "{jobId:'mine'}");
        side.add("a", "{a:2}", "{jobId:'mine'}");
    }),
    REMOVE(side -> {
        String one = side.add("a", "{}", "{}");
        String two = side.add("b", "{}", "{delay:600000}");
        String three = side.add("c", "{}", "{priority:2}");
        side.remove(one);
        side.remove(two);
        side.remove(three);
    }),
    REMOVE_FINISHED(side -> {
        String one = side.add("a", "{}", "{}");
        String two = side.add("b", "{behave:{kind:'fail',message:'no'}}", "{}");
        side.step();
        side.step();
        side.remove(one);
        side.remove(two);
    }),
    KEEP_NONE(side -> {
        side.add("a", "{}", "{removeOnComplete:true}");
        side.add("b", "{behave:{kind:'fail',message:'no'}}", "{removeOnFail:true}");
        side.step();
        side.step();
    }),
    PAUSE(side -> {
        side.add("a", "{}", "{}");
        side.pause();
        side.add("b", "{}", "{}");
        side.step();
        side.resume();
        side.step();
    }),
    CONCURRENCY(side -> {
        side.setConcurrency(2);
        side.add("a", "{}", "{}");
        side.step();
    }),
    DRAIN(side -> {
        side.add("a", "{}", "{}");
        side.add("b", "{}", "{priority:1}");
        side.add("c", "{}", "{delay:600000}");
        side.drain(false);
    }),
    DRAIN_DELAYED(side -> {
        side.add("a", "{}", "{}");
        side.add("c", "{}", "{delay:600000}");
        side.drain(true);
    }),
    CLEAN(side -> {
        side.add("a", "{}", "{}");
        side.add("b", "{behave:{kind:'fail',message:'no'}}", "{}");
        side.step();
        side.step();
        side.clean("completed");
        side.clean("failed");
    }),
    OBLITERATE(side -> {
        side.add("a", "{}", "{}");
        side.add("b", "{}", "{delay:600000}");
        side.add("c", "{}", "{priority:1}");
        side.step();
        side.obliterate();
    }),
    FLOW(side -> {
        side.addFlow("{c:1}", "{}");
        side.step();
        side.step();
    }),
    FLOW_CHILD_FAILS(side -> {
        String child = side.addFlow("{behave:{kind:'failTimes',times:1}}", "{}");
        side.step();
        side.retry(child);
        side.step();
    }),
    FLOW_FAIL_PARENT(side -> failingChild(side, "{failParentOnFailure:true}")),
    FLOW_CONTINUE_PARENT(side -> failingChild(side, "{continueParentOnFailure:true}")),
    FLOW_IGNORE(side -> failingChild(side, "{ignoreDependencyOnFailure:true}")),
    FLOW_REMOVE_DEPENDENCY(side -> failingChild(side, "{removeDependencyOnFailure:true}")),
    FLOW_CHILD_REMOVED(side -> side.remove(side.addFlow("{}", "{}"))),
    FLOW_DELAYED_PARENT(side -> {
        side.addFamily("{delay:600000}", "{}", "{}");
        side.step();
        side.step();
    }),
    FLOW_PRIORITIZED_PARENT(side -> {
        side.addFamily("{priority:5}", "{priority:9}", "{}");
        side.step();
        side.step();
    }),
    FLOW_ONE_FAILS_EARLY(side -> {
        side.addFamily("{attempts:3}", "{failParentOnFailure:true,priority:1}", "{delay:600000}");
        side.step();
    }),
    FLOW_FIRST_DONE(side -> {
        side.addFamily("{}", "{}", "{delay:600000}");
        side.step();
    }),
    FLOW_TREE_REMOVED(
            side -> side.removeTree(side.addFamily("{}", "{}", "{delay:600000}").get(0))),
    FLOW_CUT_LOOSE(side -> {
        List<String> family = side.addFamily("{}", "{}", "{}");
        side.leaveParent(family.get(0), family.get(1));
        side.step();
        side.step();
    }),
    FLOW_PENDING_REMOVED(side -> {
        List<String> family = side.addFamily("{}", "{}", "{}");
        side.step();
        side.removePendingChildren(family.get(0));
    }),
    FLOW_DRAINED(side -> {
        side.addFamily("{}", "{}", "{}");
        side.drain(false);
    }),
    FLOW_RETRIED(side -> {
        List<String> family = side.addFamily("{}", "{}", "{delay:600000}");
        side.step();
        side.retry(family.get(1));
    }),
    KEEP_NEWEST(side -> {
        for (int i = 0; i < 4; i++) side.add("n", "{}", "{removeOnComplete:2}");
        for (int i = 0; i < 4; i++) side.step();
    }),
    POSTPONE(side -> {
        side.add("p", "{behave:{kind:'postpone',ms:600000}}", "{}");
        side.step();
    }),
    RETRY_IN_FRONT(side -> {
        side.add("f", "{behave:{kind:'fail',message:'no'}}", "{attempts:2,lifo:true}");
        side.add("g", "{}", "{}");
        side.step();
    }),
    KEEP_LAST(side -> {
        String last = "{deduplication:{id:'k',keepLastIfActive:true}}";
        side.add("a", "{v:1}", last);
        side.stepAround(() -> {
            side.add("b", "{v:2}", last);
            side.add("c", "{v:3}", last);
        });
        side.step();
    }),
    KEEP_LAST_OF_FAILED(side -> {
        String last = "{deduplication:{id:'k',keepLastIfActive:true}}";
        side.add("a", "{behave:{kind:'fail',message:'no'}}", last);
        side.stepAround(() -> side.add("b", "{v:2}", "{delay:600000,deduplication:{id:'k',keepLastIfActive:true}}"));
    }),
    REMOVE_WHILE_PAUSED(side -> {
        String id = side.add("a", "{}", "{}");
        side.pause();
        side.remove(id);
        side.resume();
    }),
    DEDUPLICATION(side -> {
        side.add("a", "{}", "{deduplication:{id:'d'}}");
        side.add("b", "{}", "{deduplication:{id:'d'}}");
        side.step();
        side.add("c", "{}", "{deduplication:{id:'d'}}");
        side.release("d");
        side.add("e", "{}", "{deduplication:{id:'d'}}");
    }),
    THROTTLE(side -> {
        side.add("a", "{}", "{deduplication:{id:'d',ttl:600000}}");
        side.step();
        side.add("b", "{}", "{deduplication:{id:'d',ttl:600000}}");
        side.add("c", "{}", "{deduplication:{id:'d',ttl:600000,extend:true}}");
    }),
    DEBOUNCE(side -> {
        String late = "{delay:500000,deduplication:{id:'d',ttl:600000,extend:true,replace:true}}";
        side.add("a", "{}", late);
        side.add("b", "{}", late);
        side.add("c", "{}", late);
    });

    private final Consumer<Side> story;

    Scenario(Consumer<Side> story) {
        this.story = story;
    }

    /**
     * Whether an event is looked at. What a sweep removes Aurochs tells one by one, BullMQ in a number or not at all;
     * of a tree that is removed BullMQ tells that the parent waits before it goes.
     */
    boolean tells(String event) {
        if (event.equals("drained")) return false;
        boolean sweeps =
                Set.of(DRAIN, DRAIN_DELAYED, CLEAN, OBLITERATE, FLOW_DRAINED).contains(this);
        return this != FLOW_TREE_REMOVED && !(sweeps && event.equals("removed"));
    }

    void play(Side side) {
        story.accept(side);
    }

    private static void failingChild(Side side, String options) {
        side.addFlow("{behave:{kind:'fail',message:'no'}}", options);
        side.step();
        side.step();
    }
}
