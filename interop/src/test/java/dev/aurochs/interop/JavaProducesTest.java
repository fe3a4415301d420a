package dev.aurochs.interop;

import static dev.aurochs.interop.Texts.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.interop.node.BullMq;
import dev.aurochs.queue.Job;
import dev.aurochs.queue.NewJobSpec;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.QueueEvents;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.JobFailedException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Java adds jobs, Node runs them, Java listens and looks. */
@ExtendWith(LabExtension.class)
class JavaProducesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Json payload(String text) {
        return new Json(json(text).toString());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("single and bulk adds run once; Java waits for the result and reads the record")
    void plain(BullMq release, Lab lab) throws Exception {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("plain"));
        Queue java = lab.java().queue(node.name());
        List<NewJobSpec> specs = new ArrayList<>();
        for (int i = 0; i < 40; i++) specs.add(NewJobSpec.of("bulk", Map.of("i", i)));
        java.addAll(specs);
        Job one = java.add("one", payload("{a:'ä',n:1.5,list:[1,null,{}]}"));
        lab.checker().checkWithoutWorkers(node.name());
        try (QueueEvents events = lab.java().events(node.name()).start()) {
            node.worker("w", "{concurrency:5,name:'node-1'}");
            Json result = events.waitUntilFinished(one, PATIENCE);
            assertThat(Texts.json(result.text())).isEqualTo(json("{a:'ä',n:1.5,list:[1,null,{}]}"));
        }
        lab.awaitFinished(node.name(), 41);
        JobRecord record = one.look().orElseThrow();
        assertThat(record.state()).isEqualTo(JobState.COMPLETED);
        assertThat(record.runs().made()).isEqualTo(1);
        assertThat(record.status().worker()).isEqualTo("node-1");
        assertThat(java.counts().of(JobState.COMPLETED)).hasValue(41);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Node reads Java's options in its own words")
    void options(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("options"));
        Queue java = lab.java().queue(node.name());
        Job job = java.add(
                "n",
                payload("{a:1}"),
                JobOptions.builder()
                        .id("own")
                        .delay(Duration.ofMinutes(10))
                        .attempts(4)
                        .backoff(Backoff.exponential(Duration.ofMillis(250)).withJitter(0.5))
                        .keepCompleted(Retention.newest(5))
                        .keepFailed(Retention.youngerThan(Duration.ofHours(1)))
                        .logLines(7)
                        .stackTraces(3)
                        .build());
        Job soon =
                java.add("soon", payload("{}"), JobOptions.builder().priority(9).build());
        Job front =
                java.add("front", payload("{}"), JobOptions.builder().lifo(true).build());
        JsonNode seen = node.look(job.id().value());
        JsonNode options = seen.path("opts");
        assertThat(seen.path("id").asString()).isEqualTo("own");
        assertThat(seen.path("delay").asLong()).isEqualTo(600_000);
        assertThat(options.path("attempts").asInt()).isEqualTo(4);
        assertThat(options.path("backoff").path("type").asString()).isEqualTo("exponential");
        assertThat(options.path("backoff").path("delay").asInt()).isEqualTo(250);
        assertThat(options.path("backoff").path("jitter").asDouble()).isEqualTo(0.5);
        assertThat(options.path("keepLogs").asInt()).isEqualTo(7);
        assertThat(options.path("stackTraceLimit").asInt()).isEqualTo(3);
        assertThat(options.path("removeOnFail").path("age").asInt()).isEqualTo(3600);
        assertThat(
                        options.path("removeOnComplete").isNumber()
                                ? options.path("removeOnComplete").asInt()
                                : options.path("removeOnComplete").path("count").asInt())
                .isEqualTo(5);
        assertThat(node.look(soon.id().value()).path("priority").asInt()).isEqualTo(9);
        assertThat(node.look(front.id().value()).path("opts").path("lifo").asBoolean())
                .isTrue();
        assertThat(node.call("getJobCounts", "waiting", "prioritized", "delayed"))
                .isEqualTo(json("{waiting:1,prioritized:1,delayed:1}"));
        lab.checker().checkWithoutWorkers(node.name());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a Node worker takes Java's jobs in the same order as Node's own")
    void order(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("order")).listen();
        Queue java = lab.java().queue(node.name());
        java.add("low", payload("{}"), JobOptions.builder().priority(300).build());
        java.add("high-1", payload("{}"), JobOptions.builder().priority(1).build());
        java.add("a");
        java.add("high-2", payload("{}"), JobOptions.builder().priority(1).build());
        java.add("b");
        java.add("front", payload("{}"), JobOptions.builder().lifo(true).build());
        java.add(
                "late",
                payload("{}"),
                JobOptions.builder().delay(Duration.ofMillis(800)).build());
        node.worker("w", "{concurrency:1}");
        List<String> ran = new ArrayList<>();
        for (JsonNode event : node.await("active", 7))
            ran.add(node.look(event.path("jobId").asString()).path("name").asString());
        assertThat(ran).containsExactly("front", "a", "b", "high-1", "high-2", "low", "late");
        lab.awaitFinished(node.name(), 7);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Node retries Java's jobs: at once, fixed, exponential, custom by name; and Java reads the failures")
    void retries(BullMq release, Lab lab) throws Exception {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("retry"));
        node.peer()
                .ask(
                        "startWorker",
                        "name",
                        "w",
                        "queue",
                        node.name(),
                        "behaviour",
                        json("{kind:'byData'}"),
                        "opts",
                        json("{concurrency:3}"),
                        "backoff",
                        json("{step:15}"));
        Queue java = lab.java().queue(node.name());
        Json twice = payload("{behave:{kind:'failTimes',times:2}}");
        JobOptions three = JobOptions.builder().attempts(3).build();
        List<Job> jobs = List.of(
                java.add("at-once", twice, three),
                java.add(
                        "fixed",
                        twice,
                        three.toBuilder()
                                .backoff(Backoff.fixed(Duration.ofMillis(30)))
                                .build()),
                java.add(
                        "x",
                        twice,
                        three.toBuilder()
                                .backoff(Backoff.exponential(Duration.ofMillis(20)))
                                .build()),
                java.add(
                        "custom",
                        twice,
                        three.toBuilder().backoff(Backoff.custom("mine")).build()));
        Job lost = java.add("lost", payload("{behave:{kind:'fail',message:'öfter'}}"), three);
        lab.awaitFinished(node.name(), 5);
        for (Job job : jobs) {
            JobRecord record = job.look().orElseThrow();
            assertThat(record.state()).isEqualTo(JobState.COMPLETED);
            assertThat(record.runs().made()).isEqualTo(3);
            assertThat(record.failures()).hasSize(2);
            assertThat(record.failures().get(0).message()).contains("not yet 1");
        }
        JobRecord failed = lost.look().orElseThrow();
        assertThat(failed.status().failedReason()).isEqualTo("öfter");
        assertThat(failed.failures().get(2).stack()).contains("processors.mjs");
        try (QueueEvents events = lab.java().events(node.name()).start()) {
            assertThatThrownBy(() -> events.waitUntilFinished(lost, PATIENCE))
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContaining("öfter");
        }
    }

    @Test
    @DisplayName("progress and log lines of a Node run reach Java")
    void reports(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("report")).worker("w", "{}");
        Queue java = lab.java().queue(node.name());
        Job progress = java.add("p", payload("{behave:{kind:'progress',values:[1,50.5,'half',{step:'ü'}]}}"));
        Job log = java.add(
                "l",
                payload("{behave:{kind:'log',lines:['one','zwei €','three\\nlines','four']}}"),
                JobOptions.builder().logLines(3).build());
        lab.awaitFinished(node.name(), 2);
        Json last = progress.look().orElseThrow().status().progress();
        assertThat(Texts.json(String.valueOf(last))).isEqualTo(json("{step:'ü'}"));
        // Node's job.log keeps what the job's own option says.
        assertThat(java.log(log.id().value(), PageRequest.first(10)).items())
                .containsExactly("zwei €", "three\nlines", "four");
    }

    @Test
    @DisplayName("what a Node run returns without a value is null")
    void nothing(Lab lab) throws Exception {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("nothing"));
        Job job = lab.java().queue(node.name()).add("n", payload("{behave:{kind:'nothing'}}"));
        try (QueueEvents events = lab.java().events(node.name()).start()) {
            node.worker("w", "{}");
            assertThat(events.waitUntilFinished(job, PATIENCE)).isEqualTo(Json.NULL);
        }
    }

    @Test
    @DisplayName("retention of Java's options holds on a Node worker")
    void retention(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("keep")).listen().worker("w", "{}");
        Queue java = lab.java().queue(node.name());
        JobOptions none = JobOptions.builder().keepCompleted(Retention.none()).build();
        JobOptions two = JobOptions.builder().keepCompleted(Retention.newest(2)).build();
        JobOptions oneFailed =
                JobOptions.builder().keepFailed(Retention.newest(1)).build();
        for (int i = 0; i < 4; i++) java.add("gone", payload("{}"), none);
        for (int i = 0; i < 4; i++) java.add("newest", payload("{}"), two);
        for (int i = 0; i < 3; i++) java.add("failed", payload("{behave:{kind:'fail'}}"), oneFailed);
        node.await("completed", 8);
        node.await("failed", 3);
        lab.awaitQuiet(node.name());
        assertThat(java.counts().of(JobState.COMPLETED)).hasValue(2);
        assertThat(java.counts().of(JobState.FAILED)).hasValue(1);
    }
}
