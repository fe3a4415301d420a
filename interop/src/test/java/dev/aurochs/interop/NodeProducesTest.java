package dev.aurochs.interop;

import static dev.aurochs.interop.Texts.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.interop.node.BullMq;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.Retention;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Node adds jobs, Java runs them, Node listens and looks. */
@ExtendWith(LabExtension.class)
class NodeProducesTest {
    @ParameterizedTest
    @EnumSource
    @DisplayName("single and bulk adds run once, with their results as events and in the records")
    void plain(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("plain")).listen();
        String first = node.add("one", "{a:'ä',n:1.5,list:[1,null,{}]}");
        StringBuilder jobs = new StringBuilder("[");
        for (int i = 0; i < 40; i++)
            jobs.append("{name:'bulk',data:{i:").append(i).append("}},");
        jobs.setCharAt(jobs.length() - 1, ']');
        node.peer().ask("addBulk", "queue", node.name(), "jobs", json(jobs.toString()));

        lab.work(node.name(), options -> options.concurrency(4).name("java-1"));

        node.await("completed", 41);
        assertThat(node.await("completed", first).path("returnvalue"))
                .isEqualTo(json("{a:'ä',n:1.5,list:[1,null,{}]}"));
        JsonNode seen = node.look(first);
        assertThat(seen.path("attemptsMade").asInt()).isEqualTo(1);
        assertThat(seen.path("attemptsStarted").asInt()).isEqualTo(1);
        assertThat(seen.path("processedBy").asString()).isEqualTo("java-1");
        assertThat(seen.path("finishedOn").asLong())
                .isGreaterThanOrEqualTo(seen.path("processedOn").asLong());
        assertThat(node.state(first)).isEqualTo("completed");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("front of the queue, then first come first served, then by priority, then what falls due")
    void order(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("order"));
        node.call("pause");
        node.add("low", "{}", "{priority:300}");
        node.add("high-1", "{}", "{priority:1}");
        node.add("a", "{}");
        node.add("high-2", "{}", "{priority:1}");
        node.add("b", "{}");
        node.add("front", "{}", "{lifo:true}");
        node.add("late", "{}", "{delay:700}");
        List<String> ran = new CopyOnWriteArrayList<>();
        lab.work(node.name(), new Behaviour(job -> ran.add(job.name())), options -> options.concurrency(1));
        node.call("resume");
        lab.awaitFinished(node.name(), 7);
        assertThat(ran).containsExactly("front", "a", "b", "high-1", "high-2", "low", "late");
    }

    @Test
    @DisplayName("a delayed job runs not before it is due, and wakes an idle Java worker")
    void delays(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("delay")).listen();
        lab.work(node.name(), options -> options.concurrency(2));
        String late = node.add("late", "{}", "{delay:400}");
        String past = node.add("past", "{}", "{delay:300,timestamp:1700000000000}");
        node.await("completed", 2);
        JsonNode job = node.look(late);
        assertThat(job.path("processedOn").asLong())
                .isGreaterThanOrEqualTo(job.path("timestamp").asLong() + 400);
        assertThat(job.path("delay").asInt()).isZero();
        assertThat(node.look(past).path("timestamp").asLong()).isEqualTo(1_700_000_000_000L);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("retries: at once, fixed, exponential, custom by name, and failure for good")
    void retries(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("retry")).listen();
        lab.work(
                node.name(),
                options ->
                        options.concurrency(3).backoff("mine", (made, job, failure) -> Duration.ofMillis(10L * made)));
        String data = "{behave:{kind:'failTimes',times:2}}";
        List<String> ids = List.of(
                node.add("at-once", data, "{attempts:3}"),
                node.add("fixed", data, "{attempts:3,backoff:{type:'fixed',delay:30}}"),
                node.add("number", data, "{attempts:3,backoff:25}"),
                node.add("doubling", data, "{attempts:3,backoff:{type:'exponential',delay:20,jitter:0.5}}"),
                node.add("custom", data, "{attempts:3,backoff:{type:'mine'}}"),
                node.add("front", data, "{attempts:3,lifo:true}"),
                node.add("priority", data, "{attempts:3,priority:2}"));
        String lost = node.add("lost", "{behave:{kind:'fail',message:'öfter'}}", "{attempts:2}");
        String never = node.add("never", "{behave:{kind:'unrecoverable',message:'never'}}", "{attempts:5}");
        node.await("completed", ids.size());
        for (String id : ids) {
            assertThat(node.look(id).path("attemptsMade").asInt()).as(id).isEqualTo(3);
            assertThat(node.look(id).path("returnvalue").asInt()).isEqualTo(2);
            assertThat(node.look(id).path("stacktrace")).hasSize(2);
            assertThat(node.look(id).path("failedReason").asString()).isEqualTo("not yet 2");
        }
        assertThat(node.await("failed", lost).path("failedReason").asString()).isEqualTo("öfter");
        assertThat(node.await("retries-exhausted", lost).path("attemptsMade").asInt())
                .isEqualTo(2);
        assertThat(node.await("failed", never).path("failedReason").asString()).isEqualTo("never");
        assertThat(node.look(never).path("attemptsMade").asInt()).isEqualTo(1);
        assertThat(node.look(lost).path("stacktrace").get(1).asString()).contains("öfter");
    }

    @Test
    @DisplayName("retention of the job: none, newest, by age, and Node's own defaults")
    void retention(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("keep")).listen();
        lab.work(node.name(), options -> options.keepCompleted(Retention.all()));
        for (int i = 0; i < 5; i++) node.add("gone", "{}", "{removeOnComplete:true}");
        for (int i = 0; i < 5; i++) node.add("newest", "{}", "{removeOnComplete:{count:2}}");
        for (int i = 0; i < 3; i++) node.add("failed", "{behave:{kind:'fail'}}", "{removeOnFail:1}");
        node.add("young", "{}", "{removeOnComplete:{age:3600,count:100}}");
        node.await("completed", 11);
        node.await("failed", 3);
        assertThat(node.call("getJobCounts", "completed", "failed")).isEqualTo(json("{completed:3,failed:1}"));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("progress and log lines of a Java run reach Node")
    void reports(BullMq release, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(release), lab.queue("report")).listen();
        lab.work(node.name(), options -> options);
        String values = "[1,50.5,'half',true,{step:'ü',of:[1,2]}]";
        String progress = node.add("p", "{behave:{kind:'progress',values:" + values + "}}");
        String log =
                node.add("l", "{behave:{kind:'log',lines:['one','zwei €','three\\nlines','four']}}", "{keepLogs:3}");
        node.await("completed", 2);
        JsonNode events = node.await("progress", 5);
        for (int i = 0; i < 5; i++)
            assertThat(events.get(i).path("data")).isEqualTo(json(values).get(i));
        assertThat(node.look(progress).path("progress")).isEqualTo(json("{step:'ü',of:[1,2]}"));
        JsonNode logs = node.call("getJobLogs", log);
        assertThat(logs.path("logs")).isEqualTo(json("['zwei €','three\\nlines','four']"));
        assertThat(logs.path("count").asInt()).isEqualTo(3);
    }

    @Test
    @DisplayName("options that only Node knows stay as they are: telemetry, size limit, users' own")
    void foreignOptions(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("foreign")).listen();
        String id = node.add(
                "n",
                "{behave:{kind:'failTimes',times:1}}",
                "{attempts:2,sizeLimit:9999,stackTraceLimit:1,telemetry:{metadata:'{\"traceparent\":\"00-ab\"}',"
                        + "omitContext:true},group:{id:7}}");
        JobRecord record = lab.java().queue(node.name()).find(id).orElseThrow();
        assertThat(record.options().attempts()).isEqualTo(2);
        assertThat(record.options().stackTraces()).isEqualTo(1);
        lab.work(node.name(), options -> options);
        node.await("completed", 1);
        JsonNode options = node.look(id).path("opts");
        assertThat(options.path("telemetry"))
                .isEqualTo(json("{metadata:'{\"traceparent\":\"00-ab\"}',omitContext:true}"));
        assertThat(options.path("group").path("id").asInt()).isEqualTo(7);
        assertThat(options.path("sizeLimit").asInt()).isEqualTo(9999);
    }

    @Test
    @DisplayName("own ids: Java finds Node's job, and adds no second one")
    void ownIds(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("ids")).listen();
        node.add("first", "{by:'node'}", "{jobId:'bill-7'}");
        var again = lab.java()
                .queue(node.name())
                .add("second", "{}", JobOptions.builder().id("bill-7").build());
        assertThat(again.isNew()).isFalse();
        assertThat(node.await("duplicated", 1).get(0).path("jobId").asString()).isEqualTo("bill-7");
        assertThat(again.look().orElseThrow().body().payload().text()).isEqualTo("{\"by\":\"node\"}");
    }

    @Test
    @DisplayName("a backoff that nobody knows on Java fails the job for good and says so")
    void unknownBackoff(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("unknown")).listen();
        lab.work(node.name(), options -> options);
        String id = node.add("n", "{behave:{kind:'fail'}}", "{attempts:3,backoff:{type:'nobody',delay:10}}");
        assertThat(node.await("failed", id).path("failedReason").asString()).contains("nobody");
        assertThat(node.look(id).path("attemptsMade").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"attempts\":0}",
                "{\"attempts\":2,\"backoff\":{\"type\":\"fixed\",\"delay\":5},\"removeOnFail\":false,\"x\":null}",
                "{\"removeOnComplete\":{\"age\":60,\"count\":5,\"limit\":10},\"kl\":3,\"sizeLimit\":1,\"tm\":\"t\"}",
                "{\"de\":{\"id\":\"d\",\"ttl\":5000,\"reschedule\":true},\"fpof\":true,\"omc\":true,\"group\":{}}"
            })
    @DisplayName("the smallest record that another library may write, with options of any age, runs on Java")
    void smallRecord(String options, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("small"));
        Map<String, String> record = Map.of(
                "name",
                "n",
                "data",
                "[1]",
                "opts",
                options,
                "timestamp",
                "1700000000000",
                "delay",
                "0",
                "priority",
                "0");
        lab.redis().hset(lab.key(node.name(), "bare"), record);
        lab.redis().lpush(lab.key(node.name(), "wait"), "bare");
        lab.redis().zadd(lab.key(node.name(), "marker"), 0, "0");
        assertThat(lab.java().queue(node.name()).find("bare").orElseThrow().name())
                .isEqualTo("n");
        lab.work(node.name(), worker -> worker);
        lab.awaitFinished(node.name(), 1);
        assertThat(node.look("bare").path("returnvalue")).isEqualTo(json("[1]"));
    }

    @Test
    @DisplayName("a job postponed by its Java run comes back at no attempt")
    void postponed(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("postpone")).listen();
        lab.work(node.name(), options -> options);
        String id = node.add("n", "{behave:{kind:'postpone',ms:40}}");
        node.await("completed", 1);
        assertThat(node.look(id).path("attemptsMade").asInt()).isEqualTo(1);
        assertThat(node.look(id).path("attemptsStarted").asInt()).isEqualTo(2);
        assertThat(node.await("delayed", id)).isNotNull();
    }

    @Test
    @DisplayName("a deferred failure fails the job unrun")
    void deferredFailure(Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("deferred")).listen();
        String id = node.add("n", "{}", "{attempts:3}");
        lab.redis().hset(lab.key(node.name(), id), "defa", "decided elsewhere");
        List<String> ran = new CopyOnWriteArrayList<>();
        lab.work(node.name(), new Behaviour(job -> ran.add(job.name())), options -> options);
        assertThat(node.await("failed", id).path("failedReason").asString()).isEqualTo("decided elsewhere");
        assertThat(ran).isEmpty();
        assertThat(lab.redis().hexists(lab.key(node.name(), id), "defa")).isFalse();
    }
}
