package dev.aurochs.interop;

import static dev.aurochs.interop.Texts.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.interop.node.BullMq;
import dev.aurochs.queue.JobSchedules;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.ScheduleRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Schedulers of one side go on where the other works. */
@ExtendWith(LabExtension.class)
class SchedulesInteropTest {
    private static final long SEED = Long.getLong("aurochs.schedules.seed", 4_711);

    @ParameterizedTest
    @EnumSource
    @DisplayName("Node's scheduler is chained by Java, and by both in turns, up to its limit")
    void nodeMakes(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("node-makes")).listen();
        String every = "{every:60,limit:6}";
        node.call("upsertJobScheduler", "beat", json(every), json("{name:'tick',data:{t:1},opts:{attempts:2}}"));
        JobSchedules java = lab.java().queue(node.name()).schedules();
        ScheduleRecord record = java.find("beat").orElseThrow();
        assertThat(record.schedule().recurrence().every()).isEqualTo(Duration.ofMillis(60));
        assertThat(record.schedule().recurrence().limit()).isEqualTo(6L);
        assertThat(record.schedule().jobName()).isEqualTo("tick");
        assertThat(record.schedule().options().attempts()).isEqualTo(2);
        lab.work(node.name(), options -> options);
        node.await("completed", 2);
        node.worker("w", "{}");
        JsonNode events = node.await("completed", 6);
        for (JsonNode event : events) {
            JsonNode job = node.look(event.path("jobId").asString());
            assertThat(job.path("name").asString()).isEqualTo("tick");
            assertThat(job.path("data")).isEqualTo(json("{t:1}"));
            assertThat(job.path("opts").path("attempts").asInt()).isEqualTo(2);
            assertThat(job.path("repeatJobKey").asString()).isEqualTo("beat");
        }
        JsonNode last = node.look(events.get(5).path("jobId").asString());
        assertThat(last.path("opts").path("repeat").path("count").asInt()).isEqualTo(6);
        lab.awaitQuiet(node.name());
        assertThat(node.call("getJobScheduler", "beat").path("iterationCount").asInt())
                .isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Java's scheduler is chained by Node, up to its limit")
    void javaMakes(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("java-makes")).listen();
        JobSchedules java = lab.java().queue(node.name()).schedules();
        java.upsert(
                "beat",
                Recurrence.every(Duration.ofMillis(60)).limit(5),
                "tick",
                JavaSide.payload("{t:1}"),
                JobOptions.builder().attempts(2).build());
        JsonNode seen = node.call("getJobScheduler", "beat");
        assertThat(seen.path("name").asString()).isEqualTo("tick");
        assertThat(seen.path("every").asInt()).isEqualTo(60);
        assertThat(seen.path("limit").asInt()).isEqualTo(5);
        assertThat(seen.path("template").path("data")).isEqualTo(json("{t:1}"));
        assertThat(seen.path("template").path("opts").path("attempts").asInt()).isEqualTo(2);
        node.worker("w", "{}");
        for (JsonNode event : node.await("completed", 5)) {
            JsonNode job = node.look(event.path("jobId").asString());
            assertThat(job.path("name").asString()).isEqualTo("tick");
            assertThat(job.path("data")).isEqualTo(json("{t:1}"));
            assertThat(job.path("opts").path("attempts").asInt()).isEqualTo(2);
        }
        lab.awaitQuiet(node.name());
        ScheduleRecord record = java.find("beat").orElseThrow();
        assertThat(record.over()).isTrue();
        assertThat(record.runs()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("each side lists, changes and removes the other's schedulers")
    void manage(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("manage"));
        JobSchedules java = lab.java().queue(node.name()).schedules();
        java.upsert("j", Recurrence.cron("0 15 3 * * *").in(ZoneId.of("Europe/Madrid")), "night");
        node.call(
                "upsertJobScheduler", "n", json("{pattern:'0 4 * * 1',tz:'America/New_York'}"), json("{name:'week'}"));
        assertThat(node.call("getJobSchedulersCount").asInt()).isEqualTo(2);
        assertThat(java.list(PageRequest.first(10)).items())
                .extracting(ScheduleRecord::id)
                .containsExactly("j", "n");
        JsonNode night = node.call("getJobScheduler", "j");
        assertThat(night.path("pattern").asString()).isEqualTo("0 15 3 * * *");
        assertThat(night.path("tz").asString()).isEqualTo("Europe/Madrid");
        ScheduleRecord week = java.find("n").orElseThrow();
        assertThat(week.schedule().recurrence().cron()).isEqualTo("0 4 * * 1");
        assertThat(week.schedule().recurrence().zone()).isEqualTo("America/New_York");
        assertThat(week.slot().toEpochMilli())
                .isEqualTo(node.call("getJobScheduler", "n").path("next").asLong());
        java.upsert("n", Recurrence.every(Duration.ofHours(2)), "often");
        node.call("upsertJobScheduler", "j", json("{every:7200000}"), json("{name:'often'}"));
        assertThat(node.call("getJobScheduler", "n").path("every").asLong()).isEqualTo(7_200_000);
        assertThat(java.find("j").orElseThrow().schedule().recurrence().every()).isEqualTo(Duration.ofHours(2));
        lab.checker().check(node.name());
        assertThat(java.remove("n")).isTrue();
        node.call("removeJobScheduler", "j");
        assertThat(java.count()).isZero();
        assertThat(node.call("getJobSchedulersCount").asInt()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("an end set by either side stops the chain on the other")
    void ends(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("ends"));
        String java = lab.queue("ends");
        Instant end = Instant.now().plusMillis(400);
        String repeat = "{every:50,endDate:" + end.toEpochMilli() + "}";
        node.call("upsertJobScheduler", "e", json(repeat), json("{name:'tick'}"));
        lab.java()
                .queue(java)
                .schedules()
                .upsert("e", Recurrence.every(Duration.ofMillis(50)).endingAt(end), "tick");
        lab.work(node.name(), options -> options);
        new NodeQueue(lab.node(release), java).worker("w", "{}");
        for (String queue : List.of(node.name(), java)) {
            lab.await(
                    "the end in " + queue,
                    () -> lab.java()
                            .queue(queue)
                            .schedules()
                            .find("e")
                            .orElseThrow()
                            .over());
            lab.awaitQuiet(queue);
            assertThat(lab.redis().zcard(lab.key(queue, "completed"))).isPositive();
        }
    }

    @Test
    @DisplayName("both sides upsert the same schedule at the same time, as instances do that start: one job is pending")
    void together(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("together"));
        JobSchedules java = lab.java().queue(node.name()).schedules();
        for (int round = 0; round < 15; round++) {
            String pattern = round + " 4 * * *";
            List<CompletableFuture<JsonNode>> theirs = new ArrayList<>();
            for (int i = 0; i < 4; i++)
                theirs.add(node.peer()
                        .send(
                                "queue",
                                "queue",
                                node.name(),
                                "method",
                                "upsertJobScheduler",
                                "args",
                                List.of(
                                        "s",
                                        Texts.object("pattern", pattern, "tz", "UTC"),
                                        Texts.object("name", "n"))));
            for (int i = 0; i < 4; i++) java.upsert("s", Recurrence.cron(pattern), "n");
            for (CompletableFuture<JsonNode> one : theirs) node.peer().result(one, "upsertJobScheduler");
            assertThat(node.call("getJobCounts", "waiting", "prioritized", "delayed"))
                    .isEqualTo(json("{waiting:0,prioritized:0,delayed:1}"));
            lab.checker().checkWithoutWorkers(node.name());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NODE")
    @DisplayName(
            "slots of every and cron, on time and late, are the same whoever makes the schedule and takes its jobs")
    void slots(ScheduleStory.Cast cast, Lab lab) {
        Random random = new Random(SEED);
        for (int i = 0; i < 16; i++) {
            ScheduleStory story = i % 2 == 0 ? ScheduleStory.every(random) : ScheduleStory.cron(random);
            assertThat(story.slots(lab, cast))
                    .as("seed %s, %s", SEED, story)
                    .isEqualTo(story.slots(lab, ScheduleStory.Cast.NODE));
        }
    }

    @Test
    @DisplayName("Node alone: its slots of every are those of the protocol note")
    void nodeSlots(Lab lab) {
        Random random = new Random(SEED);
        for (int i = 0; i < 12; i++) {
            ScheduleStory story = ScheduleStory.every(random);
            assertThat(story.slots(lab, ScheduleStory.Cast.NODE))
                    .as("seed %s, %s", SEED, story)
                    .isEqualTo(story.bySums());
        }
    }
}
