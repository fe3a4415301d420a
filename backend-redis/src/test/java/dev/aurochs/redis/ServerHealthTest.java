package dev.aurochs.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.HealthNote;
import dev.aurochs.queue.spi.HealthNote.Level;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.tck.server.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.RedisClient;

/** What is said of a server, for several ways to run one. */
class ServerHealthTest {
    private static HealthNote note(String address, String subject) {
        return note(address, subject, Instant.now());
    }

    private static HealthNote note(String address, String subject, Instant now) {
        try (QueueBackend backend = new RedisBackendProvider().open(BackendAddress.parse(address))) {
            List<HealthNote> notes = backend.health(now);
            assertThat(notes).extracting(HealthNote::subject).doesNotHaveDuplicates();
            return notes.stream()
                    .filter(note -> note.subject().equals(subject))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--appendonly yes --appendfsync always | GOOD | is on the server's disk when the add answers",
                "--appendonly yes --appendfsync everysec | RISKY | up to the last second is lost",
                "--appendonly yes --appendfsync no | RISKY | what the operating system has not written yet is lost",
                "--appendonly no --save 3600,1 | RISKY | all since the last snapshot is lost",
                "--appendonly no | RISKY | nothing is kept on disk: all jobs are lost when the server ends"
            })
    @DisplayName("what may be lost, by what the server writes down")
    void durability(String options, Level level, String found) {
        String[] words = options.replace(',', '\n').split(" ");
        for (int i = 0; i < words.length; i++) words[i] = words[i].replace('\n', ' ');
        try (RedisServer server = RedisServer.startPrivate(RedisServer.Journal.NONE, words)) {
            HealthNote note = note(server.address(), HealthNote.DURABILITY);
            assertThat(note.found()).contains(found);
            assertThat(note.level()).isEqualTo(level);
            assertThat(note.remedy().isPresent()).isEqualTo(level != Level.GOOD);
        }
    }

    @Test
    @DisplayName("a policy that throws keys away is risky, whatever is free now")
    void eviction() {
        try (RedisServer server =
                RedisServer.startPrivate(RedisServer.Journal.NONE, "--maxmemory-policy", "allkeys-lru")) {
            HealthNote note = note(server.address(), "memory");
            assertThat(note.level()).isEqualTo(Level.RISKY);
            assertThat(note.found()).contains("allkeys-lru");
            assertThat(note.remedy()).hasValue("CONFIG SET maxmemory-policy noeviction, and the same in redis.conf");
        }
    }

    @Test
    @DisplayName("a memory that is nearly full is risky")
    void nearlyFull() {
        try (RedisServer server = RedisServer.startPrivate(RedisServer.Journal.NONE, "--maxmemory", "2mb");
                RedisClient client = RedisClient.create(server.host(), server.port())) {
            int filler = 0;
            while (!note(server.address(), "memory").found().startsWith("nearly full"))
                client.set("filler" + filler++, "x".repeat(50_000));
            assertThat(note(server.address(), "memory").level()).isEqualTo(Level.RISKY);
        }
    }

    @Test
    @DisplayName("a replica cannot be worked on, and its master is named")
    void replica() {
        RedisServer master = RedisServer.shared();
        try (RedisServer server = RedisServer.startPrivate(RedisServer.Journal.NONE, "--replicaof", "127.0.0.1 1")) {
            HealthNote note = note(server.address(), "server");
            assertThat(note.level()).isEqualTo(Level.BROKEN);
            assertThat(note.found()).contains("is a replica and takes no writes");
            assertThat(note.remedy()).hasValue("name its master, 127.0.0.1:1");
        }
        assertThat(note(master.address(), "server").level()).isEqualTo(Level.GOOD);
    }

    @Test
    @DisplayName("a clock that is more than a second off is risky")
    void clock() {
        String address = RedisServer.shared().address();
        assertThat(note(address, "clock").level()).isEqualTo(Level.GOOD);
        HealthNote behind = note(address, "clock", Instant.now().plus(Duration.ofMinutes(2)));
        assertThat(behind.level()).isEqualTo(Level.RISKY);
        assertThat(behind.found()).containsPattern("is 1(19|20) s behind the clock here");
    }

    @Test
    @DisplayName("queues of every prefix are counted, and who else has opened them is named")
    void queues() {
        try (RedisServer server = RedisServer.startPrivate(RedisServer.Journal.NONE);
                RedisClient client = RedisClient.create(server.host(), server.port())) {
            assertThat(note(server.address(), "database").found()).isEqualTo("0 queues under the prefix bull");
            client.hset("bull:mail:meta", "version", "bullmq:6.2.0");
            client.hset("bull:pictures:meta", "opts.maxLenEvents", "10000");
            client.hset("other:shop:mail:meta", "opts.maxLenEvents", "10000");
            client.set("something:else", "1");
            assertThat(note(server.address(), "database").found())
                    .isEqualTo("2 queues under the prefix bull, 1 of them opened by bullmq:6.2.0 too;"
                            + " beside them 1 queue under other:shop");
            assertThat(note(server.address() + "?prefix=other:shop", "database").found())
                    .isEqualTo("1 queue under the prefix other:shop; beside them 2 queues under bull");
        }
    }

    @Test
    @DisplayName("a user who may not ask for settings is told what cannot be told")
    void restricted() {
        try (RedisServer server = RedisServer.startPrivate(
                RedisServer.Journal.EVERY_SECOND, "--user", "app", "on", ">word", "~*", "+@all", "-config")) {
            String address = "redis://app:word@" + server.host() + ":" + server.port();
            HealthNote note = note(address, HealthNote.DURABILITY);
            assertThat(note.level()).isEqualTo(Level.RISKY);
            assertThat(note.found()).contains("does not tell this user");
        }
    }
}
