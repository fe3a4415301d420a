package dev.aurochs.interop;

import static dev.aurochs.interop.Texts.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.interop.node.BullMq;
import dev.aurochs.interop.node.NodePeer;
import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.NewJobSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Workers of both languages are killed with SIGKILL while they work; no job is lost. */
@ExtendWith(LabExtension.class)
class MixedKillTest {
    private static final int JOBS = Integer.getInteger("aurochs.kill.jobs", 2_000);
    private static final int TICKS = 25;
    private static final long SEED = Long.getLong("aurochs.kill.seed", 1_789);
    private static final String OPTIONS =
            "{concurrency:8,name:'node',lockDuration:2000,stalledInterval:500,maxStalledCount:100}";

    private static Runnable nodeWorker(Lab lab, NodeQueue node, String record, BullMq release) {
        NodePeer peer = lab.ownNode(release);
        peer.ask(
                "startWorker",
                "name",
                "w",
                "queue",
                node.name(),
                "behaviour",
                json("{kind:'byData'}"),
                "opts",
                json(OPTIONS),
                "record",
                record);
        return peer::kill;
    }

    @Test
    @DisplayName("Node's workers alone: so the harness is right")
    void nodeAlone(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("kill-node")).listen();
        KillRun run = new KillRun(lab, node, SEED);
        run.addByNode(400);
        int kills = run.crew(() -> nodeWorker(lab, node, run.runsKey(), BullMq.NEWEST))
                .crew(() -> nodeWorker(lab, node, run.runsKey(), BullMq.OLDEST))
                .until(400);
        assertThat(kills).isPositive();
        run.assertNoneLost(400);
    }

    @Test
    @DisplayName("2,000 jobs of both, on both, with flows and a scheduler: none is lost, each end is heard of once")
    void mixed(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("kill")).listen();
        KillRun run = new KillRun(lab, node, SEED);
        int flows = JOBS / 40;
        run.addFlowsByNode(flows);
        lab.java().flows().addAll(Collections.nCopies(flows, flow(node.name())));
        lab.java().queue(node.name()).addAll(specs(JOBS / 2 - 4 * flows));
        run.addByNode(JOBS / 2 - 4 * flows);
        node.call("upsertJobScheduler", "beat", json("{every:120,limit:" + TICKS + "}"), json("{name:'tick'}"));
        int all = JOBS + TICKS;
        int kills = run.crew(() -> nodeWorker(lab, node, run.runsKey(), BullMq.NEWEST))
                .crew(() -> nodeWorker(lab, node, run.runsKey(), BullMq.OLDEST))
                .crew(() -> lab.javaProcess(node.name(), run.runsKey())::kill)
                .crew(() -> lab.javaProcess(node.name(), run.runsKey())::kill)
                .until(all);
        assertThat(kills).isPositive();
        run.assertNoneLost(all);
        TreeSet<String> heard = new TreeSet<>();
        JsonNode events = node.await("completed", all);
        for (JsonNode event : events) heard.add(event.path("jobId").asString());
        assertThat(heard).hasSize(all).hasSameSizeAs(events);
        String last = node.add("last", "{}");
        assertThat(node.await("completed", last)).isNotNull();
    }

    private static List<NewJobSpec> specs(int jobs) {
        Random random = new Random(SEED);
        List<NewJobSpec> specs = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            String[] job = KillRun.job(random);
            specs.add(NewJobSpec.of("java", JavaSide.payload(job[0]), JavaSide.options(job[1])));
        }
        return specs;
    }

    private static FlowNode flow(String queue) {
        FlowNode child = FlowNode.of(queue, "child", JavaSide.payload("{behave:{kind:'after',ms:30}}"));
        return FlowNode.of(queue, "parent", JavaSide.payload("{behave:{kind:'children'}}"))
                .withChildren(child, child, child);
    }
}
