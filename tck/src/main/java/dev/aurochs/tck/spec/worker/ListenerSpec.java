package dev.aurochs.tck.spec.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.Job;
import dev.aurochs.queue.QueueEvents;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobFailedException;
import dev.aurochs.queue.job.JobNotFoundException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Traits.EventOrder;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** QueueEvents: listeners on a thread of their own. */
public abstract class ListenerSpec {
    @Rule("W8")
    @DisplayName("W8: a listener that throws, even an Error, is passed over; the others hear everything, in order")
    @Test
    void throwingListener(QueueDriver q) {
        try (Workshop shop = Workshop.over(q);
                QueueEvents events = shop.queues().events(Workshop.MAIN)) {
            Queue<String> heard = new ConcurrentLinkedQueue<>();
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            events.on(QueueEvent.Added.class, event -> {
                throw new IllegalStateException("a bad listener");
            });
            events.on(QueueEvent.Active.class, event -> {
                if (heard.size() < 4) throw new AssertionError("a worse one");
            });
            events.onAny(event -> heard.add(event.label()));
            events.on(QueueEvent.Completed.class, event -> done.complete(true));
            events.start();
            Job job = shop.add("a", options -> options.attempts(2));
            shop.worker()
                    .onAny((payload, context) -> {
                        context.progress(1);
                        if (context.attempt() == 1) throw new IllegalStateException("once more");
                        return null;
                    })
                    .start();
            shop.result(job);
            assertThat(Workshop.get(done)).isTrue();
            heard.remove("drained");
            List<String> expected =
                    List.of("added", "waiting", "active", "progress", "waiting", "active", "progress", "completed");
            boolean total = shop.queues().info().traits().eventOrder() == EventOrder.TOTAL;
            if (total) assertThat(heard).containsExactlyElementsOf(expected);
            else assertThat(heard).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Rule("W8")
    @DisplayName("W8: listeners run on the thread of the events, handlers on threads of the worker")
    @Test
    void ownThreads(QueueDriver q) {
        try (Workshop shop = Workshop.over(q);
                QueueEvents events = shop.queues().events(Workshop.MAIN)) {
            CompletableFuture<String> listener = new CompletableFuture<>();
            events.onAny(event -> listener.complete(Thread.currentThread().getName()));
            events.start();
            Job job = shop.add("a");
            shop.worker()
                    .onAny((payload, context) -> Thread.currentThread().getName())
                    .start();
            assertThat(Workshop.get(listener)).isEqualTo("aurochs-main-events-1");
            assertThat(shop.result(job)).hasToString("\"aurochs-main-run-1\"");
        }
    }

    @Rule("W8")
    @DisplayName("W8: user code may call the library from a listener and from the stage of addAsync")
    @Test
    void callsBack(QueueDriver q) {
        try (Workshop shop = Workshop.over(q);
                QueueEvents events = shop.queues().events(Workshop.MAIN)) {
            CompletableFuture<Job> followUp = new CompletableFuture<>();
            events.on(QueueEvent.Completed.class, event -> {
                if (!followUp.isDone()) followUp.complete(shop.add("second"));
            });
            events.start();
            CompletableFuture<Job> chained = shop.queue()
                    .addAsync("first", 1, JobOptions.defaults())
                    .thenApply(first -> shop.add("chained"))
                    .toCompletableFuture();
            shop.worker().onAny((payload, job) -> job.name()).start();
            assertThat(shop.result(Workshop.get(chained))).hasToString("\"chained\"");
            assertThat(shop.result(Workshop.get(followUp))).hasToString("\"second\"");
        }
    }

    @Rule("E10")
    @DisplayName("E10: one listener may follow several queues; a listener of one hears no other")
    @Test
    void severalQueues(QueueDriver q) {
        try (Workshop shop = Workshop.over(q);
                QueueEvents both = shop.queues().events(Workshop.MAIN, Workshop.OTHER);
                QueueEvents one = shop.queues().events(Workshop.OTHER)) {
            Queue<String> heardOfBoth = new ConcurrentLinkedQueue<>();
            Queue<String> heardOfOne = new ConcurrentLinkedQueue<>();
            both.on(QueueEvent.Added.class, event -> heardOfBoth.add(event.name()))
                    .start();
            one.on(QueueEvent.Added.class, event -> heardOfOne.add(event.name()))
                    .start();
            Job main = shop.add("in main");
            Job other = shop.queues().queue(Workshop.OTHER).add("in other");
            Workshop.until("both were heard", () -> heardOfBoth.size() == 2 && heardOfOne.size() == 1);
            assertThat(heardOfBoth).containsExactlyInAnyOrder("in main", "in other");
            assertThat(heardOfOne).containsExactly("in other");
            shop.worker().onAny((payload, job) -> null).start();
            shop.queues().worker(Workshop.OTHER).onAny((payload, job) -> null).start();
            shop.result(main);
            shop.result(other);
            assertThatThrownBy(() -> shop.queues().events()).isInstanceOf(InvalidInputException.class);
        }
    }

    @Rule("E3")
    @Requires(Capability.EVENT_REPLAY)
    @DisplayName("E3: listening may begin at the start, and go on at the position where another stopped")
    @Test
    void positions(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            List<Job> jobs = List.of(shop.add("a"), shop.add("b"));
            Queue<String> heard = new ConcurrentLinkedQueue<>();
            QueueEvents first = shop.queues().eventsFrom(EventPosition.START, Workshop.MAIN);
            first.on(QueueEvent.Added.class, event -> heard.add(event.name())).start();
            Workshop.until("both were heard", () -> heard.size() == 2);
            Workshop.until("the position moved on", () -> !first.position().equals(EventPosition.START));
            first.close();
            Job late = shop.add("late");
            QueueEvents second = shop.queues().eventsFrom(first.position(), Workshop.MAIN);
            second.on(QueueEvent.Added.class, event -> heard.add(event.name())).start();
            Workshop.until("the third was heard", () -> heard.size() == 3);
            assertThat(heard).containsExactly("a", "b", "late");
            second.close();
            shop.worker().onAny((payload, job) -> null).start();
            jobs.forEach(shop::result);
            shop.result(late);
        }
    }

    @Rule("E13")
    @DisplayName("E13: waiting for a job answers its result, throws its failure, and ends when it is removed")
    @Test
    void waits(QueueDriver q) throws Exception {
        try (Workshop shop = Workshop.over(q);
                QueueEvents events = shop.queues().events(Workshop.MAIN).start()) {
            Job good = shop.add("good", 7);
            Job bad = shop.add("bad", options -> options.attempts(2));
            CompletableFuture<Json> early = events.finished(bad);
            CompletableFuture<Json> done = events.finished(good);
            shop.worker()
                    .onAny((payload, job) -> job.name().equals("bad") ? RunResult.fail("no good") : payload)
                    .start();
            assertThat(Workshop.get(done)).hasToString("7");
            failsWith("no good", early);
            // Without look-ups only a listener that was there knows how a job ended.
            if (!shop.has(Capability.LOOKUP)) return;
            assertThat(events.waitUntilFinished(good, Workshop.PATIENCE)).hasToString("7");
            failsWith("no good", events.finished(bad));
            assertThatThrownBy(() -> events.waitUntilFinished(bad, Workshop.PATIENCE))
                    .isInstanceOf(JobFailedException.class);
        }
    }

    private static void failsWith(String reason, CompletableFuture<Json> end) {
        assertThatThrownBy(() -> end.get(Workshop.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining(reason);
    }

    @Rule("E13")
    @Requires({Capability.LOOKUP, Capability.CHANGE_WAITING})
    @DisplayName("E13: a job that is removed, or was, and a listener that is closed end the wait; time does too")
    @Test
    void waitsNoLonger(QueueDriver q) throws Exception {
        try (Workshop shop = Workshop.over(q)) {
            QueueEvents events = shop.queues().events(Workshop.MAIN).start();
            Job job = shop.add("a");
            CompletableFuture<Json> end = events.finished(job);
            assertThatThrownBy(() -> events.waitUntilFinished(job, shop.brief()))
                    .isInstanceOf(TimeoutException.class);
            job.remove();
            assertThatThrownBy(() -> end.get(Workshop.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .hasCauseInstanceOf(JobNotFoundException.class);
            assertThatThrownBy(() -> events.waitUntilFinished(job, Workshop.PATIENCE))
                    .isInstanceOf(JobNotFoundException.class);
            Job other = shop.add("b");
            CompletableFuture<Json> open = events.finished(other);
            events.close();
            for (CompletableFuture<Json> closed : List.of(open, events.finished(other)))
                assertThatThrownBy(() -> closed.get(Workshop.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .hasCauseInstanceOf(BackendUnavailableException.class);
            other.remove();
        }
    }

    @Rule("E9")
    @DisplayName("E9: events may be read instead of listened to: each once, then an empty answer")
    @Test
    void readsInstead(QueueDriver q) throws InterruptedException {
        try (Workshop shop = Workshop.over(q);
                QueueEvents events = shop.queues().events(Workshop.MAIN)) {
            assertThat(events.read(Duration.ZERO).events()).isEmpty();
            Job job = shop.add("a");
            List<QueueEvent> read = new ArrayList<>();
            while (read.size() < 2) read.addAll(events.read(Workshop.PATIENCE).events());
            assertThat(read).map(QueueEvent::label).containsExactly("added", "waiting");
            assertThat(events.read(Duration.ZERO).events()).isEmpty();
            events.start();
            assertThatThrownBy(() -> events.read(Duration.ZERO))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("go to listeners");
            shop.worker().onAny((payload, context) -> null).start();
            shop.result(job);
        }
    }

    @Rule("W8")
    @DisplayName("W8: after close no listener is called; a listener may close its own events")
    @Test
    void closesItself(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Queue<String> heard = new ConcurrentLinkedQueue<>();
            QueueEvents events = shop.queues().events(Workshop.MAIN);
            events.onAny(event -> {
                heard.add(event.label());
                events.close();
            });
            events.start();
            Job job = shop.add("a");
            shop.worker().onAny((payload, context) -> null).start();
            shop.result(job);
            Workshop.until(
                    "its thread is gone",
                    () -> q.newThreads().stream()
                                    .filter("aurochs-main-events-1"::equals)
                                    .count()
                            == 0);
            assertThat(heard).containsExactly("added");
            events.close();
        }
    }
}
