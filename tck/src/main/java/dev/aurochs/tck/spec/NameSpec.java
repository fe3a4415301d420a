package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static dev.aurochs.tck.WorkerDraft.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What things may be called. */
public abstract class NameSpec {
    @Rule("N1")
    @DisplayName("N1: a queue may have any name that the rule allows")
    @ParameterizedTest
    @ValueSource(
            strings = {"q", "mails/2027 #1?*&=%", "../up", "{slot}.mails", "\uD83D\uDC02 größe", "a.b.c", " ", "'\"\\`"
            })
    void oddQueueNames(String name, QueueDriver q) {
        q.add(job("a").in(name));
        assertThat(q.on(name).expect("a").job().queue()).isEqualTo(QueueName.of(name));
    }

    @Rule("N1")
    @DisplayName("N1: a queue name of 100 characters works, and differs from its neighbours")
    @Test
    void longQueueNames(QueueDriver q) {
        String common = "n".repeat(99);
        q.addAll(job("a").in(common + "a"), job("b").in(common + "b"));
        q.on(common + "b").expectRuns("b");
        q.on(common + "b").expectNothing();
    }

    @Rule("N1")
    @DisplayName("N1: a queue name that breaks the rule is refused, naming field, value and rule")
    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "new\nline", "{a}{b}", "{", "}", "{}", "bell\u0007", "lone\uD800"})
    void badQueueNames(String name) {
        refused("queue name", () -> QueueName.of(name));
    }

    @Rule("N1")
    @DisplayName("N1: a queue name is bounded in characters and in bytes")
    @Test
    void tooLongQueueNames() {
        refused("queue name", () -> QueueName.of("n".repeat(101)));
        refused("queue name", () -> QueueName.of("ü".repeat(51)));
        assertThat(QueueName.of("ü".repeat(50)).value()).hasSize(50);
    }

    @Rule("N2")
    @DisplayName("N2: an own id may be anything that the rule allows")
    @Requires(Capability.UNIQUE_IDS)
    @ParameterizedTest
    @ValueSource(strings = {"x", "order 7/2027", "../etc", "0a", "-1", "1.5", "größe", "{a}{b}", "*", " "})
    void oddIds(String id, QueueDriver q) {
        JobRef stored = q.add(job("a").id(id));
        assertThat(stored.id().value()).isEqualTo(id);
        assertThat(q.expectClaim("a").job()).isEqualTo(stored);
    }

    @Rule("N2")
    @DisplayName("N2: an own id that breaks the rule is refused, naming field, value and rule")
    @ParameterizedTest
    @ValueSource(
            strings = {"", "a:b", "42", "0", "tab\t", "wait", "active", "meta", "id", "repeat", "stalled-check", "de"})
    void badIds(String id) {
        refused("job id", () -> job("a").id(id));
    }

    @Rule("N2")
    @DisplayName("N2: an own id is bounded in characters and in bytes")
    @Test
    void tooLongIds() {
        refused("job id", () -> JobId.custom("i".repeat(129)));
        refused("job id", () -> JobId.custom("ü".repeat(101)));
        assertThat(JobId.custom("ü".repeat(100)).value()).hasSize(100);
    }

    @Rule("N2")
    @DisplayName("N2: reading accepts ids that nobody may choose")
    @Requires(Capability.LOOKUP)
    @Test
    void anyIdMayBeRead(QueueDriver q) {
        q.fill("a");
        JobRef foreign = JobRef.of(QueueDriver.MAIN, "repeat:every:1700000000000");
        assertThat(q.mustLook().find(foreign)).isEmpty();
    }

    @Rule("N3")
    @DisplayName("N3: a job name has 1 to 200 bytes and no control characters")
    @Test
    void jobNames(QueueDriver q) {
        String longest = "ü".repeat(100);
        q.add(job(longest));
        q.expectClaim(longest).complete();
        refused("job name", () -> q.add(job("")));
        refused("job name", () -> q.add(job("n".repeat(201))));
        refused("job name", () -> q.add(job("ü".repeat(101))));
        refused("job name", () -> q.add(job("a\nb")));
        q.expectNothing();
    }

    @Rule("N10")
    @DisplayName("N10: the token \"0\" is refused")
    @Test
    void zeroToken(QueueDriver q) {
        refused("lease token", () -> new LeaseToken("0"));
        refused("lease token", () -> new LeaseToken(""));
        q.fill("a");
        assertThat(q.attach(worker())
                        .session()
                        .claim(1, LeaseToken.random(), q.now())
                        .jobs())
                .hasSize(1);
    }

    private static void refused(String field, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(call).satisfies(error -> {
            assertThat(error.field()).isEqualTo(field);
            assertThat(error.rule()).isNotBlank();
            assertThat(error).hasMessageContaining(field).hasMessageContaining(error.rule());
            assertThat(error.isTemporary()).isFalse();
        });
    }
}
