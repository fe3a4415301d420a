package dev.aurochs.interop;

import static dev.aurochs.interop.Texts.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Payloads, results, progress, log lines and reasons cross unharmed; what Java stored stays to the letter. */
@ExtendWith(LabExtension.class)
class PayloadFuzzTest {
    private static final long SEED = Long.getLong("aurochs.payload.seed", 8_128);
    private static final int COUNT = Integer.getInteger("aurochs.payload.count", 120);

    private static List<String> drawn() {
        JsonDice dice = new JsonDice(SEED);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) texts.add(i % 4 == 0 ? dice.value() : dice.object());
        texts.add(dice.deep());
        texts.add(dice.large());
        return texts;
    }

    private static String normalised(NodeQueue node, String text) {
        return node.peer().ask("normalise", "text", text).asString();
    }

    @Test
    @DisplayName("from Java to Node and back")
    void fromJava(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("from-java")).listen();
        node.worker("w", "{kind:'text'}", "{concurrency:3}");
        Queue java = lab.java().queue(node.name());
        Map<String, String> sent = new ConcurrentHashMap<>();
        for (String text : drawn()) sent.put(java.add("n", new Json(text)).id().value(), text);
        node.await("completed", sent.size());
        sent.forEach((id, text) -> {
            assertThat(lab.redis().hget(lab.key(node.name(), id), "data"))
                    .as("seed %s", SEED)
                    .isEqualTo(text);
            JobRecord record = java.find(id).orElseThrow();
            assertThat(record.body().payload().text()).isEqualTo(text);
            String result = String.valueOf(record.status().result());
            assertThat(Texts.strict(result).asString())
                    .as("seed %s: %s", SEED, text)
                    .isEqualTo(normalised(node, text));
        });
    }

    @Test
    @DisplayName("from Node to Java and back")
    void fromNode(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("from-node")).listen();
        Map<String, String> results = new ConcurrentHashMap<>();
        Map<String, String> seen = new ConcurrentHashMap<>();
        node.call("pause");
        for (String text : drawn()) {
            String id = node.peer()
                    .ask("addText", "queue", node.name(), "name", "n", "text", text, "opts", json("{}"))
                    .path("id")
                    .asString();
            results.put(id, text);
        }
        lab.java()
                .worker(node.name())
                .onAny((payload, job) -> {
                    seen.put(job.id().value(), payload.text());
                    return new Json(results.get(job.id().value()));
                })
                .start();
        node.call("resume");
        node.await("completed", results.size());
        results.forEach((id, text) -> {
            String normalised = normalised(node, text);
            boolean noObject = normalised.equals("null");
            assertThat(seen.get(id)).as("seed %s", SEED).isEqualTo(noObject ? "{}" : normalised);
            assertThat(lab.redis().hget(lab.key(node.name(), id), "returnvalue"))
                    .isEqualTo(text);
            assertThat(node.peer()
                            .ask("resultText", "queue", node.name(), "jobId", id)
                            .asString())
                    .isEqualTo(normalised);
        });
    }

    @Test
    @DisplayName("progress, log lines and reasons")
    void texts(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("texts")).listen();
        Queue java = lab.java().queue(node.name());
        JsonDice dice = new JsonDice(SEED);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 20; i++)
            texts.add("t" + Texts.strict('"' + dice.text() + '"').asString());
        lab.work(node.name(), options -> options);
        for (String text : texts) {
            String lines = Texts.object("behave", Texts.object("kind", "log", "lines", List.of(text)))
                    .toString();
            String log = node.add("n", lines);
            String failure = Texts.object("behave", Texts.object("kind", "fail", "message", text))
                    .toString();
            String failed = java.add("n", new Json(failure)).id().value();
            String values = Texts.object("behave", Texts.object("kind", "progress", "values", List.of(text)))
                    .toString();
            String progress = java.add("n", new Json(values)).id().value();
            assertThat(node.await("failed", failed).path("failedReason").asString())
                    .isEqualTo(text);
            assertThat(node.await("progress", progress).path("data").asString()).isEqualTo(text);
            node.await("completed", log);
            assertThat(node.call("getJobLogs", log).path("logs").get(0).asString())
                    .isEqualTo(text);
            assertThat(node.look(failed).path("failedReason").asString()).isEqualTo(text);
        }
        lab.awaitFinished(node.name(), 3L * texts.size());
    }
}
