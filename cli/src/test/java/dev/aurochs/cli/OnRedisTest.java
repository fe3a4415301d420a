package dev.aurochs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.tck.server.RedisServer;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same commands, typed at a Redis server: they print the same. */
@Tag("redis")
class OnRedisTest {
    /** A desk on the shared server, under a prefix that nobody else has. */
    private static Desk desk() {
        return new Desk(RedisServer.shared().address() + "?prefix=" + UUID.randomUUID());
    }

    @Nested
    class Adds extends AddTest {
        @Override
        Desk open() {
            return desk();
        }
    }

    @Nested
    class Looks extends LookTest {
        @Override
        Desk open() {
            return desk();
        }
    }

    @Nested
    class Schedules extends ScheduleTest {
        @Override
        Desk open() {
            return desk();
        }
    }

    @Nested
    class Work extends WorkTest {
        @Override
        Desk open() {
            return desk();
        }
    }

    @Test
    @DisplayName("--prefix is the address's setting of that name")
    void prefix() {
        String prefix = UUID.randomUUID().toString();
        try (Desk desk = new Desk(RedisServer.shared().address() + "?prefix=" + prefix)) {
            desk.type("add", "mail", "welcome").printed();
            desk.variable(BackendOption.VARIABLE, RedisServer.shared().address());
            assertThat(desk.type("jobs", "mail", "waiting", "--prefix", prefix).printed())
                    .contains("welcome");
            assertThat(desk.type("jobs", "mail", "waiting", "--prefix", prefix + "x")
                            .printed())
                    .doesNotContain("welcome");
            assertThat(desk.type("queues", "--prefix", "a b").refused())
                    .isEqualTo("aurochs: prefix 'a b': has at least one character, and no blanks");
            assertThat(desk.type("queues", "--backend", "redis://h?prefix=a", "--prefix", "b")
                            .refused())
                    .isEqualTo("aurochs: option --prefix 'b': the backend's address has a prefix already");
        }
    }

    @Test
    @DisplayName("doctor says what the server may lose and what is in it, and passes")
    void doctor() {
        try (RedisServer server = RedisServer.startPrivate(RedisServer.Journal.EVERY_SECOND);
                Desk desk = new Desk(server.address())) {
            desk.type("add", "mail", "welcome").printed();
            assertThat(desk.type("doctor").lines().stream()
                            .filter(line -> !line.matches("ok +(java|shell) .*"))
                            .map(line -> line.replaceAll(":\\d{4,5}", ":<port>")
                                    .replaceAll("Redis \\d+[.0-9]*", "Redis <version>")
                                    .replaceAll("\\d+ MiB", "<n> MiB")
                                    .replaceAll("[.0-9]+ ms", "<n> ms"))
                            .toList())
                    .containsExactly(
                            "ok    backend     redis answers at redis://127.0.0.1:<port>",
                            "ok    server      Redis <version>",
                            "ok    memory      nothing is thrown away when it is full (<n> MiB used, no limit set)",
                            "warn  durability  up to the last second is lost when the server is killed or its machine"
                                    + " fails (appendfsync everysec)",
                            "                  → if that must not happen: CONFIG SET appendfsync always, and the same in"
                                    + " redis.conf",
                            "ok    latency     a ping takes <n> ms (median of 9)",
                            "ok    clock       agrees with the clock here, to the second",
                            "ok    database    1 queue under the prefix bull");
        }
    }

    @Test
    @DisplayName("doctor on a replica fails and names the master; a secret is nowhere")
    void doctorFails() {
        try (RedisServer server = RedisServer.startPrivate(
                RedisServer.Journal.NONE, "--replicaof", "127.0.0.1 1", "--requirepass", "sesame")) {
            String address = "redis://:sesame@" + server.host() + ":" + server.port();
            try (Desk desk = new Desk(address)) {
                desk.variable(BackendOption.VARIABLE, address);
                Desk.Typed typed = desk.type("doctor", "--json");
                assertThat(typed.code()).isEqualTo(1);
                assertThat(typed.out())
                        .contains("{\"check\":\"server\",\"status\":\"fail\",")
                        .contains("is a replica and takes no writes\",\"do\":\"name its master, 127.0.0.1:1\"}")
                        .doesNotContain("sesame");
            }
        }
    }

    @Test
    @DisplayName("a wrong password, database or server is one line, without the secret, and doctor says the same")
    void wrongAddresses() {
        try (RedisServer server = RedisServer.startPrivate(RedisServer.Journal.NONE, "--requirepass", "sesame");
                Desk desk = new Desk()) {
            String place = server.host() + ":" + server.port();
            String[][] wrong = {
                {"redis://:guess@" + place, "/0 refuses the user or password; check them in the address"},
                {"redis://:sesame@" + place + "/77", "/77 has no such database; see its setting 'databases'"},
                {"redis://:sesame@127.0.0.1:1", "redis://127.0.0.1:1/0 cannot be reached: "}
            };
            for (String[] one : wrong) {
                Desk.Typed typed = desk.type("counts", "q", "--backend", one[0]);
                assertThat(typed.failed()).startsWith("aurochs: redis://").contains(one[1]);
                assertThat(typed.err().lines()).hasSize(1);
                Desk.Typed doctor = desk.type("doctor", "--backend", one[0]);
                assertThat(doctor.code()).isEqualTo(1);
                assertThat(doctor.out())
                        .containsPattern("fail +backend +redis://")
                        .contains(one[1]);
                assertThat(typed.err() + doctor.out() + doctor.err()).doesNotContain("guess", "sesame");
            }
        }
    }
}
