package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.BadRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a claim.
 *
 * @param jobs what was leased, in the order to run
 * @param rest what is to be known about what was not
 * @param bad records that could not be read and were put aside
 */
public record Claimed(List<ClaimedJob> jobs, Rest rest, List<BadRecord> bad) {
    public Claimed {
        jobs = List.copyOf(jobs);
        bad = List.copyOf(bad);
    }

    /** What a claim left behind. */
    public sealed interface Rest {
        /** There may be more. */
        record Perhaps() implements Rest {}

        /** Nothing now; the next delayed job falls due then, where the backend knows. */
        record Nothing(Optional<Instant> nextDue) implements Rest {}

        /** The rate limit or a hold is in force; until then, where the backend knows. */
        record Limited(Optional<Instant> until) implements Rest {}

        /** As many jobs run as the queue allows. */
        record AtConcurrency() implements Rest {}

        record Paused() implements Rest {}
    }
}
