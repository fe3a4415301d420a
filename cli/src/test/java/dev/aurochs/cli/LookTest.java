package dev.aurochs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobOptions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code counts}, {@code jobs}, {@code job}, {@code queues}. */
class LookTest {
    private final Desk desk = open();

    Desk open() {
        return new Desk();
    }

    @AfterEach
    void leave() {
        desk.close();
    }

    private void add(String name, String data, JobOptions.Builder options) {
        desk.queues
                .queue("mail")
                .add(
                        name,
                        new dev.aurochs.queue.job.Json(data),
                        options.id(name).build());
    }

    private void threeJobs() {
        add("plain", "{\"to\":\"ada\"}", JobOptions.builder());
        add("urgent", "1", JobOptions.builder().priority(2).attempts(3));
        add("late", "null", JobOptions.builder().delay(Duration.ofHours(2)));
    }

    @Test
    void countsStandInTheOrderOfTheContract() {
        threeJobs();
        assertThat(desk.type("counts", "mail").lines())
                .containsExactly(
                        "waiting           2",
                        "delayed           1",
                        "active            0",
                        "waiting-children  0",
                        "completed         0",
                        "failed            0",
                        "prioritized       1",
                        "paused            0");
        assertThat(desk.type("counts", "mail", "--json").printed())
                .isEqualTo("{\"waiting\":2,\"delayed\":1,\"active\":0,\"waiting-children\":0,\"completed\":0,"
                        + "\"failed\":0,\"prioritized\":1,\"paused\":0}");
    }

    @Test
    void anUnknownQueueIsZeros() {
        assertThat(desk.type("counts", "nobody").lines()).hasSize(8).allMatch(line -> line.endsWith(" 0"));
        assertThat(desk.type("jobs", "nobody", "failed").err()).isEqualTo("no failed jobs in queue 'nobody'\n");
        assertThat(desk.type("jobs", "nobody", "failed", "--json").printed()).isEqualTo("[]");
    }

    @Test
    void jobsAreListedNextToRunFirst() {
        threeJobs();
        assertThat(desk.type("jobs", "mail", "waiting").lines())
                .containsExactly(
                        "ID      NAME    PRIORITY  ATTEMPTS  ADDED                     DATA",
                        "plain   plain          0  0/1       <time>  {\"to\":\"ada\"}",
                        "urgent  urgent         2  0/3       <time>  1");
        assertThat(desk.type("jobs", "mail", "delayed").lines().get(0)).contains("DUE");
        Desk.Typed first = desk.type("jobs", "mail", "waiting", "--limit", "1");
        assertThat(first.lines()).hasSize(2);
        assertThat(first.err()).isEqualTo("there are more: --offset 1\n");
        assertThat(desk.type("jobs", "mail", "waiting", "--offset", "1").lines().get(1))
                .startsWith("urgent");
    }

    @Test
    void timesAreRelativeOnATerminal() {
        threeJobs();
        assertThat(desk.onTerminal().type("jobs", "mail", "delayed").printed()).containsPattern("in 1 h 59 min");
    }

    @Test
    void aJobIsShownWhole() {
        threeJobs();
        assertThat(desk.type("job", "mail", "urgent").lines())
                .containsExactly(
                        "job       mail/urgent",
                        "name      urgent",
                        "state     waiting",
                        "attempts  0 of 3",
                        "options   priority 2",
                        "added     <time>",
                        "data      1");
        assertThat(desk.type("job", "mail", "late", "--json").printed())
                .startsWith("{\"id\":\"late\",\"queue\":\"mail\",\"name\":\"late\",\"state\":\"delayed\",\"data\":null,"
                        + "\"priority\":0,\"attemptsMade\":0,\"attemptsStarted\":0,\"stalls\":0,\"addedAt\":\"20")
                .contains(
                        "\"options\":{\"attempts\":1,\"backoff\":{\"type\":\"none\",\"delay\":0", "\"delay\":7200000,")
                .endsWith("\"children\":[],\"log\":[]}");
    }

    @Test
    void aJobThatIsNotThereIsAFailure() {
        assertThat(desk.type("job", "mail", "9").failed()).isEqualTo("aurochs: queue 'mail' has no job '9'");
    }

    @Test
    void queuesAreListedWithTheirCounts() {
        threeJobs();
        desk.type("pause", "mail").printed();
        desk.type("add", "art", "draw").printed();
        assertThat(desk.type("queues").lines())
                .extracting(line -> line.replaceAll("  +", "|"))
                .containsExactly(
                        "QUEUE|WAITING|DELAYED|ACTIVE|WAITING-CHILDREN|COMPLETED|FAILED|PRIORITIZED|PAUSED",
                        "art|1|0|0|0|0|0|0|0",
                        "mail (paused)|2|1|0|0|0|0|1|2");
        assertThat(desk.type("queues", "--json").printed())
                .startsWith("[{\"queue\":\"art\",\"isPaused\":false,\"heldUntil\":null,\"rateLimit\":null,"
                        + "\"concurrency\":null,\"waiting\":1,")
                .contains(
                        "{\"queue\":\"mail\",\"isPaused\":true,\"heldUntil\":null,",
                        "\"concurrency\":null,\"waiting\":2,");
    }

    @Test
    void aStoreWithoutQueuesIsNoError() {
        assertThat(desk.type("queues").err()).startsWith("there are no queues yet in " + desk.shown());
        assertThat(desk.type("queues", "--json").printed()).isEqualTo("[]");
    }

    @Test
    void whatAJobCarriesCannotDriveTheTerminal() {
        desk.queues.queue("mail").add("n", new dev.aurochs.queue.job.Json("\"a\u009b31mb\""));
        assertThat(desk.type("jobs", "mail", "waiting").out()).doesNotContain("\u009b");
        assertThat(desk.type("job", "mail", "1").out()).doesNotContain("\u009b");
    }
}
