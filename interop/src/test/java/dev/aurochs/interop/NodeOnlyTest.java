package dev.aurochs.interop;

import static dev.aurochs.interop.Texts.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.interop.node.BullMq;
import dev.aurochs.interop.node.NodePeer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The peers do what the other tests take for granted, and what Node leaves behind is consistent. */
@ExtendWith(LabExtension.class)
class NodeOnlyTest {
    @ParameterizedTest
    @EnumSource
    @DisplayName("a peer has the release that it is asked for")
    void release(BullMq release, Lab lab) {
        assertThat(lab.node(release).ask("ping").path("version").asString()).isEqualTo(release.version());
    }

    @Test
    @DisplayName("what goes wrong in the peer is told by its own words")
    void errors(Lab lab) {
        String queue = lab.queue("plain");
        assertThatThrownBy(() -> lab.node().ask("job", "queue", queue, "jobId", "7", "method", "promote"))
                .hasMessageContaining("no job 7");
        assertThatThrownBy(() -> lab.node().ask("no such thing")).hasMessageContaining("no command");
    }

    @Test
    @DisplayName("a killed peer answers nothing more")
    void killed(Lab lab) {
        NodePeer peer = lab.ownNode(BullMq.NEWEST);
        peer.ask("ping");
        peer.kill();
        assertThatThrownBy(() -> peer.ask("ping")).isInstanceOf(NodePeer.PeerException.class);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Node alone: plain, delayed, prioritized, failing, flows, deduplication and a scheduler")
    void mixture(BullMq release, Lab lab) {
        NodePeer node = lab.node(release);
        String queue = lab.queue("mix");
        node.ask("listen", "queue", queue);
        node.ask("add", "queue", queue, "name", "plain", "data", json("{a:1}"));
        node.ask("add", "queue", queue, "name", "late", "data", json("{}"), "opts", json("{delay:50}"));
        node.ask("add", "queue", queue, "name", "soon", "data", json("{}"), "opts", json("{priority:7}"));
        node.ask("add", "queue", queue, "name", "one", "data", json("{}"), "opts", json("{deduplication:{id:'d'}}"));
        node.ask("add", "queue", queue, "name", "two", "data", json("{}"), "opts", json("{deduplication:{id:'d'}}"));
        lab.checker().checkWithoutWorkers(queue);
        String twice = "{attempts:2,backoff:{type:'fixed',delay:10}}";
        node.ask("add", "queue", queue, "name", "f", "data", json("{behave:{kind:'fail'}}"), "opts", json(twice));
        node.ask(
                "addFlow",
                "flow",
                json("{name:'p',queueName:'" + queue + "',data:{behave:{kind:'children'}},children:["
                        + "{name:'c',queueName:'" + queue + "',data:{c:1}}]}"));
        node.ask(
                "queue",
                "queue",
                queue,
                "method",
                "upsertJobScheduler",
                "args",
                json("['beat',{every:3600000},{name:'tick'}]"));
        node.ask("startWorker", "name", "w", "queue", queue, "behaviour", json("{kind:'byData'}"));
        node.ask("awaitEvents", "queue", queue, "event", "completed", "count", 7);
        node.ask("awaitEvents", "queue", queue, "event", "failed", "count", 1);
        assertThat(node.ask("events", "queue", queue)).isNotEmpty();
        node.ask("stopWorker", "name", "w");
        lab.checker().check(queue);
        assertThat(lab.redis().zcard(lab.key(queue, "completed"))).isEqualTo(7);
    }
}
