package dev.aurochs.tck.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.job.ScheduleRecord;
import dev.aurochs.queue.job.ScheduleSlot;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Schedules.Chained;
import dev.aurochs.queue.spi.Schedules.Upserted;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Jobs that come again: when, how often, and one at a time. */
@Requires({Capability.SCHEDULES, Capability.LOOKUP})
public abstract class ScheduleSpec {
    @Rule({"J1", "E1"})
    @DisplayName("J1: a schedule has one pending job, which tells its schedule, its run and its slot")
    @Test
    void onePendingJob(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        Recurrence often = s.every(10);
        Instant slot = s.upsert("pulse", often);
        assertThat(s.pendingJobs()).containsExactly(s.job("pulse", slot));
        Run run = q.expectClaim("pulse");
        assertThat(run.job().id().value()).isEqualTo("repeat:pulse:" + slot.toEpochMilli());
        assertThat(run.record().body().schedule()).isEqualTo(new ScheduleSlot("pulse", 1, slot, often));
        assertThat(run.record().body().payload()).hasToString("{\"of\":\"pulse\"}");
        Instant next = slot.plus(q.time().units(10));
        assertThat(s.pendingJobs()).containsExactly(s.job("pulse", next));
        run.complete();
        s.passTo(next);
        Run second = q.expectClaim("pulse");
        assertThat(Scheduled.made(second)).isEqualTo(new ScheduleSlot("pulse", 2, next, often));
        second.complete();
        assertThat(s.pendingJobs()).hasSize(1);
    }

    @Rule({"J3", "D1"})
    @DisplayName("J3: the first run of an interval is due at once, each other an interval after the one before")
    @Test
    void slots(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        Instant before = q.now();
        Instant first = s.upsert("pulse", s.every(10));
        assertThat(first).isBetween(before.minusMillis(1), q.now());
        for (int run = 0; run < 4; run++) {
            s.expectRun("pulse", first.plus(q.time().units(10L * run)));
            q.expectNothing();
        }
    }

    @Rule("J3")
    @DisplayName("J3: with an offset all slots lie that far behind the multiples of the interval")
    @Test
    void offset(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        Duration span = q.time().units(10);
        Duration offset = q.time().units(3);
        Instant slot = s.upsert("pulse", s.every(10).offset(offset));
        assertThat(slot).isAfter(q.now().minus(q.time().unit()));
        assertThat(slot).isBeforeOrEqualTo(q.now().plus(span));
        assertThat(Math.floorMod(slot.toEpochMilli(), span.toMillis())).isEqualTo(offset.toMillis());
        s.expectRun("pulse", slot);
        s.expectRun("pulse", slot.plus(span));
    }

    @Rule("J3")
    @DisplayName("J3: with a start to come the first run is due then, with one in the past at once")
    @Test
    void start(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        Instant start = Instant.ofEpochMilli(q.now().plus(q.time().units(7)).toEpochMilli());
        assertThat(s.upsert("later", s.every(10).startingAt(start))).isEqualTo(start);
        Instant past = q.now().minus(q.time().units(7));
        assertThat(s.upsert("past", s.every(10).startingAt(past))).isAfter(past);
        q.expectRuns("past");
        s.expectRun("later", start);
    }

    @Rule("J3")
    @DisplayName("J3: a slot whose id another job has is passed over")
    @Test
    void takenSlots(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        Instant slot = s.upsert("pulse", s.every(10));
        q.expectRuns("pulse");
        s.remove("pulse");
        Schedule again = Scheduled.schedule("pulse", s.every(10));
        Upserted answer = q.backend().upsertSchedule(again, Optional.of(slot), slot);
        Instant next = slot.plus(q.time().units(10));
        assertThat(answer).isEqualTo(new Upserted.Pending(s.job("pulse", next).id(), next));
        s.expectRun("pulse", next);
    }

    @Rule("J4")
    @DisplayName("J4: one run has one successor, however often it is asked for, and retries and stalls have none")
    @Test
    void oneSuccessor(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        s.upsert("pulse", s.every(10));
        Run run = q.expectClaim("pulse");
        assertThat(s.pendingJobs()).hasSize(1);
        q.expectNoChange(() -> assertThat(chain(q, run, run.lease())).isEqualTo(new Chained.Stale()));
        run.retry(0, "again");
        Run retried = q.expectClaim("pulse");
        assertThat(retried.job()).isEqualTo(run.job());
        assertThat(s.pendingJobs()).hasSize(1);
        q.loseLease(retried);
        q.recover();
        assertThat(s.pendingJobs()).hasSize(2).contains(run.job());
        q.expectRuns("pulse");
        assertThat(s.pendingJobs()).hasSize(1);
    }

    @Rule("J4")
    @DisplayName("J4: without the lease no next run is put in place")
    @Test
    void chainNeedsTheLease(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        s.upsert("pulse", s.every(10));
        Run run = q.expectClaim("pulse");
        Lease stranger = new Lease(run.job(), LeaseToken.random());
        q.expectNoChange(() -> assertThat(chain(q, run, stranger)).isEqualTo(new Chained.LeaseLost()));
        Lease lease = run.lease();
        run.complete();
        q.expectNoChange(() -> assertThat(chain(q, run, lease)).isEqualTo(new Chained.LeaseLost()));
    }

    private static Chained chain(QueueDriver q, Run run, Lease lease) {
        return run.worker().session().chain(lease, Optional.empty(), q.now());
    }

    @Rule("J5")
    @DisplayName("J5: missed slots are not made up for: one run comes late, then they go on in phase")
    @Test
    void missedSlots(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        Instant first = s.upsert("pulse", s.every(10));
        q.expectRuns("pulse");
        q.advance(35);
        Run late = q.expectClaim("pulse");
        assertThat(Scheduled.slot(late)).isEqualTo(first.plus(q.time().units(10)));
        late.complete();
        q.expectNothing();
        s.expectRun("pulse", first.plus(q.time().units(40)));
        s.expectRun("pulse", first.plus(q.time().units(50)));
    }

    @Rule("J12")
    @DisplayName("J12: after as many runs as the limit says there is no other; an upsert begins to count anew")
    @Test
    void limit(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        s.upsert("twice", s.every(2).limit(2));
        for (int round = 1; round <= 2; round++) {
            q.expectRuns("twice");
            q.advance(2);
            q.expectRuns("twice");
            q.advance(10);
            q.expectNothing();
            ScheduleRecord record = s.find("twice").orElseThrow();
            assertThat(record.over()).isTrue();
            if (round == 1) s.upsertAt("twice", s.every(2).limit(2), q.now());
        }
    }

    @Rule("J12")
    @DisplayName("J12: no slot lies after the end; where the first one would, the upsert changes nothing")
    @Test
    void end(QueueDriver q) {
        Scheduled s = new Scheduled(q);
        Instant end = q.now().plus(q.time().units(15));
        Instant first = s.upsert("soon over", s.every(10).endingAt(end));
        s.expectRun("soon over", first);
        s.expectRun("soon over", first.plus(q.time().units(10)));
        q.advance(20);
        q.expectNothing();
        assertThat(s.find("soon over").orElseThrow().over()).isTrue();
        Schedule late = Scheduled.schedule("soon over", s.every(10).endingAt(end));
        q.expectNoChange(() -> assertThat(q.backend().upsertSchedule(late, Optional.empty(), q.now()))
                .isEqualTo(new Upserted.NoSlot()));
        assertThat(q.mustLook().count(JobState.DELAYED)).isZero();
    }
}
