package dev.aurochs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code add} and {@code flow}. */
class AddTest {
    private final Desk desk = open();

    Desk open() {
        return new Desk();
    }

    @TempDir
    private Path folder;

    @AfterEach
    void leave() {
        desk.close();
    }

    private JobRecord found(String id) {
        return desk.queues.queue("mail").find(id).orElseThrow();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void printsTheIdAndOneLineBreak() {
        Desk.Typed added = desk.type("add", "mail", "welcome", "{\"to\": \"ada\"}");
        assertThat(added.out()).isEqualTo(added.printed() + "\n");
        assertThat(added.err()).isEmpty();
        assertThat(found(added.printed()).body().payload()).isEqualTo(new Json("{\"to\": \"ada\"}"));
        assertThat(desk.type("add", "mail", "welcome", "--json").printed())
                .matches("\\{\"id\":\"[^\"]+\",\"queue\":\"mail\",\"added\":true}");
    }

    @Test
    void readsDataFromFileAndStandardInputUnchanged() throws IOException {
        String exact = "{ \"big\": 9007199254740993,\n  \"long\": 0.10000000000000000001, \"name\": \"Zoë\" }";
        String fromFile = desk.type("add", "mail", "n", "@" + file("data.json", exact + "\n"))
                .printed();
        String fromInput =
                desk.input("\n" + exact).type("add", "mail", "n", "-").printed();
        assertThat(found(fromFile).body().payload().text()).isEqualTo(exact);
        assertThat(found(fromInput).body().payload().text()).isEqualTo(exact);
        assertThat(found(desk.type("add", "mail", "n").printed()).body().payload())
                .isEqualTo(Json.EMPTY_OBJECT);
        assertThat(desk.input("").type("add", "mail", "n", "-").refused())
                .contains("standard input, line 1, column 1: is empty; exactly one JSON value is expected");
    }

    @Test
    void carriesEveryOptionToTheJob() {
        JobRecord job = found(
                desk.type(("add mail n --id m-1 --delay 10m --priority 7 --attempts 3 --backoff exponential:1s:0.5"
                                        + " --keep-completed none --keep-failed 7d --timeout 90s")
                                .split(" "))
                        .printed());
        assertThat(job.id().value()).isEqualTo("m-1");
        assertThat(job.state()).isEqualTo(JobState.DELAYED);
        assertThat(job.options().delay()).isEqualTo(Duration.ofMinutes(10));
        assertThat(job.options().priority()).isEqualTo(7);
        assertThat(job.options().attempts()).isEqualTo(3);
        assertThat(job.options().backoff().type()).isEqualTo("exponential");
        assertThat(job.options().backoff().jitter()).isEqualTo(0.5);
        assertThat(job.options().keepCompleted()).contains(Retention.none());
        assertThat(job.options().keepFailed()).contains(Retention.youngerThan(Duration.ofDays(7)));
        assertThat(job.options().timeout()).contains(Duration.ofSeconds(90));
    }

    @Test
    void anIdThatIsThereIsPrintedAgainAndSaidToBeThere() {
        desk.type("add", "mail", "n", "--id", "once").printed();
        Desk.Typed again = desk.type("add", "mail", "n", "--id", "once", "--json");
        assertThat(again.printed()).isEqualTo("{\"id\":\"once\",\"queue\":\"mail\",\"added\":false}");
        assertThat(again.err()).isEqualTo("job 'once' is already in queue 'mail'; nothing was added\n");
    }

    @Test
    void aJobThatHoldsTheDeduplicationIdIsPrintedInstead() {
        String first = desk.type("add", "reports", "daily", "--dedup", "today").printed();
        Desk.Typed again = desk.type("add", "reports", "daily", "--dedup", "today", "--id", "mine", "--json");
        assertThat(again.printed()).isEqualTo("{\"id\":\"" + first + "\",\"queue\":\"reports\",\"added\":false}");
        assertThat(again.err())
                .isEqualTo("deduplication id 'today' is held by job '" + first
                        + "' in queue 'reports'; nothing was added\n");
        String timed = desk.type("add", "mail", "n", "--dedup", "once", "--dedup-ttl", "5m")
                .printed();
        assertThat(found(timed).options().deduplication())
                .contains(Deduplication.throttle("once", Duration.ofMinutes(5)));
        assertThat(desk.type("job", "mail", timed, "--json").printed())
                .contains("\"deduplication\":{\"id\":\"once\",\"ttl\":300000,\"extend\":false,\"replace\":false,"
                        + "\"keepLast\":false}");
        assertThat(desk.type("add", "mail", "n", "--dedup-ttl", "5m").refused()).contains("needs --dedup ID");
    }

    @Test
    void readsTheModesOfDeduplicationByTheirBullMqNames() throws IOException {
        Path file = file("jobs.ndjson", """
                {"name":"a","opts":{"delay":60000,"deduplication":{"id":"d","ttl":5000,"extend":true,"replace":true}}}
                {"name":"b","opts":{"delay":60000,"deduplication":{"id":"d","ttl":5000,"extend":true,"replace":true}}}
                {"name":"c","opts":{"deduplication":{"id":"last","ttl":0,"keepLastIfActive":true}}}
                """);
        Desk.Typed added = desk.type("add", "mail", "--bulk", file.toString());
        assertThat(added.err()).isEmpty();
        List<String> ids = added.printed().lines().toList();
        assertThat(desk.queues.queue("mail").find(ids.get(0))).isEmpty();
        assertThat(found(ids.get(1)).options().deduplication())
                .contains(Deduplication.debounce("d", Duration.ofSeconds(5)));
        assertThat(found(ids.get(2)).options().deduplication()).contains(Deduplication.keepLast("last"));
        Path bad = file("bad.ndjson", "{\"name\":\"a\",\"opts\":{\"deduplication\":{\"ttl\":5}}}\n");
        assertThat(desk.type("add", "mail", "--bulk", bad.toString()).refused())
                .contains("'opts.deduplication.id' is missing");
    }

    @Test
    void aFlowsChildThatIsKeptOutIsNotWaitedFor() throws IOException {
        desk.type("add", "mail", "n", "--dedup", "d");
        Path file = file("flow.json", """
                {"name": "up", "queueName": "mail", "opts": {"jobId": "root"}, "children": [
                  {"name": "x", "queueName": "mail", "opts": {"deduplication": {"id": "d"}}}]}
                """);
        desk.type("flow", file.toString());
        assertThat(found("root").state()).isEqualTo(JobState.WAITING);
        Path parent = file("parent.json", """
                {"name": "up", "queueName": "mail", "opts": {"deduplication": {"id": "e"}}, "children": [
                  {"name": "x", "queueName": "mail"}]}
                """);
        assertThat(desk.type("flow", parent.toString()).refused()).contains("a parent cannot have one");
    }

    @Test
    void warnsOfABackoffThatNobodyMayKnow() {
        assertThat(desk.type("add", "mail", "n", "--backoff", "tidal:1s").err())
                .startsWith("note: backoff 'tidal' is neither fixed nor exponential");
    }

    @Test
    void addsAFileInOrder() throws IOException {
        Path file = file("jobs.ndjson", """
                {"name":"a","data":{"n": 1},"opts":{"jobId":"one","attempts":3}}

                {"name":"b"}
                {"name":"c","opts":{"priority":2,"delay":60000,"backoff":500}}
                """);
        Desk.Typed added = desk.type("add", "mail", "--bulk", file.toString(), "--attempts", "5");
        assertThat(added.printed().lines()).hasSize(3).first().isEqualTo("one");
        assertThat(found("one").options().attempts()).isEqualTo(3);
        assertThat(found("one").body().payload().text()).isEqualTo("{\"n\": 1}");
        String second = added.printed().lines().toList().get(1);
        assertThat(found(second).options().attempts()).isEqualTo(5);
        assertThat(desk.type("add", "mail", "--bulk", file.toString(), "--json").printed())
                .startsWith("[{\"id\":\"one\",\"queue\":\"mail\",\"added\":false},{");
    }

    @Test
    void addsNothingOfAFileWithOneBadLine() throws IOException {
        Path file = file("jobs.ndjson", "{\"name\":\"a\"}\n{\"name\":\"b\",\"opts\":{\"prio\":1}}\n");
        assertThat(desk.type("add", "mail", "--bulk", file.toString()).refused())
                .contains("jobs.ndjson, line 2, column 21: unknown key 'opts.prio'; known here: attempts, backoff,");
        assertThat(desk.queues.names()).isEmpty();
    }

    @Test
    void addsATree() throws IOException {
        Path file = file("flow.json", """
                {"name": "upload", "queueName": "mail", "data": {"picture": "bull.png"}, "opts": {"jobId": "root"},
                 "children": [
                   {"name": "optimize", "queueName": "pictures"},
                   {"name": "check", "queueName": "checks", "opts": {"failParentOnFailure": true},
                    "children": [{"name": "term", "queueName": "checks"}]}]}
                """);
        Desk.Typed added = desk.type("flow", file.toString(), "--json");
        assertThat(added.printed()).isEqualTo("{\"id\":\"root\",\"queue\":\"mail\",\"added\":true,\"jobs\":4}");
        assertThat(found("root").state()).isEqualTo(JobState.WAITING_CHILDREN);
        assertThat(desk.queues
                        .queue("checks")
                        .list(JobState.WAITING, PageRequest.first(9))
                        .items())
                .extracting(JobRecord::name)
                .containsExactly("term");
        Desk.Typed again = desk.type("flow", file.toString());
        assertThat(again.printed()).isEqualTo("root");
        assertThat(again.err()).contains("is already in queue 'mail'; nothing was added");
    }

    @Test
    void refusesUnknownKeysOfAFlowWithTheirPath() throws IOException {
        Path file = file("flow.json", """
                {"name": "a", "queueName": "mail", "children": [
                  {"name": "b", "queueName": "mail"}, {"name": "c", "queueName": "mail"},
                  {"name": "d", "queueName": "mail", "opts": {"prio": 3}}]}
                """);
        assertThat(desk.type("flow", file.toString()).refused())
                .contains("flow.json, line 3, column 47: unknown key 'children[2].opts.prio'");
        assertThat(desk.queues.names()).isEmpty();
    }
}
