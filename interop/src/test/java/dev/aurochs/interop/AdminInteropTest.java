package dev.aurochs.interop;

import static dev.aurochs.interop.Texts.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.interop.node.BullMq;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.job.WrongStateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What a dashboard in one language does to a queue, the other one sees and heeds. */
@ExtendWith(LabExtension.class)
class AdminInteropTest {
    private static JobOptions.Builder options() {
        return JobOptions.builder();
    }

    private static void fill(Queue java) {
        for (int i = 0; i < 4; i++) java.add("w" + i);
        for (int i = 0; i < 3; i++)
            java.add(
                    "p" + i,
                    JavaSide.payload("{}"),
                    options().priority(1 + i % 2).build());
        for (int i = 0; i < 2; i++)
            java.add(
                    "d" + i,
                    JavaSide.payload("{}"),
                    options().delay(Duration.ofHours(1 + i)).build());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("counts, pages and records agree on both sides")
    void looks(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("looks"));
        Queue java = lab.java().queue(node.name());
        fill(java);
        assertThat(node.call("getJobCounts", "waiting", "prioritized", "delayed"))
                .isEqualTo(json("{waiting:4,prioritized:3,delayed:2}"));
        assertThat(node.call("getCountsPerPriority", List.of(0, 1, 2))).isEqualTo(json("{'0':4,'1':2,'2':1}"));
        JobCounts counts = java.counts();
        assertThat(counts.of(JobState.WAITING)).hasValue(7);
        assertThat(counts.prioritized()).hasValue(3);
        assertThat(counts.of(JobState.DELAYED)).hasValue(2);
        List<String> theirs = new ArrayList<>();
        for (String state : List.of("Waiting", "Prioritized"))
            for (JsonNode job : node.call("get" + state))
                theirs.add(job.path("name").asString());
        List<String> ours = java.list(JobState.WAITING, PageRequest.first(100)).items().stream()
                .map(JobRecord::name)
                .toList();
        assertThat(ours).isEqualTo(theirs).containsExactly("w0", "w1", "w2", "w3", "p0", "p2", "p1");
        assertThat(java.list(JobState.DELAYED, PageRequest.first(10)).items())
                .extracting(JobRecord::name)
                .containsExactly("d0", "d1");
        lab.checker().checkWithoutWorkers(node.name());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a pause of the one stops the workers of the other, a resume lets them go on")
    void pause(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("pause")).listen();
        Queue java = lab.java().queue(node.name());
        node.call("pause");
        assertThat(java.settings().paused()).isTrue();
        node.add("n", "{}");
        lab.work(node.name(), options -> options);
        assertThat(java.counts().paused()).hasValue(1);
        java.resume();
        node.await("completed", 1);
        assertThat(node.call("isPaused").asBoolean()).isFalse();
        java.pause();
        assertThat(node.call("isPaused").asBoolean()).isTrue();
        node.worker("w", "{}");
        java.add("n");
        assertThat(node.call("getJobCounts", "waiting", "active")).isEqualTo(json("{waiting:1,active:0}"));
        node.call("resume");
        node.await("completed", 2);
    }

    @Test
    @DisplayName("what a version 5 of Node held back in its list of paused jobs comes back by Java's resume, in order")
    void legacyPause(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("legacy"));
        for (int i = 0; i < 3; i++) node.add("old" + i, "{}");
        node.call("pause");
        lab.redis().rename(lab.key(node.name(), "wait"), lab.key(node.name(), "paused"));
        node.add("new", "{}");
        Queue java = lab.java().queue(node.name());
        java.resume();
        assertThat(lab.redis().exists(lab.key(node.name(), "paused"))).isFalse();
        List<String> ran = new ArrayList<>();
        for (int i = 0; i < 4; i++) ran.add(node.step().path("name").asString());
        assertThat(ran).containsExactly("old0", "old1", "old2", "new");
        lab.awaitFinished(node.name(), 4);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Node moves Java's jobs: promote, delay, priority, remove, retry, data, logs")
    void nodeMoves(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("moves"));
        Queue java = lab.java().queue(node.name());
        String late = java.add(
                        "late",
                        JavaSide.payload("{}"),
                        options().delay(Duration.ofHours(1)).build())
                .id()
                .value();
        node.job(late, "changeDelay", 7_200_000);
        JobRecord moved = java.find(late).orElseThrow();
        assertThat(moved.status().dueAt()).isAfter(moved.body().createdAt().plusSeconds(7_000));
        node.job(late, "promote");
        assertThat(java.find(late).orElseThrow().state()).isEqualTo(JobState.WAITING);
        node.job(late, "changePriority", json("{priority:5}"));
        assertThat(java.find(late).orElseThrow().status().priority()).isEqualTo(5);
        node.job(late, "updateData", json("{changed:true}"));
        node.call("addJobLog", late, "from Node");
        node.call("updateJobProgress", late, 40);
        JobRecord seen = java.find(late).orElseThrow();
        assertThat(seen.body().payload().text()).isEqualTo("{\"changed\":true}");
        assertThat(String.valueOf(seen.status().progress())).isEqualTo("40");
        assertThat(java.log(late, PageRequest.first(5)).items()).containsExactly("from Node");
        node.call("remove", late);
        assertThat(java.find(late)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Java moves Node's jobs: promote, delay, priority, remove, retry, data, logs")
    void javaMoves(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("moves"));
        Queue java = lab.java().queue(node.name());
        String late = node.add("late", "{}", "{delay:3600000}");
        java.reschedule(late, Duration.ofHours(2));
        assertThat(node.look(late).path("delay").asLong()).isEqualTo(7_200_000);
        java.promote(late);
        assertThat(node.state(late)).isEqualTo("waiting");
        java.reprioritise(late, 5);
        assertThat(node.state(late)).isEqualTo("prioritized");
        assertThat(node.look(late).path("priority").asInt()).isEqualTo(5);
        java.updatePayload(late, JavaSide.payload("{changed:true}"));
        java.appendLog(late, "from Java");
        assertThat(node.look(late).path("data")).isEqualTo(json("{changed:true}"));
        assertThat(node.call("getJobLogs", late).path("logs")).isEqualTo(json("['from Java']"));
        java.remove(late);
        assertThat(node.state(late)).isEqualTo("unknown");
        String failing = node.add("f", "{behave:{kind:'fail'}}");
        node.step();
        java.retry(failing);
        assertThat(node.state(failing)).isEqualTo("waiting");
        assertThat(node.look(failing).path("failedReason").asString("")).isEmpty();
        node.step();
        assertThat(java.retryAllFailed()).isEqualTo(1);
        assertThat(node.state(failing)).isEqualTo("waiting");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("drain, clean and obliterate of either side leave nothing of the other's jobs")
    void sweeps(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("sweep"));
        Queue java = lab.java().queue(node.name());
        fill(java);
        node.call("drain", false);
        assertThat(java.counts().of(JobState.WAITING)).hasValue(0);
        assertThat(java.counts().of(JobState.DELAYED)).hasValue(2);
        for (int i = 0; i < 5; i++) node.add("n", "{}", "{priority:" + i % 2 + "}");
        assertThat(java.drain(true)).isEqualTo(7);
        assertThat(node.call("count").asInt()).isZero();
        for (int i = 0; i < 3; i++) {
            java.add("n");
            node.step();
        }
        assertThat(java.clean(JobState.COMPLETED, Duration.ZERO, 2)).isEqualTo(2);
        assertThat(node.call("clean", 0, 10, "completed")).hasSize(1);
        fill(java);
        node.call("obliterate");
        assertThat(lab.redis().keys(lab.key(node.name(), "*"))).isEmpty();
        for (int i = 0; i < 4; i++) node.add("n", "{}", "{deduplication:{id:'d" + i + "'}}");
        java.obliterate(false);
        assertThat(lab.redis().keys(lab.key(node.name(), "*"))).isEmpty();
    }

    @Test
    @DisplayName("a running job is removed by nobody, whoever runs it")
    void locked(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("locked")).listen();
        Queue java = lab.java().queue(node.name());
        node.worker("w", "{}");
        String onNode = node.add("n", "{behave:{kind:'hold'}}");
        node.await("active", 1);
        assertThatThrownBy(() -> java.remove(onNode)).isInstanceOf(WrongStateException.class);
        Behaviour held = new Behaviour();
        lab.work(node.name(), held, options -> options);
        String onJava = node.add("n", "{behave:{kind:'hold'}}");
        node.await("active", 2);
        assertThat(node.call("remove", onJava).asInt()).isZero();
        node.peer().ask("release", "name", "w");
        held.release();
        node.await("completed", 2);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("settings cross: global concurrency and global rate limit")
    void settings(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("settings"));
        Queue java = lab.java().queue(node.name());
        node.call("setGlobalConcurrency", 3);
        node.call("setGlobalRateLimit", 10, 5_000);
        QueueSettings seen = java.settings();
        assertThat(seen.concurrency()).hasValue(3);
        assertThat(seen.rateLimit()).contains(new RateLimit(10, Duration.ofSeconds(5)));
        java.setConcurrency(4);
        java.setRateLimit(new RateLimit(7, Duration.ofMillis(1_500)));
        assertThat(node.call("getGlobalConcurrency").asInt()).isEqualTo(4);
        assertThat(node.call("getGlobalRateLimit")).isEqualTo(json("{max:7,duration:1500}"));
        java.removeConcurrency();
        java.removeRateLimit();
        assertThat(node.call("getGlobalConcurrency").isNull()).isTrue();
        assertThat(node.call("getGlobalRateLimit").isNull()).isTrue();
        node.call("setGlobalConcurrency", 3);
        node.call("removeGlobalConcurrency");
        assertThat(java.settings().concurrency()).isEmpty();
    }

    @Test
    @DisplayName("Node sees Java's workers by their names, and Java lists Node's queues")
    void workers(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("workers"));
        lab.work(node.name(), options -> options.name("java-7"));
        node.worker("w", "{name:'node-3'}");
        lab.await("two workers", () -> node.call("getWorkersCount").asInt() == 2);
        List<String> names = new ArrayList<>();
        for (JsonNode worker : node.call("getWorkers"))
            names.add(worker.path("rawname").asString());
        assertThat(names).anyMatch(name -> name.endsWith(":w:java-7")).anyMatch(name -> name.endsWith(":w:node-3"));
        assertThat(lab.java().names()).anyMatch(name -> name.value().equals(node.name()));
    }

    @Test
    @DisplayName("Node's metrics go on counting where Java works too")
    void metrics(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("metrics")).listen();
        node.worker("w", "{metrics:{maxDataPoints:10}}");
        for (int i = 0; i < 5; i++) node.add("n", "{}");
        node.await("completed", 5);
        lab.work(node.name(), options -> options);
        for (int i = 0; i < 5; i++) node.add("n", "{}");
        node.await("completed", 10);
        JsonNode metrics = node.call("getMetrics", "completed");
        assertThat(metrics.path("meta").path("count").asInt()).isBetween(5, 10);
        assertThat(metrics.path("count").asInt()).isGreaterThanOrEqualTo(0);
    }
}
