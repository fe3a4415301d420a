package dev.aurochs.queue.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * While a job with this deduplication id is under way, further adds with it are not stored. Needs a backend that
 * declares {@code DEDUPLICATION}.
 *
 * @param id unique in the queue, chosen by the user
 * @param ttl hold the id for this long, whether or not the job has finished; null holds it until the job finishes
 */
public record Deduplication(String id, @Nullable Duration ttl) {
    public Deduplication {
        Texts.check(
                id, "deduplication id", 128, 200, "a deduplication id has 1–128 characters and no control characters");
        if (ttl != null) Spans.checkPositive(ttl, "deduplication ttl");
    }
}
