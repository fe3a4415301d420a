package dev.aurochs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.ScheduleRecord;
import dev.aurochs.queue.job.ScheduleSlot;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code schedule}, {@code schedules} and {@code unschedule}. */
class ScheduleTest {
    private final Desk desk = open();

    Desk open() {
        return new Desk();
    }

    @AfterEach
    void leave() {
        desk.close();
    }

    private ScheduleRecord found(String id) {
        return desk.queues.queue("mail").schedules().find(id).orElseThrow();
    }

    @Test
    void printsTheIdOfThePendingJob() {
        String id = desk.type("schedule", "mail", "pulse", "--every", "30s", "ping", "{\"n\":1}")
                .printed();
        JobRecord job = desk.queues.queue("mail").find(id).orElseThrow();
        ScheduleSlot made = job.body().schedule();
        assertThat(id).isEqualTo("repeat:pulse:" + made.slot().toEpochMilli());
        assertThat(job.name()).isEqualTo("ping");
        assertThat(job.body().payload()).hasToString("{\"n\":1}");
        assertThat(job.state()).isEqualTo(JobState.WAITING);
        assertThat(found("pulse").schedule().recurrence().every()).isEqualTo(Duration.ofSeconds(30));
        assertThat(desk.type("job", "mail", id).printed()).contains("schedule  pulse, run 1");
        assertThat(desk.type("job", "mail", id, "--json").printed()).contains("\"schedule\":\"pulse\",\"slot\":\"20");
    }

    @Test
    void readsCronWithZoneBoundsAndOptions() {
        desk.type(
                        "schedule",
                        "mail",
                        "nightly",
                        "report",
                        "--cron",
                        "0 3 * * *",
                        "--tz",
                        "Europe/Madrid",
                        "--limit",
                        "9",
                        "--end",
                        "2038-01-01T00:00:00Z",
                        "--attempts",
                        "3")
                .printed();
        ScheduleRecord record = found("nightly");
        assertThat(record.slot().atZone(ZoneId.of("Europe/Madrid")).toLocalTime())
                .hasToString("03:00");
        assertThat(record.schedule().recurrence().limit()).isEqualTo(9);
        assertThat(record.schedule().recurrence().end()).isEqualTo("2038-01-01T00:00:00Z");
        assertThat(record.schedule().options().attempts()).isEqualTo(3);
    }

    @Test
    void listsSchedules() {
        desk.type("schedule", "mail", "pulse", "ping", "--every", "90s", "--start", "2030-01-01T00:00:00Z");
        desk.type("schedule", "mail", "monthly", "digest", "--cron", "0 9 * * MON#1", "--now");
        assertThat(desk.type("schedules", "mail").lines())
                .containsExactly(
                        "ID       WHEN               JOB     RUNS  NEXT",
                        "monthly  0 9 * * MON#1 UTC  digest     1  <time>",
                        "pulse    every 90s          ping       1  <time>");
        assertThat(desk.type("schedules", "mail", "--json", "--offset", "1").printed())
                .isEqualTo("[{\"id\":\"pulse\",\"queue\":\"mail\",\"name\":\"ping\",\"data\":{},\"every\":90000,"
                        + "\"offset\":0,\"cron\":null,\"tz\":null,\"limit\":null,"
                        + "\"start\":\"2030-01-01T00:00:00Z\",\"end\":null,\"runs\":1,"
                        + "\"next\":\"2030-01-01T00:00:00Z\",\"job\":\"repeat:pulse:1893456000000\",\"over\":false}]");
        assertThat(desk.type("schedules", "nobody").err()).contains("there are no schedules in queue 'nobody'");
        assertThat(desk.type("schedules", "nobody", "--json").printed()).isEqualTo("[]");
    }

    @Test
    void removesSchedules() {
        desk.type("schedule", "mail", "yearly", "--cron", "@yearly", "report");
        assertThat(desk.type("unschedule", "mail", "yearly").printed()).isEqualTo("1 schedule");
        assertThat(desk.queues.queue("mail").counts().of(JobState.DELAYED)).hasValue(0);
        assertThat(desk.type("unschedule", "mail", "yearly").failed())
                .contains("there is no schedule 'yearly' in queue 'mail'");
    }

    @Test
    void itsPendingJobIsNotRemoved() {
        String id = desk.type("schedule", "mail", "yearly", "--cron", "@yearly", "report")
                .printed();
        assertThat(desk.type("remove", "mail", id, "--yes").failed())
                .contains("it is the pending run of schedule 'yearly'");
    }

    @Test
    void workUntilEmptyDoesNotWaitForTheNextOne() {
        desk.type("schedule", "mail", "hourly", "--every", "1h", "ping");
        desk.type("work", "mail", "--exec", "cat", "--until-empty").printed();
        assertThat(found("hourly").runs()).isEqualTo(2);
    }

    @Test
    void itsJobsAreWorkedOn() {
        desk.type("schedule", "mail", "once", "--every", "1h", "ping", "--limit", "1");
        desk.type("work", "mail", "--exec", "cat", "--until-empty").printed();
        assertThat(desk.type("jobs", "mail", "completed").printed()).contains("ping");
        assertThat(desk.type("schedules", "mail").printed()).contains("over");
    }
}
