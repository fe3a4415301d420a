package dev.aurochs.rocksdb;

import static dev.aurochs.rocksdb.Jobs.MAIL;
import static dev.aurochs.rocksdb.Jobs.NOW;
import static dev.aurochs.rocksdb.Jobs.ref;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.engine.EngineBackend;
import dev.aurochs.engine.EngineProfile;
import dev.aurochs.queue.job.BadRecord;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.job.SessionId;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.QueueChange;
import dev.aurochs.queue.spi.Traits.AckLevel;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import dev.aurochs.rocksdb.bytes.BodyKey;
import dev.aurochs.rocksdb.bytes.Keyspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule V9, from the outside: what cannot be read is reported as bad and is in nobody's way. */
class BadRecordTest {
    private static final WorkerProfile WORKER = new WorkerProfile(
            new SessionId("s"),
            "w",
            10,
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            3,
            Optional.empty(),
            Retention.all(),
            Retention.all(),
            0);

    @TempDir
    Path folder;

    private RocksDbStore store;
    private QueueBackend backend;

    @BeforeEach
    void fill() {
        open();
        for (String id : List.of("a", "b", "c")) add(id);
    }

    private void reopen() {
        backend.close();
        open();
    }

    private void open() {
        store = RocksDbStore.open(new RocksDbSettings(folder, Durability.ALWAYS));
        EngineProfile profile = new EngineProfile("rocksdb", "rocksdb:x", AckLevel.DISK, Set.of(), List.of());
        backend = new EngineBackend(store, profile);
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private void add(String id) {
        NewJob job = new NewJob(
                MAIL,
                NewJob.IdSource.CUSTOM,
                JobId.custom(id),
                "welcome",
                Json.EMPTY_OBJECT,
                JobOptions.defaults(),
                NOW,
                null,
                null,
                false);
        backend.add(List.of(new AddUnit(List.of(job))), NOW)
                .get(0)
                .toCompletableFuture()
                .join();
    }

    /** Overwrites a row on disk, once everything that was done before is there. */
    private void damage(byte[] key) {
        backend.configure(MAIL, new QueueChange.LiftHold(), NOW);
        Changes changes = new Changes();
        changes.put(key, new byte[] {1, 99, 7});
        store.database().write(changes);
        store.memory().running.clear();
    }

    private Claimed claim() {
        try (WorkSession session = backend.attach(MAIL, WORKER)) {
            return session.claim(10, LeaseToken.random(), NOW);
        }
    }

    private static List<String> ids(Claimed claimed) {
        return claimed.jobs().stream().map(job -> job.record().id().value()).toList();
    }

    @Test
    @DisplayName("V9 a state that cannot be read: the claim reports it and goes on with the next")
    void state() {
        backend.change(ref("b"), new JobChange.AppendLog("touched"), NOW);
        damage(Keyspace.state(ref("b")));
        reopen();
        Claimed claimed = claim();
        assertThat(ids(claimed)).containsExactly("a", "c");
        assertThat(claimed.bad()).extracting(BadRecord::job).containsExactly(ref("b"));
        assertThat(backend.counts(MAIL).of(JobState.WAITING)).hasValue(0);
        assertThat(claim().bad()).isEmpty();
    }

    @Test
    @DisplayName("V9 the state of a job that nothing has happened to follows from its place; its row is written anew")
    void untouched() {
        damage(Keyspace.state(ref("b")));
        reopen();
        Claimed claimed = claim();
        assertThat(ids(claimed)).containsExactly("a", "b", "c");
        assertThat(claimed.bad()).isEmpty();
    }

    @Test
    @DisplayName("V9 a body that cannot be read: the claim reports it and goes on with the next")
    void body() {
        damage(Keyspace.body(new BodyKey(ref("a"), 0)));
        Claimed claimed = claim();
        assertThat(ids(claimed)).containsExactly("b", "c");
        assertThat(claimed.bad()).extracting(BadRecord::job).containsExactly(ref("a"));
        assertThat(backend.counts(MAIL).of(JobState.ACTIVE)).hasValue(2);
    }

    @Test
    @DisplayName("V9 a list shows the good and names the bad")
    void list() {
        damage(Keyspace.state(ref("b")));
        Page<JobRecord> page = backend.list(MAIL, JobState.WAITING, PageRequest.first(10));
        assertThat(page.items()).extracting(record -> record.id().value()).containsExactly("a", "c");
        assertThat(page.bad()).extracting(BadRecord::job).containsExactly(ref("b"));
    }

    @Test
    @DisplayName("V9 recovery passes over a running job that cannot be read")
    void recovery() {
        assertThat(ids(claim())).containsExactly("a", "b", "c");
        damage(Keyspace.state(ref("b")));
        Instant later = NOW.plusSeconds(60);
        assertThat(backend.recoverStalled(MAIL, WORKER, later)).containsExactly(ref("a"), ref("c"));
        assertThat(backend.counts(MAIL).of(JobState.ACTIVE)).hasValue(0);
    }
}
