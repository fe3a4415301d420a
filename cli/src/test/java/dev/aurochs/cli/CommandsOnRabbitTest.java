package dev.aurochs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.cli.work.StopSignals.Stop;
import dev.aurochs.tck.server.RabbitServer;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same commands, typed at a RabbitMQ broker: what works, and what is refused with what to use instead. */
@Tag("rabbitmq")
@Timeout(120)
class CommandsOnRabbitTest {
    private static final String HOST =
            RabbitServer.shared().host() + ":" + RabbitServer.shared().port();

    private final Desk desk = new Desk("amqp://" + HOST + "?prefix=" + UUID.randomUUID());

    @AfterEach
    void leave() {
        desk.close();
    }

    private String count(String state) {
        return desk.type("counts", "mail")
                .printed()
                .lines()
                .filter(line -> line.startsWith(state + " "))
                .map(line -> line.replaceAll(".* ", ""))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("jobs are added, run until nothing comes any more, and counted")
    void addAndWork() {
        assertThat(desk.type("add", "mail", "welcome", "{\"to\":\"ada\"}").printed())
                .hasSize(36);
        desk.type("add", "mail", "later", "--delay", "300ms", "--attempts", "2").printed();
        Desk.Typed worked = desk.type("work", "mail", "--until-idle", "1s", "--exec", "cat");
        assertThat(worked.err()).contains("2 jobs completed");
        assertThat(desk.type("counts", "mail").printed().replaceAll(" +", " ").lines())
                .containsExactly(
                        "waiting 0",
                        "delayed ?",
                        "active ?",
                        "waiting-children ?",
                        "completed ?",
                        "failed 0",
                        "prioritized ?",
                        "paused ?");
        assertThat(desk.type("counts", "mail", "--json").printed())
                .contains("\"waiting\":0", "\"delayed\":null", "\"failed\":0");
    }

    @Test
    @DisplayName("failed jobs are retried by id or all together")
    void retries() {
        String one = desk.type("add", "mail", "n").printed();
        for (int i = 0; i < 2; i++) desk.type("add", "mail", "n").printed();
        assertThat(desk.type("work", "mail", "--until-idle", "1s", "--exec", "exit 100")
                        .err())
                .contains("3 runs failed");
        assertThat(count("failed")).isEqualTo("3");
        assertThat(desk.type("retry", "mail", one).printed()).isEqualTo("1 jobs");
        assertThat(desk.type("retry", "mail", one).failed()).contains("job '" + one + "' is not among the failed ones");
        assertThat(desk.type("retry", "mail", "--all-failed").printed()).isEqualTo("2 jobs");
        assertThat(count("waiting")).isEqualTo("3");
        assertThat(count("failed")).isEqualTo("0");
    }

    @Test
    @DisplayName("a paused queue gives nothing to anybody until it is resumed")
    void pauses() {
        desk.type("add", "mail", "n").printed();
        Desk.Typed paused = desk.type("pause", "mail");
        assertThat(paused.printed()).isEqualTo("1 jobs");
        assertThat(paused.err()).isEqualTo("queue 'mail' is paused; running jobs go on\n");
        assertThat(desk.type("work", "mail", "--until-idle", "1s", "--exec", "true")
                        .err())
                .contains("0 jobs completed");
        assertThat(desk.type("resume", "mail", "--json").printed()).contains("\"isPaused\":false");
        assertThat(desk.type("work", "mail", "--until-idle", "1s", "--exec", "true")
                        .err())
                .contains("1 job completed");
    }

    @Test
    @DisplayName("events are told from the moment on at which somebody listens")
    void events() {
        Desk.Typing listening = desk.typing("events", "mail");
        // Nobody tells when the listener is there: it hears of one of the jobs.
        while (!listening.out().toString().contains("\"added\""))
            desk.queues.queue("mail").add("n");
        desk.type("work", "mail", "--until-idle", "1s", "--exec", "echo sent").printed();
        listening.awaitOut("\"completed\"");
        listening.awaitOut("\"result\":\"sent\"");
        desk.stops.raise(Stop.INT);
        assertThat(listening.typed().code()).isEqualTo(Stop.INT.exitCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "work mail --until-empty --exec true | LOOKUP | use --until-idle DURATION",
                "events mail --no-follow | EVENT_REPLAY | leave out --from-start and --no-follow",
                "events mail --from-start | EVENT_REPLAY | leave out --from-start and --no-follow",
                "jobs mail waiting | LOOKUP | listen to the queue",
                "job mail a | LOOKUP | listen to the queue",
                "queues | QUEUE_LISTING | keep the names in your application",
                "add mail n --id own | UNIQUE_IDS | leave out the own id",
                "add mail n --dedup d | DEDUPLICATION | use an own id instead",
                "add mail n --lifo | LIFO | leave out lifo",
                "promote mail a | CHANGE_WAITING | the job can only be changed by its worker",
                "remove mail a | CHANGE_WAITING | the job can only be changed by its worker",
                "drain mail --yes | CHANGE_WAITING | cannot be told apart",
                "clean mail --state failed --yes | CHANGE_WAITING | cannot be told apart",
                "obliterate mail --yes | LOOKUP | the store's tools",
                "schedules mail | SCHEDULES | ",
                "pause mail --for 1h | QUEUE_LIMIT | ",
            })
    @DisplayName("what a queue of messages cannot do is refused by name, with what to use instead")
    void refused(String line, String capability, String instead) {
        Desk.Typed typed = desk.type(line.split(" "));
        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.out().strip()).isIn("", "0 jobs");
        assertThat(typed.err().lines().filter(each -> each.startsWith("aurochs: ")))
                .singleElement()
                .asString()
                .startsWith("aurochs: the rabbitmq backend does not offer " + capability + "; ")
                .contains(instead == null ? "" : instead);
    }

    @Test
    @DisplayName("on quorum queues a priority is refused, never ignored")
    void priorityOnQuorum() {
        desk.variable(BackendOption.VARIABLE, "amqp://" + HOST + "?queueType=quorum&prefix=" + UUID.randomUUID());
        assertThat(desk.type("add", "mail", "n", "--priority", "5").failed())
                .contains("does not offer PRIORITIES; leave out the priority");
    }

    @Test
    @DisplayName("doctor says what the broker may lose, how long a run may be, and passes")
    void doctor() {
        assertThat(desk.type("doctor").lines().stream()
                        .filter(line -> !line.matches("ok +(java|shell) .*"))
                        .map(line -> line.replaceAll(":\\d{4,5}", ":<port>")
                                .replaceAll("RabbitMQ \\d+[.0-9]*", "RabbitMQ <version>")
                                .replaceAll("prefix=[-0-9a-f]+", "prefix=<prefix>")
                                .replaceAll("[.0-9]+ ms", "<n> ms"))
                        .toList())
                .startsWith(
                        "ok    backend     rabbitmq answers at amqp://127.0.0.1:<port>?prefix=<prefix>",
                        "ok    server      RabbitMQ <version>",
                        "ok    alarms      the broker takes messages",
                        "ok    durability  classic queues: an add is acknowledged when one node has it on its disk")
                .anySatisfy(line -> assertThat(line).contains("long runs"))
                .anySatisfy(line -> assertThat(line).contains("an answer takes <n> ms (median of 9)"));
    }

    @Test
    @DisplayName("a wrong password, virtual host or broker is one line, without the secret, and doctor says the same")
    void wrongAddresses() {
        String[][] wrong = {
            {"amqp://ada:sesame@" + HOST, "refuses user 'ada'; check user and password in the address"},
            {"amqp://guest:guest@" + HOST + "/nowhere", "has no virtual host 'nowhere' for user 'guest'; create it"},
            {"amqp://ada:sesame@127.0.0.1:1", "no RabbitMQ answers at amqp://127.0.0.1:1: "}
        };
        for (String[] one : wrong) {
            Desk.Typed typed = desk.type("counts", "q", "--backend", one[0]);
            assertThat(typed.failed()).startsWith("aurochs: ").contains(one[1]);
            assertThat(typed.err().lines()).hasSize(1);
            Desk.Typed doctor = desk.type("doctor", "--backend", one[0]);
            assertThat(doctor.code()).isEqualTo(1);
            assertThat(doctor.out()).containsPattern("fail +backend +").contains(one[1]);
            assertThat(typed.err() + doctor.out() + doctor.err()).doesNotContain("sesame");
        }
    }
}
