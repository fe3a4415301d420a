package dev.aurochs.tck.spec.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.Job;
import dev.aurochs.queue.QueueEvents;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Nothing to do, too much to do, and a store that goes away. */
public abstract class OutageSpec {
    private static final long MOMENT = 100;

    @Rule("W3")
    @DisplayName("W3: an idle worker asks once and then waits; added work is picked up at once")
    @Test
    void idle(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Gate gate = new Gate();
            gate.open();
            working(shop, gate);
            assertThat(gate.entersWithin(MOMENT)).isFalse();
            assertThat(shop.tap().claims()).isLessThanOrEqualTo(3);
            shop.result(shop.add("a"));
            assertThat(gate.entersWithin(MOMENT)).isTrue();
            assertThat(gate.entersWithin(MOMENT)).isFalse();
            assertThat(shop.tap().claims()).isLessThanOrEqualTo(9);
        }
    }

    @Rule("W3")
    @DisplayName("W3: a worker of a paused queue does not ask again at every add")
    @Test
    void paused(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            shop.queue().pause();
            shop.time().pass(shop.queues().info().traits().pauseLag());
            Gate gate = new Gate();
            gate.open();
            working(shop, gate);
            long begin = System.nanoTime();
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < 500; i++) jobs.add(shop.add("job " + i));
            long tens = (System.nanoTime() - begin) / 10_000_000;
            assertThat((long) shop.tap().claims()).isLessThanOrEqualTo(tens + 5);
            shop.queue().resume();
            jobs.forEach(shop::result);
        }
    }

    @Rule("W3")
    @DisplayName("W3: a delayed job wakes a waiting worker when it is due, also when another worker saw it first")
    @Test
    void due(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Gate gate = new Gate();
            working(shop, gate);
            working(shop, gate);
            Job delayed = shop.add("delayed", options -> options.delay(shop.brief()));
            Job blocks = shop.add("blocks", options -> {});
            gate.awaitEntered(2);
            assertThat(gate.order()).containsExactlyInAnyOrder("blocks", "delayed");
            gate.open();
            shop.result(blocks);
            shop.result(delayed);
        }
    }

    @Rule("W9")
    @DisplayName("W9: when the store is back a worker goes on by itself, and what ended meanwhile is stored once")
    @Test
    void comesBack(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Gate gate = new Gate();
            working(shop, gate);
            Job first = shop.add("first");
            Job second = shop.add("second");
            gate.awaitEntered(1);
            shop.tap().setAway(true);
            assertThatThrownBy(() -> shop.add("refused"))
                    .isInstanceOfSatisfying(BackendUnavailableException.class, away -> {
                        assertThat(away.isTemporary()).isTrue();
                        assertThat(away.outcomeUnknown()).isFalse();
                    });
            gate.open();
            assertThat(gate.entersWithin(MOMENT)).isFalse();
            assertThat(shop.tap().claims()).as("claims while it is away").isLessThanOrEqualTo(10);
            shop.tap().setAway(false);
            for (Job job : List.of(first, second)) {
                shop.result(job);
                shop.look(job, record -> assertThat(record.runs()).isEqualTo(new Runs(1, 1, 0)));
            }
        }
    }

    @Rule("W9")
    @DisplayName("W9: listeners go on where they were when the store is back")
    @Test
    void listenersComeBack(QueueDriver q) {
        try (Workshop shop = Workshop.over(q);
                QueueEvents events = shop.queues().events(Workshop.MAIN)) {
            Queue<String> heard = new ConcurrentLinkedQueue<>();
            events.on(QueueEvent.Added.class, event -> heard.add(event.name())).start();
            Job before = shop.add("before");
            Workshop.until("the first was heard", () -> heard.size() == 1);
            shop.tap().setAway(true);
            shop.tap().setAway(false);
            Job after = shop.add("after");
            Workshop.until("the second was heard", () -> heard.size() == 2);
            assertThat(heard).containsExactly("before", "after");
            Gate gate = new Gate();
            gate.open();
            working(shop, gate);
            shop.result(before);
            shop.result(after);
        }
    }

    @Rule("W15")
    @DisplayName(
            "W15: workers and listeners tell of a store that is away, and go on although the error listener throws")
    @Test
    void tells(QueueDriver q) {
        try (Workshop shop = Workshop.over(q);
                QueueEvents events = shop.queues().events(Workshop.MAIN)) {
            Queue<Throwable> told = new ConcurrentLinkedQueue<>();
            Queue<Throwable> toldOfEvents = new ConcurrentLinkedQueue<>();
            Queue<String> heard = new ConcurrentLinkedQueue<>();
            events.on(QueueEvent.Added.class, event -> heard.add(event.name()))
                    .onError(toldOfEvents::add)
                    .start();
            shop.worker()
                    .onError(trouble -> {
                        throw new IllegalStateException("a bad listener", trouble);
                    })
                    .onError(told::add)
                    .onAny((payload, job) -> null)
                    .start();
            shop.result(shop.add("first"));
            shop.tap().setAway(true);
            Queues elsewhere = Queues.over(q.backend(), shop.time()::now);
            Job meanwhile = elsewhere.queue(Workshop.MAIN).add("meanwhile");
            Workshop.until("both told", () -> !told.isEmpty() && !toldOfEvents.isEmpty());
            assertThat(told).hasOnlyElementsOfType(BackendUnavailableException.class);
            assertThat(toldOfEvents).hasOnlyElementsOfType(BackendUnavailableException.class);
            shop.tap().setAway(false);
            shop.result(meanwhile);
            shop.result(shop.add("second"));
            Workshop.until("the second was heard", () -> heard.contains("second"));
            assertThat(heard).containsExactly("first", "meanwhile", "second");
        }
    }

    private static void working(Workshop shop, Gate gate) {
        shop.worker()
                .onAny((payload, job) -> {
                    gate.pass(job.name());
                    return null;
                })
                .start();
    }
}
