package dev.aurochs.interop;

import static dev.aurochs.interop.Texts.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.interop.node.BullMq;
import dev.aurochs.interop.node.NodePeer;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Node and Java workers on one queue. */
@ExtendWith(LabExtension.class)
class MixedWorkersTest {
    private static final int JOBS = 300;

    @ParameterizedTest
    @EnumSource
    @DisplayName("jobs of both producers, plain, delayed, prioritized and failing: each ends once, and both sides work")
    void share(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("share")).listen();
        Queue java = lab.java().queue(node.name());
        node.worker("w", "{concurrency:3,name:'node'}");
        lab.work(node.name(), options -> options.concurrency(3).name("java"));
        for (int i = 0; i < JOBS / 2; i++) {
            String behave = i % 5 == 0 ? "{kind:'failTimes',times:1}" : "{kind:'after',ms:2}";
            Json payload = new Json(json("{behave:" + behave + "}").toString());
            JobOptions.Builder options = JobOptions.builder().attempts(2).backoff(Backoff.fixed(Duration.ofMillis(20)));
            if (i % 3 == 0) options.delay(Duration.ofMillis(10L * (i % 7)));
            if (i % 4 == 0) options.priority(1 + i % 3);
            java.add("java", payload, options.build());
            String same = "{attempts:2,backoff:{type:'fixed',delay:20},delay:" + (i % 3 == 0 ? 10 * (i % 7) : 0)
                    + ",priority:" + (i % 4 == 0 ? 1 + i % 3 : 0) + "}";
            node.add("node", "{behave:" + behave + "}", same);
        }
        JsonNode completed = node.await("completed", JOBS);
        Set<String> ids = new TreeSet<>();
        for (JsonNode event : completed)
            assertThat(ids.add(event.path("jobId").asString())).isTrue();
        Set<String> workers = new TreeSet<>();
        for (String id : ids) {
            Map<String, String> record = lab.redis().hgetAll(lab.key(node.name(), id));
            workers.add(record.get("pb"));
            assertThat(record.get("ats")).as("runs of %s", id).isEqualTo(record.get("atm"));
            assertThat(record).doesNotContainKey("stc");
        }
        assertThat(workers).containsExactly("java", "node");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("what a killed Node worker held runs again on Java")
    void nodeDies(BullMq release, Lab lab) {
        NodePeer doomed = lab.ownNode(release);
        NodeQueue dying = new NodeQueue(doomed, lab.queue("node-dies"));
        NodeQueue node = new NodeQueue(lab.node(release), dying.name()).listen();
        dying.worker("w", "{kind:'hold'}", "{concurrency:3,lockDuration:1000,stalledInterval:500}");
        for (int i = 0; i < 3; i++) node.add("n", "{}", "{attempts:3}");
        node.await("active", 3);
        doomed.kill();
        lab.work(
                node.name(),
                options -> options.concurrency(2).lease(Duration.ofSeconds(5)).stalledInterval(Duration.ofMillis(300)));
        node.await("stalled", 3);
        for (JsonNode event : node.await("completed", 3)) {
            JsonNode job = node.look(event.path("jobId").asString());
            assertThat(job.path("stalledCounter").asInt()).isEqualTo(1);
            assertThat(job.path("attemptsMade").asInt()).isEqualTo(1);
            assertThat(job.path("attemptsStarted").asInt()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("what a killed Java worker held runs again on Node")
    void javaDies(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("java-dies")).listen();
        JavaProcess doomed = lab.javaProcess(node.name(), "hold");
        for (int i = 0; i < 3; i++) node.add("n", "{}");
        node.await("active", 3);
        doomed.kill();
        node.worker("w", "{concurrency:2,lockDuration:5000,stalledInterval:300}");
        node.await("stalled", 3);
        for (JsonNode event : node.await("completed", 3))
            assertThat(node.look(event.path("jobId").asString())
                            .path("stalledCounter")
                            .asInt())
                    .isEqualTo(1);
    }

    @Test
    @DisplayName("a job that stalls too often is failed, whoever finds it")
    void tooOften(Lab lab) {
        NodePeer doomed = lab.ownNode(BullMq.NEWEST);
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("too-often")).listen();
        new NodeQueue(doomed, node.name()).worker("w", "{kind:'hold'}", "{lockDuration:1000,skipStalledCheck:true}");
        String id = node.add("n", "{}", "{attempts:9}");
        node.await("active", id);
        doomed.kill();
        lab.work(
                node.name(),
                options -> options.maxStalls(0).lease(Duration.ofSeconds(5)).stalledInterval(Duration.ofMillis(300)));
        assertThat(node.await("failed", id).path("failedReason").asString()).contains("stalled");
        assertThat(node.look(id).path("stalledCounter").asInt()).isEqualTo(1);
    }

    @Test
    @DisplayName("while a Java worker lives, Node finds none of its jobs stalled")
    void renewal(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("renewal")).listen();
        Behaviour held = new Behaviour();
        lab.work(node.name(), held, options -> options.lease(Duration.ofMillis(1_500)));
        String id = node.add("held", "{behave:{kind:'hold'}}");
        node.await("active", id);
        node.worker("w", "{lockDuration:1500,stalledInterval:200,concurrency:1}");
        // Jobs that follow each other by their delays let more than two leases pass.
        for (int i = 1; i <= 8; i++) node.add("tick", "{}", "{delay:" + 500 * i + "}");
        node.await("completed", 8);
        held.release();
        node.await("completed", 9);
        assertThat(node.look(id).path("stalledCounter").asInt()).isZero();
        assertThat(node.look(id).path("attemptsStarted").asInt()).isEqualTo(1);
    }
}
