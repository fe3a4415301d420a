package dev.aurochs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.cli.work.StopSignals.Stop;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code events}: one JSON object a line, with names of fields that scripts may rely on. */
@Timeout(60)
class EventsTest {
    private static final Instant AT = Instant.parse("2030-01-02T03:04:05.678Z");

    private final Desk desk = open();

    Desk open() {
        return new Desk();
    }

    @AfterEach
    void leave() {
        desk.close();
    }

    private static String line(QueueEvent event) {
        return EventDocuments.of(event).toString();
    }

    @Test
    void printsWhatHasHappenedAndEnds() {
        desk.type("add", "mail", "welcome", "--id", "j", "--attempts", "2").printed();
        desk.type("work", "mail", "--until-empty", "--exec", "test $AUROCHS_ATTEMPT = 2 && echo sent")
                .printed();
        desk.type("pause", "mail").printed();
        desk.type("clean", "mail", "--state", "completed", "--yes").printed();
        assertThat(desk.type("events", "mail", "--no-follow").lines())
                .containsExactly(
                        "{\"event\":\"added\",\"queue\":\"mail\",\"at\":\"<time>\",\"id\":\"j\",\"name\":\"welcome\"}",
                        "{\"event\":\"waiting\",\"queue\":\"mail\",\"at\":\"<time>\",\"id\":\"j\",\"from\":null}",
                        "{\"event\":\"active\",\"queue\":\"mail\",\"at\":\"<time>\",\"id\":\"j\"}",
                        "{\"event\":\"waiting\",\"queue\":\"mail\",\"at\":\"<time>\",\"id\":\"j\",\"from\":\"active\"}",
                        "{\"event\":\"active\",\"queue\":\"mail\",\"at\":\"<time>\",\"id\":\"j\"}",
                        "{\"event\":\"completed\",\"queue\":\"mail\",\"at\":\"<time>\",\"id\":\"j\",\"result\":\"sent\"}",
                        "{\"event\":\"drained\",\"queue\":\"mail\",\"at\":\"<time>\"}",
                        "{\"event\":\"paused\",\"queue\":\"mail\",\"at\":\"<time>\"}",
                        "{\"event\":\"removed\",\"queue\":\"mail\",\"at\":\"<time>\",\"id\":\"j\",\"from\":\"completed\"}",
                        "{\"event\":\"cleaned\",\"queue\":\"mail\",\"at\":\"<time>\",\"jobs\":1}");
        assertThat(desk.type("events", "mail", "--no-follow", "--from-start", "--json")
                        .lines())
                .hasSize(10);
        assertThat(desk.type("events", "nobody", "--no-follow").out()).isEmpty();
    }

    @Test
    void printsAllOfManyEvents() {
        for (int i = 0; i < 1_200; i++) desk.queues.queue("mail").add("n");
        assertThat(desk.type("events", "mail", "--no-follow").lines()).hasSize(2_400);
    }

    @ParameterizedTest
    @EnumSource(Stop.class)
    void followsUntilASignal(Stop stop) throws Exception {
        desk.queues.queue("mail").add("n", 1, JobOptions.builder().id("before").build());
        Desk.Typing typing = desk.typing("events", "mail");
        typing.awaitErr("until this ends no other process can use memory:");
        Desk.Typing fromStart = desk.typing("events", "mail", "--from-start");
        fromStart.awaitOut("\"before\"");
        desk.queues.queue("mail").add("n", 1, JobOptions.builder().id("after").build());
        fromStart.awaitOut("\"after\",\"from\":null}\n");
        typing.awaitOut("\"after\",\"from\":null}\n");
        desk.stops.raise(stop);
        desk.stops.raise(stop);
        assertThat(typing.typed().code()).isEqualTo(stop.exitCode());
        assertThat(fromStart.typed().code()).isEqualTo(stop.exitCode());
        assertThat(typing.typed().out()).doesNotContain("before").hasLineCount(2);
        assertThat(fromStart.typed().out()).hasLineCount(4);
    }

    @Test
    void everyKindHasItsFields() {
        JobRef job = JobRef.of("mail", "j");
        String head = "\"queue\":\"mail\",\"at\":\"2030-01-02T03:04:05.678Z\"";
        assertThat(line(new QueueEvent.Delayed(job, AT, AT.plusSeconds(1))))
                .isEqualTo("{\"event\":\"delayed\"," + head + ",\"id\":\"j\",\"dueAt\":\"2030-01-02T03:04:06.678Z\"}");
        assertThat(line(new QueueEvent.WaitingChildren(job, AT, Optional.of(JobState.ACTIVE))))
                .isEqualTo("{\"event\":\"waiting-children\"," + head + ",\"id\":\"j\",\"from\":\"active\"}");
        assertThat(line(new QueueEvent.Progress(job, AT, new Json("{\n  \"part\": 0.10\r\n}"))))
                .isEqualTo("{\"event\":\"progress\"," + head + ",\"id\":\"j\",\"progress\":{   \"part\": 0.10  }}");
        assertThat(line(new QueueEvent.Failed(job, AT, "out of\npaper")))
                .isEqualTo("{\"event\":\"failed\"," + head + ",\"id\":\"j\",\"failedReason\":\"out of\\npaper\"}");
        assertThat(line(new QueueEvent.RetriesExhausted(job, AT, 3)))
                .isEqualTo("{\"event\":\"retries-exhausted\"," + head + ",\"id\":\"j\",\"attemptsMade\":3}");
        assertThat(line(new QueueEvent.Stalled(job, AT)))
                .isEqualTo("{\"event\":\"stalled\"," + head + ",\"id\":\"j\"}");
        assertThat(line(new QueueEvent.Deduplicated(job, AT, "d", job.id())))
                .isEqualTo("{\"event\":\"deduplicated\"," + head
                        + ",\"id\":\"j\",\"deduplicationId\":\"d\",\"refusedId\":\"j\"}");
        Map<String, String> fields = new TreeMap<>(Map.of("a", "1", "b", "\n"));
        assertThat(line(new QueueEvent.Unknown(QueueName.of("mail"), AT, "odd", fields)))
                .isEqualTo(
                        "{\"event\":\"unknown\"," + head + ",\"name\":\"odd\",\"fields\":{\"a\":\"1\",\"b\":\"\\n\"}}");
    }

    @Test
    void theHelpNamesEveryKind() {
        String help = desk.type("events", "--help").printed();
        for (Class<?> kind : QueueEvent.class.getPermittedSubclasses()) {
            Class<?>[] kinds = kind.isInterface() ? kind.getPermittedSubclasses() : new Class<?>[] {kind};
            for (Class<?> one : kinds)
                assertThat(help)
                        .contains(one.getSimpleName()
                                .replaceAll("(?<=.)([A-Z])", "-$1")
                                .toLowerCase());
        }
    }
}
