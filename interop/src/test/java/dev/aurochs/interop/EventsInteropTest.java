package dev.aurochs.interop;

import static dev.aurochs.interop.Texts.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.aurochs.interop.node.BullMq;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.QueueEvents;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Each side hears what the other does. */
@ExtendWith(LabExtension.class)
class EventsInteropTest {
    private static final String RUN = "{behave:{kind:'progress',values:[{half:true}]}}";

    private static List<QueueEvent> heard(QueueEvents events) {
        List<QueueEvent> heard = new CopyOnWriteArrayList<>();
        events.onAny(heard::add).start();
        return heard;
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Java hears all that Node does with a job, in its order, with its values")
    void javaHears(BullMq release, Lab lab) throws Exception {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("hear"));
        try (QueueEvents events = lab.java().events(node.name())) {
            var done = events.nextEvent(QueueEvent.RetriesExhausted.class);
            List<QueueEvent> heard = heard(events);
            String first = node.add("n", RUN, "{delay:50}");
            node.worker("w", "{}");
            lab.awaitFinished(node.name(), 1);
            node.add("f", "{behave:{kind:'fail',message:'no'}}", "{attempts:1}");
            done.get(60, TimeUnit.SECONDS);
            List<String> labels = new ArrayList<>();
            for (QueueEvent event : heard)
                if (event instanceof QueueEvent.OfJob about
                        && about.job().id().value().equals(first)) labels.add(event.label());
            assertThat(labels).containsExactly("added", "delayed", "waiting", "active", "progress", "completed");
            assertThat(heard)
                    .anySatisfy(event -> assertThat(event)
                            .isInstanceOfSatisfying(
                                    QueueEvent.Progress.class,
                                    one -> assertThat(Texts.json(one.progress().text()))
                                            .isEqualTo(json("{half:true}"))));
            assertThat(heard)
                    .anySatisfy(event -> assertThat(event)
                            .isInstanceOfSatisfying(
                                    QueueEvent.Failed.class,
                                    one -> assertThat(one.reason()).isEqualTo("no")));
            assertThat(heard)
                    .anySatisfy(event -> assertThat(event)
                            .isInstanceOfSatisfying(
                                    QueueEvent.Waiting.class,
                                    one -> assertThat(one.from()).isEqualTo(Optional.of(JobState.DELAYED))));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Node hears all that Java does with a job, in its order, with its values")
    void nodeHears(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("hear")).listen();
        Queue java = lab.java().queue(node.name());
        JobOptions late = JobOptions.builder().delay(Duration.ofMillis(50)).build();
        String first = java.add("n", JavaSide.payload(RUN), late).id().value();
        lab.work(node.name(), options -> options);
        node.await("completed", first);
        java.add("f", JavaSide.payload("{behave:{kind:'fail',message:'no'}}"));
        node.await("retries-exhausted", 1);
        List<String> names = new ArrayList<>();
        for (JsonNode event : node.peer().ask("events", "queue", node.name()))
            if (event.path("jobId").asString("").equals(first))
                names.add(event.path("event").asString());
        assertThat(names).containsExactly("added", "delayed", "waiting", "active", "progress", "completed");
        JsonNode delayed = node.await("delayed", first);
        long due = node.look(first).path("timestamp").asLong() + 50;
        assertThat(delayed.path("delay").asLong()).isEqualTo(due);
        assertThat(node.await("progress", first).path("data")).isEqualTo(json("{half:true}"));
        assertThat(node.await("failed", 1).get(0).path("failedReason").asString())
                .isEqualTo("no");
        assertThat(node.await("waiting", first).path("prev").asString()).isEqualTo("delayed");
    }

    @Test
    @DisplayName("queue events cross: paused, resumed, removed, cleaned, duplicated")
    void queueEvents(Lab lab) throws Exception {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("cross")).listen();
        Queue java = lab.java().queue(node.name());
        try (QueueEvents events = lab.java().events(node.name())) {
            var cleaned = events.nextEvent(QueueEvent.Cleaned.class);
            List<QueueEvent> heard = heard(events);
            java.pause();
            node.await("paused", 1);
            node.call("resume");
            node.await("resumed", 1);
            String id = node.add("n", "{}", "{jobId:'own'}");
            java.add("n", JavaSide.payload("{}"), JobOptions.builder().id("own").build());
            node.await("duplicated", 1);
            java.remove(id);
            assertThat(node.await("removed", id).path("prev").asString()).isEqualTo("wait");
            node.call("clean", 0, 10, "completed");
            cleaned.get(60, TimeUnit.SECONDS);
            String[] labels = {"paused", "resumed", "added", "waiting", "duplicated", "removed", "cleaned"};
            await().untilAsserted(() ->
                    assertThat(heard).extracting(QueueEvent::label).contains(labels));
        }
    }

    @Test
    @DisplayName("users' own events of Node reach Java with their fields")
    void custom(Lab lab) throws Exception {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("custom"));
        try (QueueEvents events = lab.java().events(node.name())) {
            var next = events.nextEvent(QueueEvent.class);
            events.start();
            Instant before = Instant.EPOCH;
            node.peer().ask("publish", "queue", node.name(), "event", json("{eventName:'shipped',parcel:'x-7'}"));
            QueueEvent event = next.get(60, TimeUnit.SECONDS);
            assertThat(event.at()).isAfter(before);
            assertThat(event.toString()).contains("shipped", "parcel", "x-7");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Node waits for the end of a job that Java runs, of whatever ending")
    void nodeWaits(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("wait")).listen();
        String good = node.add("good", "{behave:{kind:'value',value:{x:[1,'ü']}}}");
        String bad = node.add("bad", "{behave:{kind:'fail',message:'lost'}}");
        var goodEnd = node.peer().send("waitUntilFinished", "queue", node.name(), "jobId", good, "ttl", 60_000);
        var badEnd = node.peer().send("waitUntilFinished", "queue", node.name(), "jobId", bad, "ttl", 60_000);
        lab.work(node.name(), options -> options);
        assertThat(node.peer().result(goodEnd, "the good one")).isEqualTo(json("{x:[1,'ü']}"));
        assertThat(catchThrowable(() -> node.peer().result(badEnd, "the bad one")))
                .hasMessageContaining("lost");
        // Both have ended: the state is asked for then.
        assertThat(node.peer().ask("waitUntilFinished", "queue", node.name(), "jobId", good, "ttl", 60_000))
                .isEqualTo(json("{x:[1,'ü']}"));
    }
}
