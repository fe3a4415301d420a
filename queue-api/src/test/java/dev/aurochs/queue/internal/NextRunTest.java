package dev.aurochs.queue.internal;

import static dev.aurochs.queue.internal.Bench.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.ScheduleSlot;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Schedules.Chained;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of a scheduled job when its successor is not put in place. */
class NextRunTest {
    private final Bench bench = new Bench();
    private final Set<String> ran = ConcurrentHashMap.newKeySet();

    NextRunTest() {
        bench.handler = run -> {
            ran.add(run.claimed().record().id().value());
            return new Outcome.Completed(run.claimed().record().body().payload());
        };
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static JobRecord scheduled(String id) {
        JobRecord plain = Records.job(id);
        JobBody body = plain.body();
        ScheduleSlot made = new ScheduleSlot("s", 1, Records.CREATED, Recurrence.every(Duration.ofSeconds(5)));
        JobBody with = new JobBody(
                body.ref(), body.name(), body.payload(), body.options(), body.createdAt(), null, made, null);
        return new JobRecord(with, plain.status(), plain.failures());
    }

    @DisplayName("J4: a job that was handed back or whose lease is lost is dropped, and its slot is free again")
    @Test
    void dropped() throws Exception {
        bench.session.chains =
                lease -> lease.job().id().value().equals("a") ? new Chained.HandedBack() : new Chained.LeaseLost();
        WorkerLoops loops = bench.start(scheduled("a"), scheduled("b"), Records.job("plain"));
        assertThat(bench.session.nextOutcome()).isInstanceOf(Outcome.Completed.class);
        until(() -> loops.runningJobs() == 0);
        assertThat(ran).containsExactly("plain");
    }

    @DisplayName("J4: when the next run cannot be computed the present one is postponed, and listeners are told")
    @Test
    void postponed() throws Exception {
        List<Throwable> told = new CopyOnWriteArrayList<>();
        bench.troubles.listen(told::add);
        bench.session.chains = lease -> {
            throw new IllegalStateException("no such strategy");
        };
        bench.start(scheduled("a"));
        assertThat(bench.session.nextOutcome()).isInstanceOf(Outcome.Postponed.class);
        assertThat(ran).isEmpty();
        assertThat(told).hasSize(1).first().asString().contains("no such strategy");
    }
}
