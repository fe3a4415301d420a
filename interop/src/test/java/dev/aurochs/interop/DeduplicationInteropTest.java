package dev.aurochs.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.interop.node.BullMq;
import dev.aurochs.queue.Job;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRecord;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** An add of one side keeps out adds of the other. */
@ExtendWith(LabExtension.class)
class DeduplicationInteropTest {
    private static Job add(Queue java, String data, String options) {
        return java.add("n", JavaSide.payload(data), JavaSide.options(options));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("simple: until the owner has finished, on whichever side")
    void simple(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("simple")).listen();
        Queue java = lab.java().queue(node.name());
        String simple = "{deduplication:{id:'d'}}";
        String owner = node.add("n", "{}", simple);
        Job kept = add(java, "{}", simple);
        assertThat(kept.isNew()).isFalse();
        assertThat(kept.id().value()).isEqualTo(owner);
        assertThat(java.deduplicationOwner("d")).contains(JobId.of(owner));
        JsonNode event = node.await("deduplicated", 1).get(0);
        assertThat(event.path("jobId").asString()).isEqualTo(owner);
        assertThat(event.path("deduplicationId").asString()).isEqualTo("d");
        new JavaSide(lab.java(), node.name()).step();
        Job second = add(java, "{}", simple);
        assertThat(second.isNew()).isTrue();
        assertThat(node.add("n", "{}", simple)).isEqualTo(second.id().value());
        assertThat(node.call("getDeduplicationJobId", "d").asString())
                .isEqualTo(second.id().value());
        node.step();
        assertThat(java.deduplicationOwner("d")).isEmpty();
        lab.awaitFinished(node.name(), 2);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("throttle: for a time, whether or not the owner has finished; released by hand")
    void throttle(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("throttle"));
        Queue java = lab.java().queue(node.name());
        String throttle = "{deduplication:{id:'t',ttl:600000}}";
        Job owner = add(java, "{}", throttle);
        node.step();
        assertThat(node.add("n", "{}", throttle)).isEqualTo(owner.id().value());
        assertThat(lab.redis().pttl(lab.key(node.name(), "de:t"))).isBetween(1L, 600_000L);
        assertThat(node.call("removeDeduplicationKey", "t").asInt()).isEqualTo(1);
        String second = node.add("n", "{}", throttle);
        assertThat(add(java, "{}", throttle).id().value()).isEqualTo(second);
        assertThat(java.releaseDeduplication("t")).isTrue();
        assertThat(node.call("getDeduplicationJobId", "t").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    @DisplayName("debounce: the newest of a burst from both sides runs, alone")
    void debounce(boolean nodeFirst, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("debounce")).listen();
        Queue java = lab.java().queue(node.name());
        String late = "{delay:400,deduplication:{id:'b',ttl:500,extend:true,replace:true}}";
        for (int i = 0; i < 6; i++) {
            String data = "{v:" + i + "}";
            if ((i % 2 == 0) == nodeFirst) node.add("n", data, late);
            else add(java, data, late);
        }
        assertThat(node.call("getJobCounts", "delayed").path("delayed").asInt()).isEqualTo(1);
        assertThat(node.await("removed", 5)).hasSize(5);
        assertThat(node.await("deduplicated", 5)).hasSize(5);
        if (nodeFirst) lab.work(node.name(), options -> options);
        else node.worker("w", "{}");
        assertThat(node.await("completed", 1)
                        .get(0)
                        .path("returnvalue")
                        .path("v")
                        .asInt())
                .isEqualTo(5);
        lab.awaitQuiet(node.name());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("keep last: what came while the owner ran on Java runs after it, the newest alone")
    void keepLastOnJava(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("keep-last")).listen();
        Queue java = lab.java().queue(node.name());
        Behaviour held = new Behaviour();
        lab.work(node.name(), held, options -> options);
        String last = "{deduplication:{id:'k',keepLastIfActive:true}}";
        String owner = node.add("n", "{behave:{kind:'hold'},v:0}", last);
        node.await("active", owner);
        node.add("n", "{v:1}", last);
        add(java, "{v:2}", last);
        node.add("n", "{v:3}", last);
        held.release();
        assertThat(node.await("completed", 2)
                        .get(1)
                        .path("returnvalue")
                        .path("v")
                        .asInt())
                .isEqualTo(3);
        lab.awaitQuiet(node.name());
        assertThat(lab.redis().exists(lab.key(node.name(), "dn:k"))).isFalse();
        assertThat(lab.redis().exists(lab.key(node.name(), "de:k"))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("keep last: what Java added while the owner ran on Node runs after it, as it was added")
    void keepLastOnNode(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("keep-last")).listen();
        Queue java = lab.java().queue(node.name());
        node.worker("w", "{}");
        String last = "{priority:3,attempts:2,deduplication:{id:'k',keepLastIfActive:true}}";
        Job owner = add(java, "{behave:{kind:'hold'},v:0}", last);
        node.await("active", owner.id().value());
        node.add("n", "{v:1}", last);
        add(java, "{v:2,big:12345678901234567890,ü:'€'}", last);
        node.peer().ask("release", "name", "w");
        JsonNode second = node.await("completed", 2).get(1);
        assertThat(second.path("returnvalue").path("v").asInt()).isEqualTo(2);
        JobRecord record = java.find(second.path("jobId").asString()).orElseThrow();
        assertThat(record.options().attempts()).isEqualTo(2);
        assertThat(record.status().priority()).isEqualTo(3);
        assertThat(record.body().payload().text()).contains("12345678901234567890", "€");
        lab.awaitQuiet(node.name());
    }

    @Test
    @DisplayName("an id whose owner was removed or drained by the other side is free again")
    void removed(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("removed"));
        Queue java = lab.java().queue(node.name());
        String simple = "{deduplication:{id:'r'}}";
        java.remove(node.add("n", "{}", simple));
        Job second = add(java, "{}", simple);
        assertThat(second.isNew()).isTrue();
        node.call("remove", second.id().value());
        assertThat(node.add("n", "{}", simple)).isNotEqualTo(second.id().value());
        java.drain(true);
        assertThat(add(java, "{}", simple).isNew()).isTrue();
        node.call("drain", true);
        assertThat(java.deduplicationOwner("r")).isEmpty();
    }

    @Test
    @DisplayName("Node reads Java's deduplication options in its own words")
    void words(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("words"));
        String all = "{id:'w',ttl:5000,extend:true,replace:true}";
        Job job = add(
                lab.java().queue(node.name()),
                "{}",
                "{delay:" + Duration.ofHours(1).toMillis() + ",deduplication:" + all + "}");
        JsonNode seen = node.look(job.id().value());
        JsonNode deduplication = seen.path("opts").path("deduplication");
        assertThat(deduplication.path("id").asString()).isEqualTo("w");
        assertThat(deduplication.path("ttl").asInt()).isEqualTo(5000);
        assertThat(deduplication.path("extend").asBoolean()).isTrue();
        assertThat(deduplication.path("replace").asBoolean()).isTrue();
        assertThat(seen.path("deduplicationId").asString()).isEqualTo("w");
    }
}
