package dev.aurochs.queue.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What people read: refusals, labels, sizes. */
class TextsTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    @DisplayName("A refusal shows control characters escaped and long values cut, and keeps the whole value")
    @Test
    void refusalsAreSafeToPrint() {
        InvalidInputException refusal = new InvalidInputException("name", "a\u001b[31m\n" + "x".repeat(100), "too odd");
        assertThat(refusal)
                .hasMessage("name 'a\\u001b[31m\\u000a" + "x".repeat(73) + "…': too odd")
                .hasNoCause();
        assertThat(refusal.value()).hasSize(107);
        assertThat(new InvalidInputException("attempts", 0, "must be 1")).hasMessage("attempts 0: must be 1");
        assertThat(new InvalidInputException("id", null, "must not be null")).hasMessage("id null: must not be null");
    }

    @DisplayName("present answers what is there and refuses null by name")
    @Test
    void present() {
        assertThat(InvalidInputException.present("a", "field")).isEqualTo("a");
        assertThatThrownBy(() -> InvalidInputException.present(null, "codec"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("codec null: must not be null");
    }

    @DisplayName("JSON is measured in UTF-8 bytes")
    @Test
    void sizes() {
        for (String text : List.of("", "{}", "\"ü\"", "\"\uD83D\uDC02\"", "a".repeat(1000) + "é"))
            assertThat(new Json(text).byteLength()).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }

    @DisplayName("States and events have the labels people type")
    @Test
    void labels() {
        assertThat(List.of(JobState.values()).stream().map(JobState::label))
                .containsExactly("waiting", "delayed", "active", "waiting-children", "completed", "failed");
        JobRef job = JobRef.of("q", "1");
        QueueName queue = job.queue();
        List<QueueEvent> events = List.of(
                new QueueEvent.Added(job, NOW, "n"),
                new QueueEvent.Waiting(job, NOW, Optional.empty()),
                new QueueEvent.Delayed(job, NOW, NOW),
                new QueueEvent.WaitingChildren(job, NOW, Optional.empty()),
                new QueueEvent.Active(job, NOW),
                new QueueEvent.Progress(job, NOW, Json.NULL),
                new QueueEvent.Completed(job, NOW, Json.NULL),
                new QueueEvent.Failed(job, NOW, "x"),
                new QueueEvent.RetriesExhausted(job, NOW, 1),
                new QueueEvent.Stalled(job, NOW),
                new QueueEvent.Removed(job, NOW, JobState.WAITING),
                new QueueEvent.Duplicated(job, NOW),
                new QueueEvent.Deduplicated(job, NOW, "d", job.id()),
                new QueueEvent.Drained(queue, NOW),
                new QueueEvent.Paused(queue, NOW),
                new QueueEvent.Resumed(queue, NOW),
                new QueueEvent.Cleaned(queue, NOW, 1),
                new QueueEvent.Custom(queue, NOW, "c", Map.of()),
                new QueueEvent.Unknown(queue, NOW, "u", Map.of()));
        assertThat(events.stream().map(QueueEvent::label))
                .containsExactly(
                        "added",
                        "waiting",
                        "delayed",
                        "waiting-children",
                        "active",
                        "progress",
                        "completed",
                        "failed",
                        "retries-exhausted",
                        "stalled",
                        "removed",
                        "duplicated",
                        "deduplicated",
                        "drained",
                        "paused",
                        "resumed",
                        "cleaned",
                        "custom",
                        "unknown");
        assertThat(events).allMatch(event -> event.queue().equals(queue));
        assertThat(QueueEvent.class.getPermittedSubclasses())
                .as("kinds listed here")
                .hasSize(7);
        assertThat(QueueEvent.OfJob.class.getPermittedSubclasses()).hasSize(13);
    }

    @DisplayName("Only an unavailable backend is temporary, and it says what is known about the call")
    @Test
    void temporary() {
        var unknown = new BackendUnavailableException("x", BackendUnavailableException.Outcome.UNKNOWN, null);
        var notApplied = new BackendUnavailableException("x", BackendUnavailableException.Outcome.NOT_APPLIED, null);
        assertThat(unknown.isTemporary()).isTrue();
        assertThat(unknown.outcomeUnknown()).isTrue();
        assertThat(notApplied.outcomeUnknown()).isFalse();
        JobRef job = JobRef.of("q", "1");
        assertThat(new JobNotFoundException(job).isTemporary()).isFalse();
        assertThat(new JobNotFoundException(job)).hasMessage("queue 'q' has no job '1'");
        assertThat(new WrongStateException(job, "remove", "it is running").isTemporary())
                .isFalse();
    }
}
