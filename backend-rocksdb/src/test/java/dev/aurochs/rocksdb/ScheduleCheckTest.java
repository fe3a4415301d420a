package dev.aurochs.rocksdb;

import static dev.aurochs.rocksdb.Jobs.MAIL;
import static dev.aurochs.rocksdb.Jobs.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.engine.EngineBackend;
import dev.aurochs.engine.EngineProfile;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.job.Schedule;
import dev.aurochs.queue.job.SessionId;
import dev.aurochs.queue.spi.Flaw;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.Traits.AckLevel;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import dev.aurochs.rocksdb.bytes.Keyspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the self-check finds wrong with schedules. */
class ScheduleCheckTest {
    @TempDir
    Path folder;

    private RocksDbStore store;
    private QueueBackend backend;

    @BeforeEach
    void open() {
        store = RocksDbStore.open(new RocksDbSettings(folder, Durability.ALWAYS));
        backend =
                new EngineBackend(store, new EngineProfile("rocksdb", "rocksdb:x", AckLevel.DISK, Set.of(), List.of()));
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private List<String> check(boolean repair) {
        List<String> said = new ArrayList<>();
        backend.selfCheck()
                .orElseThrow()
                .check(repair, NOW, (Flaw flaw) -> said.add(flaw.cure() + " " + flaw.problem()));
        return said;
    }

    private void upsert(String id, Recurrence recurrence) {
        Schedule schedule = new Schedule(MAIL, id, recurrence, "ping", Json.NULL, JobOptions.defaults());
        backend.upsertSchedule(schedule, Optional.of(NOW), NOW);
    }

    /** Runs what waits as a worker would that forgets the chain. */
    private void runUnchained() {
        Duration lease = Duration.ofSeconds(30);
        WorkerProfile worker = new WorkerProfile(
                SessionId.random(), "w", 9, lease, lease, 3, Optional.empty(), Retention.all(), Retention.all(), 0);
        try (WorkSession session = backend.attach(MAIL, worker)) {
            session.claim(9, LeaseToken.random(), NOW)
                    .jobs()
                    .forEach(job -> session.settle(
                            List.of(new Settlement(job.lease(), new Outcome.Completed(Json.NULL))), NOW));
        }
    }

    @Test
    void a_schedule_with_a_pending_run_is_sound() {
        upsert("pulse", Recurrence.every(Duration.ofSeconds(5)));
        assertThat(check(false)).isEmpty();
    }

    @Test
    void a_broken_chain_goes_on() {
        upsert("pulse", Recurrence.every(Duration.ofSeconds(5)));
        runUnchained();
        assertThat(check(false)).containsExactly("REPAIR has the schedule 'pulse' without a pending run");
        assertThat(check(true)).containsExactly("REPAIRED has the schedule 'pulse' without a pending run");
        assertThat(check(false)).isEmpty();
        assertThat(backend.counts(MAIL).of(JobState.DELAYED)).hasValue(1);
    }

    @Test
    void a_broken_chain_by_cron_is_named() {
        upsert("nightly", Recurrence.cron("0 3 * * *"));
        runUnchained();
        String flaw = "NONE has the schedule 'nightly' without a pending run; upsert it again";
        assertThat(check(false)).containsExactly(flaw);
        assertThat(check(true)).containsExactly(flaw);
        upsert("nightly", Recurrence.cron("0 4 * * *"));
    }

    @Test
    void a_schedule_that_cannot_be_read_is_as_if_it_were_not_there() {
        upsert("good", Recurrence.every(Duration.ofSeconds(5)));
        upsert("lost", Recurrence.every(Duration.ofSeconds(5)));
        Changes changes = new Changes();
        changes.put(Keyspace.schedule(MAIL, "lost"), new byte[] {1, 99, 7});
        store.database().write(changes);
        close();
        open();
        assertThat(backend.countSchedules(MAIL)).isEqualTo(1);
        assertThat(backend.schedule(MAIL, "lost")).isEmpty();
        assertThat(check(false)).hasSize(1).first().asString().startsWith("REPAIR a schedule cannot be read");
        assertThat(check(true)).first().asString().startsWith("NONE a schedule cannot be read");
        assertThat(check(false)).containsExactly("NONE was put aside: a schedule cannot be read: it ends too early");
    }
}
