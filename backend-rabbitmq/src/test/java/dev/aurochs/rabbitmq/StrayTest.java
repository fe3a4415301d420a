package dev.aurochs.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.job.SessionId;
import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.ClaimedJob;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import dev.aurochs.tck.server.RabbitServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Messages of other programs: some are jobs, some are none. */
class StrayTest {
    private static final QueueName QUEUE = QueueName.of("q");
    private static final Instant NOW = Instant.now();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String prefix = UUID.randomUUID().toString();
    private final String waiting = prefix + ".q.wait";
    private final String failed = prefix + ".q.failed";
    private QueueBackend backend;
    private WorkSession session;
    private Connection connection;
    private Channel channel;

    @BeforeEach
    void begin() throws Exception {
        backend = new RabbitBackendProvider()
                .open(BackendAddress.parse(RabbitServer.shared().address() + "?prefix=" + prefix));
        session = backend.attach(QUEUE, profile());
        session.claim(1, LeaseToken.random(), NOW);
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(RabbitServer.shared().host());
        factory.setPort(RabbitServer.shared().port());
        connection = factory.newConnection();
        channel = connection.createChannel();
        channel.confirmSelect();
    }

    private static WorkerProfile profile() {
        Duration span = Duration.ofSeconds(30);
        return new WorkerProfile(
                SessionId.random(), "w", 5, span, span, 3, Optional.empty(), Retention.all(), Retention.all(), 0);
    }

    @AfterEach
    void end() throws Exception {
        for (String queue : ((RabbitBackend) backend).parts().topology().queues()) channel.queueDelete(queue);
        connection.close();
        session.close();
        backend.close();
    }

    private void publish(BasicProperties properties, String body) throws Exception {
        channel.basicPublish("", waiting, true, properties, body.getBytes(StandardCharsets.UTF_8));
        channel.waitForConfirmsOrDie(10_000);
    }

    private List<ClaimedJob> claim() {
        return session.claim(5, LeaseToken.random(), NOW).jobs();
    }

    @Test
    @DisplayName("a message that is no job goes to the failed ones, once, with the reason, as it was")
    void putAside() throws Exception {
        BasicProperties mine = new BasicProperties.Builder()
                .contentType("text/plain")
                .headers(Map.of("mine", 7, "x-death", "a lie"))
                .build();
        publish(mine, "hello");
        publish(new BasicProperties.Builder().type("good").build(), "[1]");
        assertThat(claim())
                .singleElement()
                .satisfies(job -> assertThat(job.record().name()).isEqualTo("good"));
        assertThat(claim()).isEmpty();
        GetResponse stray = channel.basicGet(failed, false);
        assertThat(stray.getBody()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
        assertThat(stray.getProps().getContentType()).isEqualTo("text/plain");
        assertThat(stray.getProps().getHeaders()).containsEntry("mine", 7).doesNotContainKey("x-death");
        assertThat(stray.getProps().getHeaders().get(Strays.NO_JOB).toString()).contains("JSON");
        channel.basicReject(stray.getEnvelope().getDeliveryTag(), true);
        assertThat(backend.sweep(QUEUE, new BulkAction.RetryAll(dev.aurochs.queue.job.JobState.FAILED, NOW), 100, NOW)
                        .done())
                .isZero();
        assertThat(channel.messageCount(failed)).isEqualTo(1);
    }

    @Test
    @DisplayName("a job that is there twice gets two leases, though both are claimed at once")
    void twice() throws Exception {
        BasicProperties job =
                new BasicProperties.Builder().type("job").messageId("twice").build();
        publish(job, "1");
        publish(job, "2");
        List<ClaimedJob> claimed = new ArrayList<>();
        Patience.until("both are claimed", () -> claimed.addAll(claim()) && claimed.size() == 2);
        assertThat(claimed).extracting(ClaimedJob::lease).doesNotHaveDuplicates();
        List<Settlement> ends = claimed.stream()
                .map(one -> new Settlement(one.lease(), new Outcome.Completed(Json.NULL)))
                .toList();
        for (CompletionStage<Settled> answer : session.settle(ends, NOW))
            assertThat(answer.toCompletableFuture()).succeedsWithin(PATIENCE).isEqualTo(new Settled.Done());
    }

    @Test
    @DisplayName("a job of another program may ask not to be run before a moment")
    void due() throws Exception {
        Instant due = Instant.now().plusSeconds(1);
        publish(
                new BasicProperties.Builder()
                        .type("later")
                        .headers(Map.of("aurochs-due", due.toEpochMilli()))
                        .build(),
                "{}");
        List<ClaimedJob> jobs = List.of();
        Instant now = due;
        while (jobs.isEmpty()) {
            now = Instant.now();
            jobs = session.claim(5, LeaseToken.random(), now).jobs();
        }
        assertThat(now).isAfterOrEqualTo(due.truncatedTo(ChronoUnit.MILLIS));
        assertThat(jobs)
                .singleElement()
                .satisfies(job -> assertThat(job.record().name()).isEqualTo("later"));
    }
}
