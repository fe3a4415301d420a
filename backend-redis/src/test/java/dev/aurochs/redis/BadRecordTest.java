package dev.aurochs.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.job.BackendCorruptException;
import dev.aurochs.queue.job.BadRecord;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.job.SessionId;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import dev.aurochs.redis.layout.Keys;
import dev.aurochs.redis.wire.Connections;
import dev.aurochs.redis.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Protocol;

/** Rule V9: what somebody else damaged or half wrote is reported with its id, and is in nobody's way. */
class BadRecordTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final QueueName MAIL = QueueName.of("mail");
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

    private final RedisFixture fixture = new RedisFixture();
    private final QueueBackend backend = fixture.open();
    private final Keys keys = new Keys(fixture.prefix());
    private final Connections connections = new Connections(fixture.address().server());
    private final Wire wire = new Wire(connections, fixture.prefix());

    @BeforeEach
    void fill() {
        for (String id : List.of("a", "b", "c")) add(id);
    }

    private void add(String id) {
        NewJob job = new NewJob(
                MAIL,
                NewJob.IdSource.CUSTOM,
                JobId.of(id),
                id,
                Json.EMPTY_OBJECT,
                JobOptions.defaults(),
                NOW,
                null,
                null,
                false);
        backend.add(List.of(AddUnit.of(job)), NOW);
    }

    @AfterEach
    void close() {
        backend.close();
        connections.close();
        fixture.close();
    }

    private static JobRef ref(String id) {
        return new JobRef(MAIL, JobId.of(id));
    }

    private void damage(String id, String field, String value) {
        wire.command(Protocol.Command.HSET, keys.job(ref(id)), field, value);
    }

    private Claimed claim() {
        WorkSession session = backend.attach(MAIL, WORKER);
        return session.claim(10, LeaseToken.random(), NOW);
    }

    private static List<String> ids(Claimed claimed) {
        return claimed.jobs().stream().map(job -> job.record().id().value()).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "opts | no json",
                "opts | 7",
                "data | {",
                "timestamp | soon",
                "priority | high",
                "opts | {\"attempts\":3,\"kl\":-7}"
            })
    @DisplayName("V9: a job whose record cannot be read fails and says why; the others run")
    void unreadable(String field, String value) {
        damage("b", field, value);
        Claimed claimed = claim();
        assertThat(ids(claimed)).containsExactly("a", "c");
        assertThat(claimed.bad()).extracting(BadRecord::job).containsExactly(ref("b"));
        assertThat(claimed.bad().get(0).problem()).startsWith("it cannot be read: ");
        assertThat(backend.counts(MAIL).of(JobState.FAILED)).hasValue(1);
        assertThat(backend.counts(MAIL).of(JobState.ACTIVE)).hasValue(2);
    }

    @Test
    @DisplayName("V9: an id without a record is taken off the queue and reported")
    void noRecord() {
        wire.command(Protocol.Command.DEL, keys.job(ref("a")));
        Claimed claimed = claim();
        assertThat(ids(claimed)).containsExactly("b", "c");
        assertThat(claimed.bad()).extracting(BadRecord::job).containsExactly(ref("a"));
        assertThat(backend.counts(MAIL).of(JobState.ACTIVE)).hasValue(2);
        assertThat(wire.command(Protocol.Command.EXISTS, keys.job(ref("a"))).number())
                .isZero();
    }

    @Test
    @DisplayName("V9: a listing shows the others, and names the bad one")
    void listing() {
        damage("b", "opts", "[");
        Page<JobRecord> page = backend.list(MAIL, JobState.WAITING, PageRequest.first(10));
        assertThat(page.items()).extracting(job -> job.id().value()).containsExactly("a", "c");
        assertThat(page.bad()).extracting(BadRecord::job).containsExactly(ref("b"));
        assertThatThrownBy(() -> backend.find(List.of(ref("b"))))
                .isInstanceOf(BackendCorruptException.class)
                .hasMessageContaining("mail:b");
    }

    @Test
    @DisplayName("V9: a sweep and a recovery pass over ids without a record")
    void sweeps() {
        WorkSession session = backend.attach(MAIL, WORKER);
        session.claim(1, LeaseToken.random(), NOW);
        wire.command(Protocol.Command.DEL, keys.job(ref("a")), keys.job(ref("b")));
        session.close();
        wire.command(Protocol.Command.DEL, keys.job(ref("a")) + ":lock");
        assertThat(backend.recoverStalled(MAIL, WORKER, NOW)).isEmpty();
        assertThat(ids(claim())).containsExactly("c");
    }

    @Test
    @DisplayName("V9: a key of another type is named, and nothing else is harmed")
    void anotherType() {
        JobRef odd = ref("odd");
        wire.command(Protocol.Command.SET, keys.job(odd), "text");
        assertThatThrownBy(() -> backend.find(List.of(odd)))
                .isInstanceOf(BackendCorruptException.class)
                .hasMessageContaining("something else");
        assertThat(ids(claim())).containsExactly("a", "b", "c");
    }
}
