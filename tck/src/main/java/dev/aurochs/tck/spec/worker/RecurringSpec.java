package dev.aurochs.tck.spec.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aurochs.queue.Job;
import dev.aurochs.queue.JobSchedules;
import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.ScheduleRecord;
import dev.aurochs.queue.job.ScheduleSlot;
import dev.aurochs.queue.job.WrongStateException;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.testing.ManualWorker;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Schedules through the public API, run by a worker. */
@Requires({Capability.SCHEDULES, Capability.LOOKUP, Capability.CHANGE_WAITING})
public abstract class RecurringSpec {
    private static final JobOptions PLAIN = JobOptions.defaults();

    @Rule({"J1", "J4"})
    @DisplayName("J1: a worker runs a schedule's jobs, one after the other, and the handler sees which run it is")
    @Test
    void runs(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            List<ScheduleSlot> seen = new ArrayList<>();
            ManualWorker worker = shop.worker()
                    .onAny((payload, job) -> seen.add(job.schedule().orElseThrow()))
                    .manual();
            Duration span = shop.time().units(3);
            Job first = shop.queue().schedules().upsert("pulse", Recurrence.every(span), "ping");
            for (int i = 0; i < 3; i++) {
                assertThat(worker.runAll()).hasSize(1);
                shop.pass(span);
            }
            assertThat(seen).extracting(ScheduleSlot::count).containsExactly(1L, 2L, 3L);
            assertThat(first.id())
                    .isEqualTo(ScheduleSlot.jobId("pulse", seen.get(0).slot()));
            assertThat(shop.queue().schedules().find("pulse").orElseThrow().runs())
                    .isEqualTo(4);
            shop.queue().schedules().remove("pulse");
        }
    }

    @Rule("J4")
    @DisplayName("J4: when the next job cannot be put in place the present one does not run, at no attempt")
    @Test
    void notWithoutSuccessor(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            List<String> ran = new ArrayList<>();
            ManualWorker worker = shop.completing(ran, options -> {});
            Job job = shop.queue()
                    .schedules()
                    .upsert("pulse", Recurrence.every(shop.time().units(50)), "ping");
            shop.tap().cutChains(true);
            assertThat(worker.runNext().orElseThrow().outcome()).contains(new Outcome.GivenBack());
            assertThat(ran).isEmpty();
            JobRecord back = job.look().orElseThrow();
            assertThat(back.runs().made()).isZero();
            shop.tap().cutChains(false);
            assertThat(worker.runAll()).hasSize(1);
            assertThat(ran).containsExactly("ping");
            shop.queue().schedules().remove("pulse");
        }
    }

    @Rule({"J4", "L6"})
    @DisplayName("J4: a job that fails unrun has a successor as well")
    @Test
    void expiredJob(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            ManualWorker worker = shop.completing();
            Duration span = shop.time().units(4);
            JobOptions options =
                    JobOptions.builder().expiry(shop.time().units(2)).build();
            JobSchedules schedules = shop.queue().schedules();
            schedules.upsert("pulse", Recurrence.every(span), "ping", null, options);
            shop.pass(shop.time().units(3));
            assertThat(worker.runNext().orElseThrow().outcome().orElseThrow()).isInstanceOf(Outcome.Failed.class);
            ScheduleRecord after = schedules.find("pulse").orElseThrow();
            assertThat(after.runs()).isEqualTo(2);
            assertThat(shop.queue().find(after.job().value())).isPresent();
            schedules.remove("pulse");
        }
    }

    @Rule("J6")
    @DisplayName("J6: a cron expression's jobs come at its moments, read in its zone")
    @Test
    void cron(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            ManualWorker worker = shop.completing();
            JobSchedules schedules = shop.queue().schedules();
            schedules.upsert("tick", Recurrence.cron("* * * * * *"), "tick");
            Instant first = schedules.find("tick").orElseThrow().slot();
            assertThat(first.getNano()).isZero();
            for (int second = 1; second <= 3; second++) {
                shop.pass(Duration.ofSeconds(1));
                assertThat(worker.runAll()).hasSize(1);
                Instant next = schedules.find("tick").orElseThrow().slot();
                assertThat(next).isAfterOrEqualTo(first.plusSeconds(second));
            }
            schedules.remove("tick");
            ZoneId madrid = ZoneId.of("Europe/Madrid");
            schedules.upsert("night", Recurrence.cron("30 3 * * *").in(madrid), "report");
            Instant night = schedules.find("night").orElseThrow().slot();
            assertThat(night.atZone(madrid).toLocalTime()).hasToString("03:30");
            schedules.remove("night");
        }
    }

    @Rule({"J5", "J6"})
    @DisplayName("J5: the moments of a cron expression that were missed are not made up for")
    @Test
    void missedMoments(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            ManualWorker worker = shop.completing();
            JobSchedules schedules = shop.queue().schedules();
            schedules.upsert("tick", Recurrence.cron("* * * * * *"), "tick");
            shop.pass(Duration.ofMillis(3_500));
            assertThat(worker.runAll()).hasSize(1);
            assertThat(schedules.find("tick").orElseThrow().runs()).isEqualTo(2);
            schedules.remove("tick");
        }
    }

    @Rule({"J6", "J12"})
    @DisplayName("J6: cron, start, end and limit go together")
    @Test
    void cronBounds(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            ManualWorker worker = shop.completing();
            JobSchedules schedules = shop.queue().schedules();
            Instant start = shop.now().plusSeconds(1);
            Recurrence bounded =
                    Recurrence.cron("* * * * * *").startingAt(start).limit(2);
            schedules.upsert("tick", bounded, "tick");
            assertThat(schedules.find("tick").orElseThrow().slot()).isAfter(start);
            for (int second = 0; second < 4; second++) {
                shop.pass(Duration.ofSeconds(1));
                worker.runAll();
            }
            ScheduleRecord over = schedules.find("tick").orElseThrow();
            assertThat(over.over()).isTrue();
            assertThat(over.runs()).isEqualTo(2);
        }
    }

    @Rule("J7")
    @DisplayName("J7: upsertNow makes a run that is due at once, also by cron")
    @Test
    void atOnce(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            ManualWorker worker = shop.completing();
            JobSchedules schedules = shop.queue().schedules();
            schedules.upsertNow("yearly", Recurrence.cron("@yearly"), "report", null, PLAIN);
            assertThat(worker.runAll()).hasSize(1);
            assertThat(schedules.find("yearly").orElseThrow().slot()).isAfter(shop.now());
            schedules.remove("yearly");
        }
    }

    @Rule("J9")
    @DisplayName("J9: the pending job of a schedule is not removed, and the error says whose it is")
    @Test
    void refusesRemoval(QueueDriver q) {
        try (ManualShop shop = ManualShop.over(q)) {
            Job job = shop.queue()
                    .schedules()
                    .upsert("pulse", Recurrence.every(shop.time().units(50)), "ping");
            assertThatExceptionOfType(WrongStateException.class)
                    .isThrownBy(job::remove)
                    .withMessageContaining("it is the pending run of schedule 'pulse'");
            shop.queue().schedules().remove("pulse");
        }
    }

    @Rule("J2")
    @DisplayName("J2: what no schedule may be is refused, and nothing is stored")
    @Test
    void refused(QueueDriver q) {
        q.need(Capability.SCHEDULES);
        try (ManualShop shop = ManualShop.over(q)) {
            JobSchedules schedules = shop.queue().schedules();
            Recurrence often = Recurrence.every(Duration.ofSeconds(5));
            refuses("schedule id", () -> schedules.upsert("a:b", often, "n"));
            refuses("schedule id", () -> schedules.upsert("", often, "n"));
            refuses("job name", () -> schedules.upsert("a", often, ""));
            refuses("every", () -> Recurrence.every(Duration.ZERO));
            refuses("every", () -> Recurrence.every(Duration.ofNanos(1_500_000)));
            refuses("offset", () -> often.offset(Duration.ofSeconds(5)));
            refuses("limit", () -> often.limit(0));
            refuses("end", () -> schedules.upsert("a", often.endingAt(shop.now().minusSeconds(1)), "n"));
            refuses(
                    "end",
                    () -> often.startingAt(shop.now()).endingAt(shop.now().minusSeconds(1)));
            refuses("cron", () -> schedules.upsert("a", Recurrence.cron("61 * * * *"), "n"));
            refuses("cron", () -> schedules.upsert("a", Recurrence.cron("0 0 30 2 *"), "n"));
            JobOptions.Builder options = JobOptions.builder();
            refuses(
                    "id",
                    () -> schedules.upsert(
                            "a", often, "n", null, options.id("x").build()));
            refuses("delay", () -> schedules.upsert("a", often, "n", null, delayed()));
            refuses("deduplication", () -> schedules.upsert("a", often, "n", null, deduplicated()));
            assertThat(schedules.count()).isZero();
            assertThat(shop.queue().counts().states().values()).allMatch(count -> count == 0);
            schedules.upsert("7", often, "digits are fine");
            assertThat(schedules.remove("7")).isTrue();
        }
    }

    private static JobOptions delayed() {
        return JobOptions.builder().delay(Duration.ofSeconds(1)).build();
    }

    private static JobOptions deduplicated() {
        return JobOptions.builder().deduplication(new Deduplication("d", null)).build();
    }

    private static void refuses(String field, Runnable call) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(call::run)
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
    }
}
