package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How a run ends. What to do next is decided above; the backend carries it out. */
public sealed interface Outcome {
    /** The processor returned. Counts an attempt. */
    record Completed(Json result) implements Outcome {}

    /** The job fails for good. Counts an attempt. {@code history} is the whole bounded one, newest last. */
    record Failed(String reason, List<Failure> history) implements Outcome {}

    /** The run failed and another follows at {@code due}. Counts an attempt. */
    record Retry(Instant due, String reason, List<Failure> history) implements Outcome {}

    /** Back until {@code due}, at no attempt. */
    record Postponed(Instant due) implements Outcome {}

    /** Back to the front of its level, at no attempt and no stall. */
    record GivenBack() implements Outcome {}

    /** Given back, and the whole queue is held for {@code hold}. */
    record RateLimited(Duration hold) implements Outcome {}

    /** Waits for its children, at no attempt; back to the front of its level when none is pending. */
    record AwaitChildren() implements Outcome {}
}
