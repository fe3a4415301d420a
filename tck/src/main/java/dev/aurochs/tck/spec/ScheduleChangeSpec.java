package dev.aurochs.tck.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.job.ScheduleRecord;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.Schedules.Upserted;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Schedules changed, removed, looked at, and kept from harm. */
@Requires({Capability.SCHEDULES, Capability.LOOKUP, Capability.CHANGE_WAITING})
public abstract class ScheduleChangeSpec {
    private static final int ENOUGH = 100;

    @Rule("J7")
    @DisplayName("J7: an upsert replaces the pending job; with the same interval it keeps its slot")
    @Test
    void replaced(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        Instant first = s.upsert("pulse", s.every(10));
        q.expectRuns("pulse");
        Instant slot = first.plus(q.time().units(10));
        q.advance(4);
        Schedule other = new Schedule(
                Scheduled.MAIN,
                "pulse",
                s.every(10),
                "renamed",
                new Json("1"),
                JobOptions.builder().attempts(3).build());
        assertThat(s.upsert(other)).isEqualTo(slot);
        assertThat(s.upsert(other)).isEqualTo(slot);
        assertThat(s.pendingJobs()).containsExactly(s.job("pulse", slot));
        s.passTo(slot);
        Run run = q.expectClaim("renamed");
        assertThat(run.record().options().attempts()).isEqualTo(3);
        assertThat(run.record().body().payload()).isEqualTo(new Json("1"));
        run.complete();
    }

    @Rule("J7")
    @DisplayName("J7: with another interval the pending job comes anew")
    @Test
    void otherInterval(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        s.upsert("pulse", s.every(10));
        q.expectRuns("pulse");
        q.advance(3);
        Instant anew = s.upsert("pulse", s.every(5));
        assertThat(anew).isBeforeOrEqualTo(q.now());
        s.expectRun("pulse", anew);
        s.expectRun("pulse", anew.plus(q.time().units(5)));
    }

    @Rule("J7")
    @DisplayName("J7: a job that runs goes on beside the new pending one")
    @Test
    void runningJobGoesOn(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        Instant first = s.upsert("pulse", s.every(10));
        Run run = q.expectClaim("pulse");
        Instant slot = s.upsert("pulse", s.every(10));
        assertThat(slot).isEqualTo(first.plus(q.time().units(10)));
        run.complete();
        assertThat(s.pendingJobs()).containsExactly(s.job("pulse", slot));
        s.expectRun("pulse", slot);
    }

    @Rule("J7")
    @DisplayName("J7: a first slot whose id another job than the pending one has changes nothing")
    @Test
    void takenSlot(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        Recurrence nightly = Recurrence.cron("0 3 * * *");
        Instant slot = Instant.ofEpochMilli(q.now().plus(q.time().units(2)).toEpochMilli());
        s.upsertAt("nightly", nightly, slot);
        s.expectRun("nightly", slot);
        Schedule again = Scheduled.schedule("nightly", nightly);
        q.expectNoChange(() -> assertThat(q.backend().upsertSchedule(again, Optional.of(slot), slot.minusMillis(1)))
                .isEqualTo(new Upserted.SlotTaken(slot)));
        Instant next = slot.plus(q.time().units(20));
        assertThat(s.upsertAt("nightly", nightly, next)).isEqualTo(next);
    }

    @Rule("J8")
    @DisplayName("J8: removing a schedule removes its delayed job; removing what is not there answers so")
    @Test
    void removeDelayed(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        s.upsert("pulse", s.every(10));
        q.expectRuns("pulse");
        assertThat(s.remove("pulse")).isTrue();
        assertThat(s.pendingJobs()).isEmpty();
        assertThat(s.find("pulse")).isEmpty();
        q.expectNoChange(() -> assertThat(s.remove("pulse")).isFalse());
    }

    @Rule("J8")
    @DisplayName("J8: a job that waits already still runs, as the last, and one that runs has no successor")
    @Test
    void removeWaiting(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        s.upsert("pulse", s.every(10));
        assertThat(s.remove("pulse")).isTrue();
        q.expectRuns("pulse");
        assertThat(s.pendingJobs()).isEmpty();
        s.upsert("other", s.every(10));
        Run run = q.expectClaim("other");
        assertThat(s.remove("other")).isTrue();
        run.complete();
        assertThat(s.pendingJobs()).isEmpty();
    }

    @Rule("J9")
    @DisplayName("J9: the present job can be neither removed nor cancelled, waiting or delayed")
    @Test
    void presentJobStays(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        Instant slot = s.upsert("pulse", s.every(10));
        refused(q, s.job("pulse", slot));
        q.expectRuns("pulse");
        refused(q, s.job("pulse", slot.plus(q.time().units(10))));
        assertThat(q.remove(s.job("pulse", slot).id().value())).isEqualTo(new Changed.Done());
    }

    private static void refused(QueueDriver q, JobRef present) {
        Changed refusal = new Changed.CurrentSchedule("pulse");
        q.expectNoChange(() -> {
            assertThat(q.backend().remove(present, false, q.now())).isEqualTo(refusal);
            assertThat(q.backend().remove(present, true, q.now())).isEqualTo(refusal);
            assertThat(q.backend().change(present, new JobChange.Cancel("no"), q.now()))
                    .isEqualTo(refusal);
        });
    }

    @Rule({"J9", "K1"})
    @DisplayName("J9: the present job may be promoted; the next slot is an interval after its own")
    @Test
    void promoted(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        Instant first = s.upsert("pulse", s.every(10));
        q.expectRuns("pulse");
        Instant slot = first.plus(q.time().units(10));
        assertThat(q.backend().change(s.job("pulse", slot), new JobChange.Promote(), q.now()))
                .isEqualTo(new Changed.Done());
        Run early = q.expectClaim("pulse");
        assertThat(Scheduled.slot(early)).isEqualTo(slot);
        early.complete();
        assertThat(s.pendingJobs())
                .containsExactly(s.job("pulse", slot.plus(q.time().units(10))));
    }

    @Rule({"J10", "K11", "K12"})
    @DisplayName("J10: drain and clean spare the present jobs of schedules")
    @Test
    void spared(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        Instant slot = s.upsert("delayed", s.every(10));
        q.expectRuns("delayed");
        s.upsert("waiting", s.every(10));
        q.fill("plain");
        q.advance(1);
        List<JobRef> spared = List.of(
                s.job("waiting", s.find("waiting").orElseThrow().slot()),
                s.job("delayed", slot.plus(q.time().units(10))));
        assertThat(q.sweep(new BulkAction.Drain(true), ENOUGH).done()).isEqualTo(1);
        for (JobState state : List.of(JobState.WAITING, JobState.DELAYED))
            assertThat(q.sweep(new BulkAction.Clean(state, q.now()), ENOUGH).done())
                    .isZero();
        assertThat(s.pendingJobs()).containsExactlyInAnyOrderElementsOf(spared);
    }

    @Rule({"J10", "K13"})
    @DisplayName("J10: with its queue a schedule is obliterated")
    @Test
    void obliterated(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        s.upsert("pulse", s.every(10));
        q.expectRuns("pulse");
        while (q.sweep(new BulkAction.Obliterate(false), 1).more()) {}
        assertThat(q.backend().countSchedules(Scheduled.MAIN)).isZero();
        assertThat(s.find("pulse")).isEmpty();
        q.advance(20);
        q.expectNothing();
    }

    @Rule("J11")
    @DisplayName("J11: a schedule is found as it was given, with its runs and its present slot")
    @Test
    void found(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        Instant end = Instant.ofEpochMilli(q.now().plus(q.time().units(1_000)).toEpochMilli());
        Recurrence often = s.every(10).offset(q.time().units(2)).limit(50).endingAt(end);
        Instant first = s.upsert("pulse", often);
        Schedule given = Scheduled.schedule("pulse", often);
        assertThat(s.find("pulse")).contains(new ScheduleRecord(given, 1, first, false));
        s.expectRun("pulse", first);
        Instant next = first.plus(q.time().units(10));
        assertThat(s.find("pulse")).contains(new ScheduleRecord(given, 2, next, false));
        assertThat(s.find("nobody")).isEmpty();
        Recurrence nightly = Recurrence.cron("0 0 3 * * *").in(ZoneId.of("Europe/Madrid"));
        s.upsertAt("nightly", nightly, next);
        assertThat(s.find("nightly").orElseThrow().schedule()).isEqualTo(Scheduled.schedule("nightly", nightly));
    }

    @Rule("J11")
    @DisplayName("J11: schedules are listed by their ids, in pages, and counted")
    @Test
    void listed(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        for (String id : List.of("d", "a", "c", "e", "b"))
            s.upsert(id, s.every(10).startingAt(q.now().plusSeconds(60)));
        assertThat(q.backend().countSchedules(Scheduled.MAIN)).isEqualTo(5);
        List<String> ids = new ArrayList<>();
        PageRequest request = PageRequest.first(2);
        while (true) {
            Page<ScheduleRecord> page = q.backend().schedules(Scheduled.MAIN, request);
            page.items().forEach(record -> ids.add(record.id()));
            if (page.next().isEmpty()) break;
            request = PageRequest.after(page.next().get(), 2);
        }
        assertThat(ids).containsExactly("a", "b", "c", "d", "e");
        assertThat(q.backend().schedules(Scheduled.MAIN, PageRequest.of(3, 10)).items())
                .extracting(ScheduleRecord::id)
                .containsExactly("d", "e");
    }
}
