package dev.aurochs.tck.spec.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.Job;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.TypeRef;
import dev.aurochs.queue.UnrecoverableException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.spec.worker.Workshop.Mail;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which handler runs a job, with what, and how it says what came of it. */
public abstract class HandlerSpec {
    @Rule("W4")
    @DisplayName(
            "W4: jobs go to the handler of their name, with their payload in its type; all others to the catch-all")
    @Test
    void byName(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job mail = shop.add("mail", new Mail("ada@example.org", 7));
            Job list = shop.add("list", List.of(new Mail("a", 1), new Mail("b", 2)));
            Job other = shop.add("other", Map.of("x", 1));
            shop.worker()
                    .on("mail", Mail.class, (payload, job) -> payload.to())
                    .on(
                            "list",
                            new TypeRef<List<Mail>>() {},
                            (payload, job) -> payload.get(1).size())
                    .onAny((payload, job) -> job.name() + " " + payload)
                    .start();
            assertThat(shop.result(mail)).hasToString("\"ada@example.org\"");
            assertThat(shop.result(list)).hasToString("2");
            assertThat(shop.result(other)).hasToString("\"other {\\\"x\\\":1}\"");
        }
    }

    @Rule("W4")
    @DisplayName("W4: a job that nobody handles fails for good and names the handlers there are")
    @Test
    void nobody(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job job = shop.add("typo", options -> options.attempts(5));
            shop.worker()
                    .on("mail", Mail.class, (payload, context) -> null)
                    .on("call", Json.class, (payload, context) -> null)
                    .start();
            assertThat(shop.reason(job)).isEqualTo("no handler for job name 'typo'; known: [call, mail]");
            shop.look(job, record -> assertThat(record.runs()).isEqualTo(new Runs(1, 1, 0)));
        }
    }

    @Rule("N11")
    @DisplayName(
            "N11: absent is {}, null is null, unknown fields are ignored, numbers stay exact, moments are ISO-8601")
    @Test
    void payloads(QueueDriver q) {
        record Reading(long count, BigDecimal value, Instant at) {}
        try (Workshop shop = Workshop.over(q)) {
            Job absent = shop.add("raw");
            Job empty = shop.queue().add("raw", null);
            Json spaced = new Json(" { \"z\" : 1.50,\n\"a\":[ ] } ");
            Job raw = shop.add("raw", spaced);
            Instant at = Instant.parse("2027-03-01T12:00:00.123Z");
            BigDecimal exact = new BigDecimal("0.12345678901234567890123456789");
            Job reading = shop.add("reading", new Reading(Long.MAX_VALUE, exact, at));
            Job more = shop.add("mail", new Json("{\"to\":\"a\",\"size\":3,\"colour\":\"blue\"}"));
            shop.worker()
                    .on("raw", Json.class, (payload, job) -> payload)
                    .on("mail", Mail.class, (payload, job) -> payload)
                    .on("reading", Reading.class, (payload, job) -> {
                        assertThat(payload).isEqualTo(new Reading(Long.MAX_VALUE, exact, at));
                        return payload;
                    })
                    .start();
            assertThat(shop.result(absent)).isEqualTo(Json.EMPTY_OBJECT);
            assertThat(shop.result(empty)).isEqualTo(Json.NULL);
            assertThat(shop.result(raw)).isEqualTo(spaced);
            assertThat(shop.result(more)).hasToString("{\"to\":\"a\",\"size\":3}");
            assertThat(shop.result(reading))
                    .hasToString("{\"count\":9223372036854775807,\"value\":0.12345678901234567890123456789,"
                            + "\"at\":\"2027-03-01T12:00:00.123Z\"}");
        }
    }

    @Rule("N11")
    @DisplayName("N11: a handler that returns null completes with null, as complete() does with what it is given")
    @Test
    void results(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job nothing = shop.add("nothing");
            Job complete = shop.add("complete");
            Job completeNull = shop.add("complete null");
            shop.worker()
                    .on("nothing", Json.class, (payload, job) -> null)
                    .on("complete", Json.class, (payload, job) -> RunResult.complete(List.of(1, 2)))
                    .on("complete null", Json.class, (payload, job) -> RunResult.complete(null))
                    .start();
            assertThat(shop.result(nothing)).isEqualTo(Json.NULL);
            assertThat(shop.result(complete)).hasToString("[1,2]");
            assertThat(shop.result(completeNull)).isEqualTo(Json.NULL);
        }
    }

    @Rule("W4")
    @DisplayName("W4: a payload that cannot be read as its handler's type fails for good, whatever attempts are left")
    @Test
    void unreadable(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job job = shop.queue().add("mail", new Json("{\"size\":\"many\"}"), options(5));
            AtomicInteger ran = new AtomicInteger();
            shop.worker()
                    .on("mail", Mail.class, (mail, context) -> ran.incrementAndGet())
                    .start();
            assertThat(shop.reason(job)).contains("payload", "many", Mail.class.getName());
            assertThat(ran).hasValue(0);
        }
    }

    @Rule("W4")
    @DisplayName("W4: a result that is too large or cannot be written fails for good and says why")
    @Test
    void unstorable(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            int most = shop.queues().info().limits().maxPayloadBytes();
            Job large = shop.queue().add("large", Json.EMPTY_OBJECT, options(5));
            Job largest = shop.add("largest");
            Job cyclic = shop.queue().add("cyclic", Json.EMPTY_OBJECT, options(5));
            shop.worker()
                    .on("large", Json.class, (payload, job) -> "x".repeat(most - 1))
                    .on("largest", Json.class, (payload, job) -> "x".repeat(most - 2))
                    .on("cyclic", Json.class, (payload, job) -> Workshop.unwritable())
                    .start();
            assertThat(shop.reason(large)).contains("result", (most + 1) + " bytes", "larger than " + most);
            assertThat(shop.result(largest).byteLength()).isEqualTo(most);
            assertThat(shop.reason(cyclic)).contains("result", "cannot be written as JSON");
        }
    }

    @Rule({"W4", "R1"})
    @DisplayName("W4: failedAttempt is a failed run like a thrown exception; the attempts decide what follows")
    @Test
    void failedAttempt(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job returned = shop.queue().add("returned", Json.EMPTY_OBJECT, options(3));
            Job thrown = shop.queue().add("thrown", Json.EMPTY_OBJECT, options(3));
            shop.worker()
                    .on("returned", Json.class, (payload, job) -> RunResult.failedAttempt("no " + job.attempt()))
                    .on("thrown", Json.class, (payload, job) -> {
                        throw new IllegalStateException("no " + job.attempt());
                    })
                    .start();
            for (Job job : List.of(returned, thrown)) {
                assertThat(shop.reason(job)).isEqualTo("no 3");
                shop.look(job, record -> assertThat(record.runs()).isEqualTo(new Runs(3, 3, 0)));
            }
        }
    }

    @Rule({"W4", "R5"})
    @DisplayName("W4: fail() and UnrecoverableException fail for good, whatever attempts are left")
    @Test
    void forGood(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job returned = shop.queue().add("returned", Json.EMPTY_OBJECT, options(9));
            Job thrown = shop.queue().add("thrown", Json.EMPTY_OBJECT, options(9));
            shop.worker()
                    .on("returned", Json.class, (payload, job) -> RunResult.fail("no such user"))
                    .on("thrown", Json.class, (payload, job) -> {
                        throw new UnrecoverableException("no such user");
                    })
                    .start();
            for (Job job : List.of(returned, thrown)) {
                assertThat(shop.reason(job)).isEqualTo("no such user");
                shop.look(job, record -> assertThat(record.runs()).isEqualTo(new Runs(1, 1, 0)));
            }
        }
    }

    @Rule({"W4", "R7"})
    @DisplayName("W4: postpone runs the job again later, at no attempt")
    @Test
    void postpone(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job job = shop.add("a");
            AtomicInteger runs = new AtomicInteger();
            long begin = System.nanoTime();
            shop.worker()
                    .onAny((payload, context) -> runs.incrementAndGet() < 3
                            ? RunResult.postpone(shop.brief())
                            : "attempt " + context.attempt())
                    .start();
            assertThat(shop.result(job)).hasToString("\"attempt 1\"");
            assertThat(System.nanoTime() - begin).isGreaterThan(2 * shop.brief().toNanos());
            shop.look(job, record -> assertThat(record.runs()).isEqualTo(new Runs(1, 3, 0)));
        }
    }

    @Rule({"W4", "R2"})
    @DisplayName("W4: retryAfter is a failed run; the next comes after that time, if an attempt is left")
    @Test
    void retryAfter(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job job = shop.queue().add("a", Json.EMPTY_OBJECT, options(2));
            long begin = System.nanoTime();
            shop.worker()
                    .onAny((payload, context) -> RunResult.retryAfter(shop.brief(), "busy " + context.attempt()))
                    .start();
            assertThat(shop.reason(job)).isEqualTo("busy 2");
            assertThat(System.nanoTime() - begin).isGreaterThan(shop.brief().toNanos());
        }
    }

    @Rule({"W4", "R1"})
    @DisplayName("W4: rateLimited gives the job back and holds the whole queue, at no attempt")
    @Test
    void rateLimited(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            Job first = shop.add("first");
            Job second = shop.add("second");
            AtomicInteger runs = new AtomicInteger();
            long begin = System.nanoTime();
            shop.worker()
                    .onAny((payload, job) ->
                            runs.incrementAndGet() == 1 ? RunResult.rateLimited(shop.brief()) : job.attempt())
                    .start();
            assertThat(shop.result(first)).hasToString("1");
            assertThat(System.nanoTime() - begin).isGreaterThan(shop.brief().toNanos());
            assertThat(shop.result(second)).hasToString("1");
            assertThat(runs).hasValue(3);
        }
    }

    private static JobOptions options(int attempts) {
        return JobOptions.builder().attempts(attempts).build();
    }
}
