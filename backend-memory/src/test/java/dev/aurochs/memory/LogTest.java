package dev.aurochs.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.memory.log.Listening;
import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Job;
import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.QueueEvents;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.JobFailedException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.PageRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** What a person finds in the log, and what not. */
@Timeout(60)
class LogTest {
    private static final String SECRET = "grandmothers-maiden-name";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    @DisplayName("W7: while a job runs, MDC names its queue, id, name and attempt; nothing stays behind")
    void mdc() throws Exception {
        CompletableFuture<Map<String, String>> first = new CompletableFuture<>();
        CompletableFuture<Map<String, String>> second = new CompletableFuture<>();
        CompletableFuture<Map<String, String>> between = new CompletableFuture<>();
        try (Queues queues = Queues.open("memory:");
                QueueEvents events = queues.events("mail").start()) {
            JobOptions options = JobOptions.builder().id("m-1").attempts(2).build();
            Job job = queues.queue("mail").add("welcome", 1, options);
            queues.worker("mail")
                    .options(WorkerOptions.builder()
                            .executor(run -> {
                                run.run();
                                between.complete(context());
                            })
                            .build())
                    .onAny((payload, run) -> {
                        if (first.complete(context())) throw new IllegalStateException("once more");
                        second.complete(context());
                        return null;
                    })
                    .start();
            events.waitUntilFinished(job, PATIENCE);
        }
        assertThat(first.join())
                .containsOnly(
                        Map.entry("queue", "mail"),
                        Map.entry("jobId", "m-1"),
                        Map.entry("jobName", "welcome"),
                        Map.entry("attempt", "1"));
        assertThat(second.join()).containsEntry("attempt", "2");
        assertThat(between.join()).isEmpty();
    }

    private static Map<String, String> context() {
        Map<String, String> copy = MDC.getCopyOfContextMap();
        return copy == null ? Map.of() : new HashMap<>(copy);
    }

    @Test
    @DisplayName("W7: no payload, result or progress is logged at any level, however jobs end")
    void payloads() throws Exception {
        Listening.here().begin();
        CountDownLatch entered = new CountDownLatch(1);
        try (Queues queues = Queues.open("memory:");
                QueueEvents events = queues.events("mail")) {
            events.onAny(event -> {
                        throw new IllegalStateException("a bad listener");
                    })
                    .start();
            Worker worker = worker(queues, entered);
            Queue queue = queues.queue("mail");
            for (String name : List.of("complete", "retry", "unreadable", "nobody", "unwritable", "fail"))
                end(
                        events,
                        queue.add(name, SECRET, JobOptions.builder().attempts(2).build()));
            end(
                    events,
                    queues.flows()
                            .add(FlowNode.of("mail", "complete", SECRET)
                                    .withChildren(FlowNode.of("mail", "complete", SECRET)))
                            .job());
            Job stays = queue.add("stays", SECRET);
            assertThat(entered.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            queue.appendLog(stays.id().value(), SECRET);
            assertThat(queue.list(JobState.ACTIVE, PageRequest.first(9)).items())
                    .hasSize(1);
            worker.close(Duration.ZERO);
        }
        List<String> lines = Listening.here().end();
        assertThat(lines).anyMatch(line -> line.startsWith("INFO") && line.contains("started on queue 'mail'"));
        assertThat(lines).anyMatch(line -> line.startsWith("DEBUG") && line.contains("settled job mail:"));
        assertThat(lines).anyMatch(line -> line.startsWith("ERROR") && line.contains("a bad listener"));
        assertThat(lines).noneMatch(line -> line.contains(SECRET));
    }

    private static Worker worker(Queues queues, CountDownLatch entered) {
        Object[] unwritable = new Object[1];
        unwritable[0] = unwritable;
        return queues.worker("mail")
                .on("complete", Json.class, (payload, job) -> reported(payload, job))
                .on("retry", Json.class, (payload, job) -> {
                    if (job.attempt() == 1) throw new IllegalStateException("once more");
                    return reported(payload, job);
                })
                .on("unreadable", Integer.class, (payload, job) -> payload)
                .on("unwritable", Json.class, (payload, job) -> unwritable)
                .on("fail", Json.class, (payload, job) -> RunResult.fail("no good"))
                .on("stays", Json.class, (payload, job) -> {
                    entered.countDown();
                    new CountDownLatch(1).await();
                    return payload;
                })
                .start();
    }

    private static Json reported(Json payload, JobContext job) {
        job.progress(payload);
        job.log(payload.text());
        job.updatePayload(payload);
        return payload;
    }

    /** Waits until it has completed or failed. */
    private static void end(QueueEvents events, Job job) throws Exception {
        boolean fails =
                !List.of("complete", "retry").contains(job.look().orElseThrow().name());
        if (fails)
            assertThatThrownBy(() -> events.waitUntilFinished(job, PATIENCE)).isInstanceOf(JobFailedException.class);
        else assertThat(events.waitUntilFinished(job, PATIENCE).text()).contains(SECRET);
    }
}
