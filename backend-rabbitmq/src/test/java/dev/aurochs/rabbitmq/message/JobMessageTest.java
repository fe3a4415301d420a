package dev.aurochs.rabbitmq.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.job.Runs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JobMessageTest {
    private static final QueueName MAIL = QueueName.of("mail");
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00.123Z");

    @Test
    @DisplayName("a job that has run comes back whole, however long its history is")
    void whole() throws UnreadableException {
        JobOptions options = JobOptions.builder()
                .attempts(7)
                .priority(3)
                .delay(Duration.ofSeconds(9))
                .backoff(Backoff.exponential(Duration.ofSeconds(1))
                        .cappedAt(Duration.ofMinutes(1))
                        .withJitter(0.25))
                .keepFailed(Retention.youngerThan(Duration.ofDays(1)))
                .keepCompleted(Retention.none())
                .timeout(Duration.ofNanos(1_500_000))
                .expiry(Duration.ofHours(2))
                .logLines(3)
                .stackTraces(4)
                .build();
        JobStatus status = new JobStatus(
                JobState.WAITING,
                5,
                new Runs(1, 2, 3),
                NOW.plusSeconds(9),
                null,
                null,
                null,
                new Json("{\"done\":0.50}"),
                null,
                "why",
                "never again",
                null);
        List<Failure> failures =
                List.of(new Failure("E", "grün", "x".repeat(100_000), NOW), new Failure(null, "b", "", null));
        JobRecord job = new JobRecord(body(options, "{\"n\":1.0}"), status, failures);
        assertThat(again(job)).isEqualTo(job);
    }

    @Test
    @DisplayName("the body of a job that has not run is its payload, byte for byte")
    void plain() throws UnreadableException {
        JobRecord job = new JobRecord(body(JobOptions.defaults(), " [1, 2] "), waiting(), List.of());
        JobMessage.Encoded message = JobMessage.write(job, 10);
        assertThat(message.body()).asString(StandardCharsets.UTF_8).isEqualTo(" [1, 2] ");
        assertThat(message.properties().getMessageId()).isEqualTo("7");
        assertThat(message.properties().getType()).isEqualTo("welcome");
        assertThat(message.properties().getDeliveryMode()).isEqualTo(2);
        assertThat(again(job)).isEqualTo(job);
    }

    @Test
    @DisplayName("a message of another program needs a type and one JSON value")
    void foreign() throws UnreadableException {
        BasicProperties bare = new BasicProperties.Builder().type("welcome").build();
        JobRecord job = read(bare, "{\"to\":\"ada\"}");
        assertThat(job.name()).isEqualTo("welcome");
        assertThat(job.body().payload()).hasToString("{\"to\":\"ada\"}");
        assertThat(job.options()).isEqualTo(JobOptions.defaults());
        assertThat(job.body().createdAt()).isEqualTo(NOW);
        BasicProperties more = bare.builder()
                .messageId("mine")
                .headers(Map.of("aurochs-opts", "{\"attempts\":3,\"backoff\":{\"type\":\"fixed\",\"delay\":100}}"))
                .build();
        assertThat(read(more, "").id().value()).isEqualTo("mine");
        assertThat(read(more, "").options().attempts()).isEqualTo(3);
        assertThat(read(more, "").body().payload()).isEqualTo(Json.EMPTY_OBJECT);
    }

    @Test
    @DisplayName("what is no job is refused with the reason")
    void unreadable() {
        BasicProperties good = new BasicProperties.Builder().type("a").build();
        refused(new BasicProperties.Builder().build(), "{}", "type");
        refused(good.builder().type("a\nb").build(), "{}", "type");
        refused(good, "{} {}", "JSON");
        refused(good, "nonsense", "JSON");
        refused(good.builder().headers(Map.of("aurochs-opts", "{")).build(), "{}", "");
        refused(
                good.builder()
                        .headers(Map.of("aurochs-opts", "{\"attempts\":0}"))
                        .build(),
                "{}",
                "attempts");
        refused(
                good.builder()
                        .headers(Map.of("aurochs-v", 1, "aurochs-payload-bytes", 9))
                        .build(),
                "{}",
                "short");
        refused(good.builder().headers(Map.of("aurochs-at", "never")).build(), "{}", "never");
    }

    private static void refused(BasicProperties properties, String body, String reason) {
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> read(properties, body))
                .withMessageContaining(reason);
    }

    private static JobRecord read(BasicProperties properties, String body) throws UnreadableException {
        return JobMessage.read(MAIL, properties, body.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static JobRecord again(JobRecord job) throws UnreadableException {
        JobMessage.Encoded message = JobMessage.write(job, null);
        return JobMessage.read(QueueName.of("elsewhere"), message.properties(), message.body(), NOW.plusSeconds(1));
    }

    private static JobBody body(JobOptions options, String payload) {
        return new JobBody(JobRef.of("mail", "7"), "welcome", new Json(payload), options, NOW, null);
    }

    private static JobStatus waiting() {
        return new JobStatus(JobState.WAITING, 0, Runs.NONE, null, null, null, null, null, null, null, null, null);
    }
}
